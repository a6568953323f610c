//! A layer of a report, and what changes from one to another.

use netcost_core::Grouped;
use serde_json::Value;

use crate::diff::quantity::Pair;

/// The numbers of a layer that are its own: what is live while it runs depends on others.
const NUMBERS: [(&str, &str); 4] =
    [("MACs", "/macs"), ("FLOPs", "/flops"), ("params", "/params"), ("B of flash", "/weight_bytes")];

/// A layer.
#[derive(Clone, Copy)]
pub struct Layer<'a>(&'a Value);

impl<'a> Layer<'a> {
    /// The layers of a report that are run: views cost nothing.
    pub fn of(report: &'a Value) -> Vec<Self> {
        let layers = report["layers"].as_array().into_iter().flatten();
        layers.filter(|layer| layer["run"] != "view").map(Layer).collect()
    }

    pub fn name(&self) -> &'a str {
        self.0["name"].as_str().unwrap_or_default()
    }

    fn operator(&self) -> &'a str {
        self.0["operator"].as_str().unwrap_or_default()
    }

    fn output(&self) -> String {
        let dims = self.0["output"].as_array().into_iter().flatten();
        dims.map(Value::to_string).collect::<Vec<_>>().join("×")
    }

    pub fn live_bytes(&self) -> u64 {
        self.0["live_bytes"].as_u64().unwrap_or(0)
    }

    /// Whether it runs within the layer before it.
    pub fn is_folded(&self) -> bool {
        self.0["run"] == "folded"
    }

    /// Whether a name is one, and not the layer's number.
    fn is_named(&self) -> bool {
        !self.name().bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether it is what another one is, whatever it is called.
    fn is_like(&self, other: &Self) -> bool {
        let numbers = NUMBERS.iter().all(|(_, at)| self.0.pointer(at) == other.0.pointer(at));
        numbers && self.operator() == other.operator() && self.0["output"] == other.0["output"]
    }

    /// How much speaks against its having become another one; `None` if it has not.
    pub fn distance(&self, new: &Self) -> Option<u32> {
        let same_name = self.name() == new.name();
        match (self.is_like(new), same_name, self.operator() == new.operator()) {
            (true, true, _) => Some(0),
            (true, false, _) => Some(1),
            (false, true, true) => Some(2),
            (false, true, false) if self.is_named() => Some(3),
            (false, false, true) => Some(4),
            _ => None,
        }
    }

    /// "`head`, linear to 12: 192 MACs"
    pub fn describe(&self) -> String {
        let numbers = NUMBERS.iter().filter_map(|(what, at)| Some((what, self.0.pointer(at)?.as_u64()?)));
        let numbers: Vec<_> =
            numbers.filter(|(_, value)| *value > 0).map(|(what, value)| format!("{} {what}", Grouped(value))).collect();
        let rest = if numbers.is_empty() { String::new() } else { format!(": {}", numbers.join(", ")) };
        format!("`{}`, {} to {}{rest}", self.name(), self.operator(), self.output())
    }

    /// What changes from it to another one, beyond a percentage; `None` if nothing does.
    pub fn change(&self, new: &Self, threshold: f64) -> Option<String> {
        let from = |old: String, new: String| if old == new { new } else { format!("{old} -> {new}") };
        let name = if self.is_named() || new.is_named() { self.name() } else { new.name() };
        let operators = from(self.operator().to_owned(), new.operator().to_owned());
        let outputs = from(self.output(), new.output());
        let pairs = NUMBERS.iter().map(|(what, at)| (*what, Pair::at(self.0, new.0, at)));
        let said: Vec<_> = pairs.filter(|(_, pair)| pair.is_said(threshold)).collect();
        // FLOPs are news where there are no MACs.
        let is_news = |what| what != "FLOPs" || !said.iter().any(|(what, _)| *what == "MACs");
        let numbers: Vec<_> = (said.iter().filter(|(what, _)| is_news(*what)))
            .map(|(what, pair)| {
                let [old, new, _, percent] = pair.cells();
                let percent = if percent.is_empty() { percent } else { format!(" ({percent})") };
                format!("{old} -> {new} {what}{percent}")
            })
            .collect();
        let is_same = numbers.is_empty() && !operators.contains("->") && !outputs.contains("->");
        let rest = if numbers.is_empty() { String::new() } else { format!(": {}", numbers.join(", ")) };
        let names = from(format!("`{name}`"), format!("`{}`", new.name()));
        (!is_same).then(|| format!("{names}, {operators} to {outputs}{rest}"))
    }
}
