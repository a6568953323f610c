//! A number of a network before and after.

use netcost_core::Grouped;
use serde_json::Value;

/// The numbers that are compared: what they are called, and where the JSON of a report has them.
pub const ALL: [(&str, &str); 7] = [
    ("MACs", "/macs"),
    ("FLOPs", "/flops"),
    ("params", "/params"),
    ("flash [B]", "/weight_bytes"),
    ("RAM [B]", "/arena_bytes"),
    ("state [B]", "/state_bytes"),
    ("traffic [B]", "/traffic"),
];

/// A number before and after; `None` if a report does not state it.
#[derive(Clone, Copy)]
pub struct Pair {
    pub old: Option<u64>,
    pub new: Option<u64>,
}

impl Pair {
    /// What is at a place of two reports.
    pub fn at(old: &Value, new: &Value, pointer: &str) -> Self {
        let number = |report: &Value| match report.pointer(pointer)? {
            Value::Object(parts) => parts.values().map(Value::as_u64).sum(),
            value => value.as_u64(),
        };
        Pair { old: number(old), new: number(new) }
    }

    /// Whether it changes by more than a percentage, or is stated once only.
    pub fn is_said(&self, threshold: f64) -> bool {
        match (self.old, self.new) {
            (Some(0), Some(new)) => new > 0,
            (Some(old), Some(new)) => old != new && 100.0 * old.abs_diff(new) as f64 / old as f64 > threshold,
            (old, new) => old.is_some() != new.is_some(),
        }
    }

    /// Old, new, the difference and its percentage.
    pub fn cells(&self) -> [String; 4] {
        let number = |value: Option<u64>| value.map_or("n/a".to_owned(), |value| Grouped(value).to_string());
        let (difference, percent) = match (self.old, self.new) {
            (Some(old), Some(new)) => {
                let sign = if new < old { '-' } else { '+' };
                let share = 100.0 * old.abs_diff(new) as f64 / old as f64;
                let percent = if old > 0 { format!("{sign}{share:.1} %") } else { String::new() };
                (format!("{sign}{}", Grouped(old.abs_diff(new))), percent)
            }
            _ => (String::new(), String::new()),
        };
        [number(self.old), number(self.new), difference, percent]
    }
}
