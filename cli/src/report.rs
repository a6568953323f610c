//! A network as a report, and its layers as lines.

use netcost_core::__command::FromFile;
use serde_json::Value;

use crate::arguments::Format;

/// What a layer has in a line, as the JSON of a report names it.
const COLUMNS: [&str; 9] =
    ["name", "operator", "output", "macs", "flops", "params", "weight_bytes", "live_bytes", "run"];

/// The report of a network.
pub fn report(network: &FromFile, format: Format) -> Result<String, String> {
    let report = network.report();
    match format {
        Format::Text => Ok(report.to_string()),
        Format::Markdown => Ok(report.to_markdown()),
        Format::Json => Ok(report.to_json() + "\n"),
        Format::Csv => Ok(COLUMNS.join(",") + "\n" + &layers(network, ',')?),
    }
}

/// A line for each layer.
pub fn layers(network: &FromFile, separator: char) -> Result<String, String> {
    let report: Value = serde_json::from_str(&network.report().to_json()).map_err(|error| error.to_string())?;
    let layers = ["layers", "unread"].into_iter().filter_map(|key| report[key].as_array()).flatten();
    let separator = separator.to_string();
    let line = |layer: &Value| COLUMNS.map(|column| field(&layer[column], &separator)).join(&separator) + "\n";
    Ok(layers.map(line).collect())
}

/// A value as a field; one that holds the separator is quoted.
fn field(value: &Value, separator: &str) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(dims) => dims.iter().map(Value::to_string).collect::<Vec<_>>().join("x"),
        other => other.to_string(),
    };
    let quotes = text.contains(separator) || text.contains(['"', '\n']);
    if quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
