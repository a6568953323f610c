//! The report as Markdown and as JSON.

use core::fmt::Write;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Value, json};

use crate::base::shape::Shape;
use crate::cost::layer::Layer;
use crate::cost::traffic::Traffic;
use crate::op::work::Census;
use crate::report::report::{HEADINGS, Report, headroom, total};
use crate::report::table;

impl<N> Report<N> {
    /// The report as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.markdown(&mut out);
        out
    }

    fn markdown(&self, out: &mut String) -> core::fmt::Result {
        writeln!(out, "## {}\n", self.network)?;
        table::write_markdown(out, HEADINGS, self.rows(), &total(self))?;
        out.push('\n');
        for (what, value) in self.totals() {
            writeln!(out, "- {}: {}", what.trim_start(), value.as_str())?;
        }
        if !self.budget.is_empty() {
            out.push_str("\n| budget | used |\n|:--|:--|\n");
            for (limit, used) in self.limits() {
                writeln!(out, "| `{}` | {} |", limit.text, headroom(limit, used).as_str())?;
            }
        }
        Ok(())
    }

    /// The report as JSON: one object, with `layers`, `unread` and `budget` as arrays.
    pub fn to_json(&self) -> String {
        let budget: Vec<Value> = self
            .limits()
            .map(|(limit, used)| json!({"limit": limit.text, "value": limit.value, "used": used}))
            .collect();
        let mut value = cost(&self.cost);
        value["network"] = self.network.into();
        value["dtype"] = self.deployment.dtype.name().into();
        value["fused"] = self.deployment.fused.into();
        value["inputs"] = self.inputs.iter().map(|port| shape(&port.shape)).collect();
        value["outputs"] = self.outputs.iter().map(|port| shape(&port.shape)).collect();
        value["arena_bytes"] = self.memory.arena_bytes.into();
        value["state_bytes"] = self.memory.state_bytes.into();
        value["scratch_bytes"] = self.memory.scratch_bytes.into();
        value["peak_live_bytes"] = self.memory.peak_live_bytes.into();
        value["peak_live_in_place_bytes"] = self.memory.peak_live_in_place_bytes.into();
        value["layers"] = self.layers.iter().map(layer).collect();
        value["unread"] = self.unread.iter().map(layer).collect();
        value["budget"] = budget.into();
        value.to_string()
    }
}

fn layer(layer: &Layer) -> Value {
    let mut value = cost(&layer.cost);
    value["name"] = layer.name.as_str().into();
    value["operator"] = layer.operator.into();
    value["output"] = shape(&layer.output);
    value["live_bytes"] = layer.live_bytes.into();
    value["scratch_bytes"] = layer.scratch_bytes.into();
    value["run"] = layer.run.word().into();
    value
}

fn shape(shape: &Shape) -> Value {
    shape.dims().collect()
}

fn census(census: &Census) -> Value {
    Census::KINDS.iter().map(|kind| kind.to_string()).zip(census.counts().map(Value::from)).collect()
}

fn traffic(traffic: &Traffic) -> Value {
    json!({"weights": traffic.weights, "input": traffic.input, "output": traffic.output})
}

fn cost(cost: &crate::cost::cost::Cost) -> Value {
    json!({
        "macs": cost.macs,
        "macs_executed": cost.macs_executed,
        "macs_live": cost.macs_live,
        "dead_channels": cost.dead_channels,
        "flops": cost.flops,
        "census": census(&cost.census),
        "census_executed": census(&cost.census_executed),
        "params": cost.params,
        "weights": cost.weights,
        "weight_bytes": cost.weight_bytes,
        "traffic": traffic(&cost.traffic),
        "traffic_uncached": traffic(&cost.traffic_uncached),
    })
}
