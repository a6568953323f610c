//! The compile error of a network that breaks its budget.

use crate::base::message::Text;
use crate::budget::check::Numbers;
use crate::budget::heaviest::Heaviest;
use crate::cost::quantities::own;
use crate::deploy::deployed::Deployed;
use crate::quantity::limit::{Limit, Relation};
use crate::stream::stream::ByRows;

/// Each limit that the network breaks, by how much, and the layers that weigh most.
pub(crate) const fn exceeded(limits: &[Limit], numbers: &Numbers<'_>) -> Text {
    let network = numbers.network;
    let mut text = Text::new().str("`").str(network.graph.name).str("` breaks its budget");
    let mut i = 0;
    while i < limits.len() {
        if let Some(refusal) = numbers.refusal(&limits[i]) {
            text = text.str("\n  ").str(limits[i].text).str(": the tool fails");
            text = refusal.describe(&network.graph, text);
        } else {
            let used = numbers.used(&limits[i]);
            if !limits[i].holds(used) {
                text = describe(text, network, &limits[i], used);
            }
        }
        i += 1;
    }
    text
}

const fn describe(text: Text, network: &Deployed, limit: &Limit, used: u64) -> Text {
    let graph = &network.graph;
    let what = limit.quantity.what;
    let mut text = text.str("\n  ").str(limit.text);
    if !is_amount(limit.text) {
        text = text.str(" = ").number(limit.value);
    }
    text = text.str(": ");
    text = if limit.per_layer { text.str("the heaviest layer has ") } else { text.str("it has ") };
    text = text.number(used).str(" ").str(what).str(", ");
    let difference = used.abs_diff(limit.value);
    text = match limit.relation {
        Relation::Exactly => text.number(difference).str(if used > limit.value { " more" } else { " fewer" }),
        Relation::Below if difference == 0 => text.str("which is not below the limit"),
        _ => text.number(difference).str(" over"),
    };
    if limit.value > 0 && difference > 0 {
        text = text.str(" (").percent(difference, limit.value).str(")");
    }
    if limit.quantity.is(own::Number::ram)
        && !limit.per_layer
        && let Some(ByRows { is_run: false, bytes, .. }) = ByRows::of(network)
        && bytes < used
    {
        text = text.str("; with `stream` it would take ").number(bytes).str(" B");
    }
    let is_live = limit.quantity.live(false).is_some();
    let heaviest = Heaviest::new(network, &limit.quantity);
    let mut i = 0;
    while i < heaviest.len {
        let (node, value) = (heaviest.nodes[i], heaviest.values[i]);
        text = text
            .str("\n    layer `")
            .str(graph.spell(node).as_str())
            .str("`, ")
            .str(graph.node(node).op.name())
            .str(" to ")
            .shape(&graph.node(node).shape)
            .str(":")
            .column(44)
            .str(" ")
            .number(value)
            .str(if is_live { " live while it runs" } else { "" });
        if !is_live && !limit.per_layer {
            text = text.str(", ").percent(value, used);
        }
        i += 1;
    }
    text
}

/// Whether a limit was written as a number, `macs <= 3M` or `ram < 64 KiB`, and not as an expression.
const fn is_amount(text: &str) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() && !matches!(text[at], b'<' | b'=') {
        at += 1;
    }
    while at < text.len() && matches!(text[at], b'<' | b'=' | b' ') {
        at += 1;
    }
    if at == text.len() || !text[at].is_ascii_digit() {
        return false;
    }
    // A number has at most its unit after it.
    let mut spaces = 0;
    while at < text.len() {
        spaces += (text[at] == b' ') as usize;
        at += 1;
    }
    spaces <= 1
}
