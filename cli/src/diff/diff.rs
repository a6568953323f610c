//! The text of a comparison.

use std::fmt::Write;

use netcost_core::Grouped;
use serde_json::Value;

use crate::arguments::DiffFormat;
use crate::diff::align::align;
use crate::diff::layer::Layer;
use crate::diff::quantity::{ALL, Pair};

const HEADINGS: [&str; 5] = ["", "old", "new", "change", ""];

/// What changes from one report to another by more than a percentage; empty if nothing does.
pub fn diff(old: &Value, new: &Value, threshold: f64, format: DiffFormat) -> String {
    let pairs = ALL.iter().map(|(what, at)| (*what, Pair::at(old, new, at)));
    let said: Vec<(&str, Pair)> = pairs.filter(|(_, pair)| pair.is_said(threshold)).collect();
    let (olds, news) = (Layer::of(old), Layer::of(new));
    let pairs = if olds.is_empty() || news.is_empty() { Vec::new() } else { align(&olds, &news) };
    let layers = changes(&olds, &news, &pairs, threshold);
    if said.is_empty() && (layers.is_empty() || threshold > 0.0) {
        return String::new();
    }

    let mut out = title(old, new);
    if format == DiffFormat::Markdown {
        out.insert_str(0, "### ");
    }
    out.push_str("\n\n");
    table(&mut out, &said, format);
    let unstated = said.iter().find(|(_, pair)| pair.old.is_none() || pair.new.is_none());
    let note = unstated.map(|(_, pair)| {
        let which = if pair.old.is_none() { "old" } else { "new" };
        format!("n/a: the {which} report, perhaps of another version of netcost, does not state it.")
    });
    let notes: Vec<String> = note.into_iter().chain(peak(&olds, &news, &pairs)).chain(budget(new)).collect();
    if !notes.is_empty() {
        let _ = writeln!(out, "\n{}", notes.join("\n"));
    }
    details(&mut out, &layers, format);
    out
}

/// The networks' names and types, once if they are the same.
fn title(old: &Value, new: &Value) -> String {
    let of = |report: &Value, key: &str| report[key].as_str().unwrap_or("n/a").to_owned();
    let from = |key| match (of(old, key), of(new, key)) {
        (old, new) if old == new => new,
        (old, new) => format!("{old} -> {new}"),
    };
    format!("{}, {}", from("network"), from("dtype"))
}

fn table(out: &mut String, said: &[(&str, Pair)], format: DiffFormat) {
    let rows: Vec<[String; 5]> = (said.iter())
        .map(|(what, pair)| {
            let [old, new, difference, percent] = pair.cells();
            [(*what).to_owned(), old, new, difference, percent]
        })
        .collect();
    if rows.is_empty() {
        out.push_str("The numbers of the network are the same.\n");
        return;
    }
    if format == DiffFormat::Markdown {
        let _ = writeln!(out, "| {} |\n|:--|--:|--:|--:|--:|", HEADINGS.join(" | "));
        for row in rows {
            let _ = writeln!(out, "| {} |", row.join(" | "));
        }
        return;
    }
    let rows: Vec<_> = [HEADINGS.map(str::to_owned)].into_iter().chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEADINGS.len()).map(width).collect();
    for row in rows {
        let mut line = format!("{:<1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(line, "  {cell:>width$}");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Where RAM peaks, if that is another layer now, or takes another number of bytes.
fn peak(old: &[Layer<'_>], new: &[Layer<'_>], pairs: &[(Option<usize>, Option<usize>)]) -> Option<String> {
    let first = |layers: &[Layer<'_>]| (0..layers.len()).rev().max_by_key(|&i| layers[i].live_bytes());
    let (before, after) = (first(old)?, first(new)?);
    let moved = !pairs.contains(&(Some(before), Some(after)));
    let bytes = |layer: &Layer<'_>| Grouped(layer.live_bytes());
    let (before, after) = (&old[before], &new[after]);
    match (moved, before.live_bytes() == after.live_bytes()) {
        (false, true) => None,
        (false, false) => {
            Some(format!("RAM still peaks at `{}`: {} -> {} B live.", after.name(), bytes(before), bytes(after)))
        }
        (true, _) => {
            let (was, is) = (before.name(), after.name());
            Some(format!("The RAM peak moved: `{was}`, {} B live -> `{is}`, {} B live.", bytes(before), bytes(after)))
        }
    }
}

/// What is used of each limit of a budget, if the report has one.
fn budget(report: &Value) -> Option<String> {
    let limits = report["budget"].as_array()?.iter().filter_map(|limit| {
        let (used, value) = (limit["used"].as_u64()?, limit["value"].as_u64()?);
        let share = 100.0 * used as f64 / value.max(1) as f64;
        Some(format!("{share:.1} % of `{}`", limit["limit"].as_str()?))
    });
    let limits: Vec<String> = limits.collect();
    (!limits.is_empty()).then(|| format!("Budget used: {}.", limits.join(", ")))
}

/// The layers that were added, removed or changed, in order, each with its sign. What is folded into such a layer goes
/// without saying.
fn changes(
    old: &[Layer<'_>],
    new: &[Layer<'_>],
    pairs: &[(Option<usize>, Option<usize>)],
    threshold: f64,
) -> Vec<(char, String)> {
    let (mut all, mut before) = (Vec::new(), ' ');
    for pair in pairs {
        let (sign, layer, text) = match *pair {
            (Some(i), Some(j)) => match old[i].change(&new[j], threshold) {
                Some(text) => ('~', &new[j], text),
                None => (' ', &new[j], String::new()),
            },
            (Some(i), None) => ('-', &old[i], old[i].describe()),
            (None, Some(j)) => ('+', &new[j], new[j].describe()),
            (None, None) => continue,
        };
        if sign != ' ' && !(layer.is_folded() && sign == before) {
            all.push((sign, text));
        }
        before = sign;
    }
    all
}

fn details(out: &mut String, layers: &[(char, String)], format: DiffFormat) {
    let count = |sign| layers.iter().filter(|(found, _)| *found == sign).count();
    let counts = [('+', "added"), ('-', "removed"), ('~', "changed")].map(|(sign, word)| (count(sign), word));
    let counts: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if counts.is_empty() {
        return;
    }
    let counts = counts.join(", ");
    let _ = match format {
        DiffFormat::Text => writeln!(out, "\nlayers: {counts}"),
        DiffFormat::Markdown => writeln!(out, "\n<details><summary>layers: {counts}</summary>\n"),
    };
    for (sign, text) in layers {
        let _ = match format {
            DiffFormat::Text => writeln!(out, "  {sign} {text}"),
            DiffFormat::Markdown => writeln!(out, "- **{sign}** {text}"),
        };
    }
    if format == DiffFormat::Markdown {
        out.push_str("\n</details>\n");
    }
}
