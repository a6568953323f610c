//! A layer of the user's own: `custom`.

use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::graph::Graph;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::counting::Counting;
use crate::kernel::custom::{Arguments, Kernel, Run};
use crate::kernel::machine::{Machine, Plain};
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] =
    &[Syntax::method("custom", "Custom", &["kernel"], &["output", "census", "macs", "params", "scratch"])];

/// The options of [`Tensor::custom`]: what the layer costs, and the kernel that does it.
#[derive(Clone, Copy)]
pub struct Custom {
    name: &'static str,
    plain: Run<Plain>,
    counting: Run<Counting>,
    output: Option<Shape>,
    census: Option<Census>,
    macs: u64,
    params: Option<Shape>,
    scratch: usize,
}

impl Custom {
    /// A layer whose output has its input's shape, without MACs and without parameters. Its census must be stated.
    pub const fn new<K: Kernel>(_: K) -> Self {
        Custom {
            name: K::NAME,
            plain: K::run::<Plain>,
            counting: K::run::<Counting>,
            output: None,
            census: None,
            macs: 0,
            params: None,
            scratch: 0,
        }
    }

    /// The extents of its output.
    #[track_caller]
    pub const fn output<const N: usize>(mut self, dims: [usize; N]) -> Self {
        self.output = Some(Shape::new(&dims));
        self
    }

    /// Its operations, multiply-accumulates among them: `Census::ZERO.mul(n).add(n)`.
    pub const fn census(mut self, census: Census) -> Self {
        self.census = Some(census);
        self
    }

    /// Its multiply-accumulates.
    pub const fn macs(mut self, macs: u64) -> Self {
        self.macs = macs;
        self
    }

    /// The extents of its learned parameters, one tensor called `weight`.
    #[track_caller]
    pub const fn params<const N: usize>(mut self, dims: [usize; N]) -> Self {
        self.params = Some(Shape::new(&dims));
        self
    }

    /// Elements of memory that its kernel needs for itself. They are in the arena while it runs.
    #[track_caller]
    pub const fn scratch(mut self, elements: usize) -> Self {
        if elements as u64 > u32::MAX as u64 {
            Text::new()
                .str("`custom`: a scratch of ")
                .number(elements as u64)
                .str(" elements is too large; it is less than 2^32")
                .fail();
        }
        self.scratch = elements;
        self
    }
}

impl<'g> Tensor<'g> {
    /// A layer of your own: `x.custom(Square, census = Census::ZERO.mul(x.elements() as u64))`.
    #[track_caller]
    pub const fn custom(self, options: Custom) -> Tensor<'g> {
        if options.census.is_none() {
            panic!(
                "`custom` has no census: a layer states what it costs, `census = Census::ZERO.mul(n)`, or \
                 `census = Census::ZERO` if it does no arithmetic"
            );
        }
        let shape = match options.output {
            Some(shape) => shape,
            None => self.shape,
        };
        self.builder.push_one(Op::Custom(options), self.node, shape)
    }
}

impl Custom {
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn work(&self, _: Io<'_>) -> Work {
        let census = match self.census {
            Some(census) => census,
            None => Census::ZERO,
        };
        Work { macs: self.macs, macs_executed: self.macs, ..Work::of(census) }
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        match self.params {
            Some(shape) => State::weight(shape, false),
            None => State::NONE,
        }
    }

    pub(crate) const fn conventions(&self, _: Io<'_>) -> Row {
        Row::UNCOUNTED
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { scratch: self.scratch as u64, ..Storage::OWN }
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let params = match self.params {
            Some(shape) => shape.elements(),
            None => 0,
        };
        words
            .push(count_before(io.graph, io.node) as u32)
            .count(io.input(0).elements())
            .count(io.elements())
            .count(params)
            .count(self.scratch as u64)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [number, inputs, outputs, params, scratch] = step.last_words()?;
        let [out, x] = step.words()?;
        let input = step.view(machine, x, inputs as usize)?;
        let output = step.view(machine, out, outputs as usize)?;
        let params = step.params(machine, params as usize)?;
        let scratch = step.optional(machine, scratch as usize)?;
        step.customs().run(machine, number as usize, Arguments { input, output, params, scratch })
    }
}

/// The custom layers among the first `nodes` of a graph.
pub(crate) const fn count_before(graph: &Graph, nodes: usize) -> usize {
    let mut count = 0;
    let mut node = 0;
    while node < nodes {
        if matches!(graph.node(node).op, Op::Custom(_)) {
            count += 1;
        }
        node += 1;
    }
    count
}

macro_rules! kernels {
    ($($function:ident: $field:ident, $machine:ty;)*) => {
        $(
            /// The custom kernels of a graph, then kernels that do nothing.
            pub(crate) const fn $function<const L: usize>(graph: &Graph) -> [Run<$machine>; L] {
                let nothing: Run<$machine> = |_, _| ();
                let mut kernels = [nothing; L];
                let (mut count, mut node) = (0, 0);
                while node < graph.len() {
                    if let Op::Custom(custom) = graph.node(node).op {
                        kernels[count] = custom.$field;
                        count += 1;
                    }
                    node += 1;
                }
                kernels
            }
        )*
    };
}

kernels! {
    plain_kernels: plain, Plain;
    counting_kernels: counting, Counting;
}
