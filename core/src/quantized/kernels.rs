//! Which kernels run a network, whatever its numbers are, and what a network needs for that.

use crate::base::message::Text;
use crate::base::shape::{MAX_RANK, channel_last_axis};
use crate::deploy::deployed::Deployed;
use crate::graph::graph::Graph;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::quantization::Activation;
use crate::int8::scatter::Scatter;
use crate::layers::list::Op;
use crate::memory::plan::Plan;
use crate::op::storage::Place;
use crate::stream::rows::{Rows, Stop};

/// Whether a node is a step: what is kept from one run to the next is not computed.
pub(crate) const fn is_run(deployed: &Deployed, node: usize) -> bool {
    deployed.is_step(node) && !deployed.live.is_kept(node)
}

/// How many steps a node can be: a tensor that is joined is a step for each operand.
pub(crate) const fn parts(deployed: &Deployed, node: usize) -> usize {
    let graph = &deployed.graph;
    match graph.storage(node).place {
        Place::Joined { .. } => graph.node(node).inputs as usize,
        _ => 1,
    }
}

/// Where an operand begins along the axis of the tensor that it is joined to.
const fn start(graph: &Graph, node: usize, axis: usize, part: usize) -> u32 {
    let (mut start, mut operand) = (0, 0);
    while operand < part {
        start += graph.node(graph.operand(node, operand)).shape.at(axis) as u32;
        operand += 1;
    }
    start
}

/// Whether an operand is computed where it is joined.
pub(crate) const fn is_in_place(deployed: &Deployed, plan: &Plan, node: usize, part: usize) -> bool {
    let (live, graph) = (&deployed.live, &deployed.graph);
    let (Place::Joined { axis }, layout) = (graph.storage(node).place, graph.settings.layout) else { return false };
    let shape = &graph.node(node).shape;
    let place = plan.offset(live, node) + start(graph, node, axis, part) as u64 * layout.stride(shape, axis);
    layout.is_outermost(shape, axis) && plan.offset(live, graph.operand(node, part)) == place
}

/// The number of steps.
pub(crate) const fn count(deployed: &Deployed, plan: &Plan) -> usize {
    let (mut node, mut count) = (0, 0);
    while node < deployed.len() {
        let (mut part, parts) = (0, if is_run(deployed, node) { parts(deployed, node) } else { 0 });
        while part < parts {
            count += !is_in_place(deployed, plan, node, part) as usize;
            part += 1;
        }
        node += 1;
    }
    count
}

/// The kernel of a part of a node, with these numbers.
pub(crate) const fn kernel_of(deployed: &Deployed, node: usize, part: usize, numbers: &Numbers) -> Option<Kernel> {
    let graph = &deployed.graph;
    let Place::Joined { axis } = graph.storage(node).place else {
        return graph.node(node).op.int8(deployed.io(node), numbers);
    };
    let (operand, rank) = graph.node(graph.operand(node, part)).shape.channel_last();
    let (output, mut begin) = (graph.node(node).shape.channel_last().0, [0; MAX_RANK]);
    begin[channel_last_axis(axis, rank)] = start(graph, node, axis, part);
    match Scatter::new(operand.split_at(rank).0, begin.split_at(rank).0, output.split_at(rank).0) {
        Some(scatter) => Some(Kernel::Scatter(scatter)),
        None => None,
    }
}

/// The kernels in use by a network that is declared: whatever its numbers are, they are the same.
pub const fn mask_declared(deployed: &Deployed) -> u32 {
    let (mut mask, mut node) = (0, 0);
    while node < deployed.len() {
        if is_run(deployed, node)
            && let Some(kernel) = kernel_of(deployed, node, 0, &Numbers::UNIT)
        {
            mask |= kernel.bit();
        }
        node += 1;
    }
    mask
}

/// Checks that a declared network can be run in 8-bit integers.
///
/// # Panics
/// Naming the first layer that cannot.
#[track_caller]
pub(crate) const fn check(deployed: &Deployed) {
    let mut node = deployed.graph.input_count;
    while node < deployed.len() {
        if deployed.live.is_kept(node) {
            fail_layer(deployed, node, "keeps state, which in i8 only networks of `.tflite` files do");
        }
        if deployed.shared.first(node).is_some() {
            fail_layer(deployed, node, "shares the weights of another layer, which none may in i8");
        }
        if is_run(deployed, node) {
            required_kernel(deployed, node);
            if let Some(clamp) = deployed.clamp(node) {
                activation(deployed, clamp);
            }
        }
        node += 1;
    }
}

/// What is said of a file in `f32` that should.
pub const STREAM_OF_FLOATS: &str = "`stream` needs a file of 8-bit integers: in `f32`, the channels of a row lie apart, and \
                                    none can be run alone";

/// Checks that a network runs row by row, at least its first layer.
///
/// # Panics
/// Naming that layer.
#[track_caller]
pub const fn check_stream(deployed: &Deployed) {
    if let Some(fault) = stream_fault(deployed) {
        fault.fail();
    }
}

/// Why a network does not run row by row, not even its first layer.
pub(crate) const fn stream_fault(deployed: &Deployed) -> Option<Text> {
    let graph = &deployed.graph;
    let rows = Rows::new(deployed);
    let (0, Some(Stop { node, why })) = (rows.len, rows.stop) else { return None };
    let text = Text::new().str("`").str(graph.name).str("` cannot run row by row: ");
    if node < graph.input_count {
        return Some(text.str(why).str("; leave `stream` out"));
    }
    let (name, op) = (graph.spell(node), graph.node(node).op.name());
    let text = text.str("its first layer, `").str(name.as_str()).str("` (").str(op).str("), takes no rows, as ");
    let remedy = "; begin with a convolution, a pool or an element-wise layer of an image, or leave `stream` out";
    Some(text.str(why).str(remedy))
}

/// The kernel of a layer, whatever its numbers are.
#[track_caller]
pub(crate) const fn required_kernel(deployed: &Deployed, node: usize) -> Kernel {
    match kernel_of(deployed, node, 0, &Numbers::UNIT) {
        Some(kernel) => kernel,
        None => fail_layer(deployed, node, NO_KERNEL),
    }
}

/// The activation that a clamp is.
#[track_caller]
pub(crate) const fn activation(deployed: &Deployed, clamp: usize) -> Activation {
    match activation_of(&deployed.graph.node(clamp).op) {
        Some(activation) => activation,
        None => fail_layer(deployed, clamp, NO_KERNEL),
    }
}

/// The same, if there is one of that range.
pub(crate) const fn activation_of(op: &Op) -> Option<Activation> {
    match op {
        Op::Relu(_) => Some(Activation::Relu),
        Op::Relu6(_) => Some(Activation::Relu6),
        Op::Clamp(clamp) => clamp.activation(),
        _ => None,
    }
}

/// What is said of a layer without a kernel.
pub(crate) const NO_KERNEL: &str = "has no kernel for i8: its costs are known, but it cannot be run";

/// A limit of the run, which its costs do not have.
#[track_caller]
pub(crate) const fn fail_layer(deployed: &Deployed, node: usize, what: &str) -> ! {
    let graph = &deployed.graph;
    Text::new()
        .str("layer `")
        .str(graph.spell(node).as_str())
        .str("` (")
        .str(graph.node(node).op.name())
        .str(") of network `")
        .str(graph.name)
        .str("` ")
        .str(what)
        .fail()
}
