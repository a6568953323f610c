//! A network against a budget.

use std::fmt::Write;
use std::ops::Range;

use netcost_core::__command::{DEVICES, FromFile, budget};
use netcost_core::Limit;

use crate::answer::Answer;

/// The limits of a network, and the percentage of them from which to warn.
pub struct Limits {
    all: Vec<Limit>,
    warn: Option<u8>,
}

/// The limits of a budget and of a device.
///
/// # Errors
/// What is wrong with the budget.
pub fn limits(text: Option<&str>, device: Option<&str>) -> Result<Limits, String> {
    let (mut all, mut warn) = (Vec::new(), None);
    if let Some(text) = text {
        (all, warn) = parse(text)?;
        if all.is_empty() {
            return Err("a budget has a limit: write `--budget 'macs <= 3M'`".into());
        }
    }
    let is_meant = |name: &str| device.is_some_and(|device| device.eq_ignore_ascii_case(name));
    for (name, flash, ram) in DEVICES.iter().filter(|(name, ..)| is_meant(name)) {
        let (limits, _) = parse(&format!("flash <= {} KiB, ram <= {} KiB", flash / 1024, ram / 1024))?;
        all.extend(limits.into_iter().map(|limit| Limit { text: format!("{name}: {}", limit.text).leak(), ..limit }));
    }
    Ok(Limits { all, warn })
}

fn parse(text: &str) -> Result<(Vec<Limit>, Option<u8>), String> {
    budget(text).map_err(|errors| {
        let errors: Vec<_> = errors.into_iter().map(|wrong| wrong.message + &marked(text, wrong.place)).collect();
        errors.join("\nerror: ")
    })
}

/// Whether a network keeps its limits, and what is left of each or what breaks them.
pub fn check(network: &FromFile, Limits { all, warn }: &Limits) -> Answer {
    if let Some(message) = network.exceeded(all) {
        return Answer { text: message + "\n", code: 1 };
    }
    let mut text = format!("`{}` keeps its budget\n", network.report().network);
    for limit in all {
        let (headroom, near) = network.headroom(limit, warn.map_or(u64::MAX, u64::from));
        let warning = if near { "  <- near the limit" } else { "" };
        let _ = writeln!(text, "  {:<30}  {headroom}{warning}", limit.text);
    }
    text.into()
}

/// The line of a text in which a place is, and the place marked beneath it.
fn marked(text: &str, place: Range<usize>) -> String {
    let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or("");
    let end = place.end.clamp(place.start, start + line.len());
    let before = text[start..place.start].chars().count();
    let marks = text[place.start..end].chars().count().max(1);
    format!("\n  |\n  | {line}\n  | {:before$}{:^<marks$}", "", "")
}
