//! What a network needs so that it can be run, checked at compile time.

use crate::base::dtype::DataType;
use crate::base::message::Text;
use crate::deploy::deployed::Deployed;

/// Fails if a layer of a network has no kernel for its data type.
///
/// # Panics
/// Naming the first such layer.
#[track_caller]
pub const fn check_kernels(deployed: &Deployed) {
    let (graph, dtype) = (&deployed.graph, deployed.dtype());
    let mut node = graph.input_count;
    while node < graph.len() {
        let op = &graph.node(node).op;
        if deployed.is_step(node) && !op.runs_on(dtype) {
            Text::new()
                .str("layer `")
                .str(graph.spell(node).as_str())
                .str("` (")
                .str(op.name())
                .str(") of network `")
                .str(graph.name)
                .str("` has no kernel for ")
                .str(dtype.name())
                .str(": its costs are known, but it cannot be run")
                .fail();
        }
        node += 1;
    }
    if !matches!(dtype, DataType::F32) {
        Text::new()
            .str("network `")
            .str(graph.name)
            .str("` has parameters: in ")
            .str(dtype.name())
            .str(", only one without any is run, such as one that calls this one")
            .fail();
    }
}

/// Fails for a network in 8-bit integers, where one in `f32` is run.
///
/// # Panics
/// Saying how it is run.
#[track_caller]
pub const fn check_floats(deployed: &Deployed) {
    let name = deployed.graph.name;
    Text::new()
        .str("`")
        .str(name)
        .str("` runs in 8-bit integers: `")
        .str(name)
        .str("::run(&weights, &mut arena)`, or `")
        .str(name)
        .str("::start(&weights, &mut arena)`, on `Weights<")
        .str(name)
        .str(">` and `Arena<")
        .str(name)
        .str(">`; sessions, profiles and validations are of `f32`")
        .fail();
}

/// Fails if a network keeps state.
///
/// # Panics
/// Saying how it is run.
#[track_caller]
pub const fn check_stateless(deployed: &Deployed) {
    if deployed.live.states.count > 0 {
        let name = deployed.graph.name;
        Text::new()
            .str("`")
            .str(name)
            .str("` keeps state from one run to the next: start it, `let mut net = ")
            .str(name)
            .str("::start(&weights, &mut arena)?`, and run that, `net.run()`")
            .fail();
    }
}
