//! A network against a budget.

use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use netcost_core::__command::budget;

use crate::answer::Answer;
use crate::files;

/// Whether the network of a file keeps a budget, and what is left of each limit or what breaks it.
///
/// # Errors
/// If the budget or the file cannot be read.
pub fn check(file: &Path, text: &str, stream: bool) -> Result<Answer, String> {
    let (limits, warn) = budget(text).map_err(|errors| {
        let errors: Vec<_> = errors.into_iter().map(|wrong| wrong.message + &marked(text, wrong.place)).collect();
        errors.join("\nerror: ")
    })?;
    if limits.is_empty() {
        return Err("a budget has a limit: write `--budget 'macs <= 3M'`".into());
    }
    let network = files::network(file, stream)?;
    if let Some(message) = network.exceeded(&limits) {
        return Ok(Answer { text: message + "\n", code: 1 });
    }
    let mut text = format!("`{}` keeps its budget\n", network.report().network);
    for limit in &limits {
        let (headroom, near) = network.headroom(limit, warn.map_or(u64::MAX, u64::from));
        let warning = if near { "  <- near the limit" } else { "" };
        let _ = writeln!(text, "  {:<30}  {headroom}{warning}", limit.text);
    }
    Ok(text.into())
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
