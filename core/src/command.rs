//! What a command asks of a network in a file, at run time: the answers that a declared one has as constants.

use core::ops::Range;
use std::boxed::Box;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use crate::budget::check::Numbers;
use crate::budget::message;
use crate::budget::parse::{self, Value};
use crate::cost::layer::Layer;
use crate::cost::memory::Memory;
use crate::deploy::deployed::Deployed;
use crate::deploy::layer;
use crate::deploy::layer::OtherOrder;
use crate::graph::settings::{Deployment, Settings};
use crate::quantity::limit::Limit;
use crate::quantity::tool::each_tool;
use crate::quantized::kernels::{STREAM_OF_FLOATS, stream_fault};
use crate::report::report::{Report, headroom};
use crate::report::subject::Subject;
use crate::report::under::{Refused, Under};
use crate::stream::stream::{ByRows, Stream};
use crate::tflite::imported::Imported;
use crate::tools::counted::Counted;
use crate::tools::tally::Tally;
use crate::tools::tool::Counter;

/// A network that is read from a file. What its reports refer to is kept for as long as the process runs.
///
/// Reading one takes megabytes of stack.
pub struct FromFile {
    imported: &'static Imported,
    memory: Memory,
    layers: &'static [Layer],
}

impl FromFile {
    /// Reads a `.tflite` file, and plans its memory: for a run by rows, with `stream`.
    ///
    /// # Errors
    /// What is wrong with the file, which the text calls `file`.
    pub fn read(bytes: Vec<u8>, name: &str, file: &str, stream: bool) -> Result<Self, String> {
        let (bytes, name) = (&*bytes.leak(), &*name.to_string().leak());
        let imported = Imported::new(bytes);
        let mut imported = Box::new(if stream { imported.stream() } else { imported });
        if let Some(fault) = imported.fault(name, file) {
            return Err(fault.to_string());
        }
        let imported: &'static Imported = Box::leak(imported);
        let network = &imported.deployed;
        let (plan, live) = match stream {
            true => {
                if !imported.is_quantized() {
                    return Err(STREAM_OF_FLOATS.to_string());
                }
                if let Some(fault) = stream_fault(network) {
                    return Err(fault.to_string());
                }
                let stream = Stream::new(network);
                (stream.plan, stream.in_use(network))
            }
            false => (network.plan(), network.in_use(network.graph.settings.fuse)),
        };
        let nodes = network.graph.input_count..network.len();
        let layers = nodes.map(|node| Layer::of(network, node, &live)).collect::<Vec<_>>().leak();
        Ok(FromFile { imported, memory: Memory::of(network, &plan), layers })
    }

    fn network(&self) -> &'static Deployed {
        &self.imported.deployed
    }

    fn subject(&self) -> Subject {
        let Settings { dtype, fuse, .. } = self.network().graph.settings;
        let deployment = Deployment { dtype, fused: fuse };
        Subject { network: self.network().graph.name, deployment, cost: self.network().cost, layers: self.layers }
    }

    fn numbers(&self) -> Numbers<'static> {
        Numbers { network: self.network(), memory: self.memory, tally: Tally::of(self.network()) }
    }

    /// The report, as that of a declared network.
    pub fn report(&self) -> Report<Self> {
        let unread = vec![Layer::EMPTY; self.network().graph.reported()].leak();
        layer::unread(self.network(), unread);
        let ports = [self.imported.inputs(), self.imported.outputs()];
        Report::new(self.subject(), self.memory, unread, ports, (&[], &[]))
            .with_other_runs(ByRows::of(self.network()), OtherOrder::of(self.network()))
    }

    fn under_tool<C: Counter>(&self) -> Under<C> {
        let network = self.network();
        let nodes = network.graph.input_count..network.len();
        let counted = nodes.map(|node| Counted::of(network, node)).collect::<Vec<_>>().leak();
        let tally = Tally::of(network);
        Under::of(self.subject(), Refused::of(C::ID, &tally, network, self.layers), tally.total, counted)
    }

    /// What breaks these limits: the message of the compiler, if any is broken.
    pub fn exceeded(&self, limits: &[Limit]) -> Option<String> {
        let numbers = self.numbers();
        (numbers.first_broken(limits) < limits.len()).then(|| message::exceeded(limits, &numbers).to_string())
    }

    /// What is used of a limit, and what is left; and whether that is `percent` of it or more.
    pub fn headroom(&self, limit: &Limit, percent: u64) -> (String, bool) {
        let numbers = self.numbers();
        (headroom(limit, numbers.used(limit)).as_str().to_string(), numbers.near(limit, percent))
    }
}

macro_rules! under {
    ($($Tool:ident $Count:ident: $word:ident in $file:ident,)*) => {
        /// The words of the other tools.
        pub const TOOLS: &[&str] = &[$(stringify!($word)),*];

        impl FromFile {
            /// The network in the numbers of another tool, as text, if there is one of this word.
            pub fn under(&self, tool: &str) -> Option<String> {
                match tool {
                    $(stringify!($word) => Some(self.under_tool::<crate::tools::$file::$Tool>().to_string()),)*
                    _ => None,
                }
            }
        }
    };
}
each_tool!(under);

/// What is wrong with the text of a budget.
pub struct Wrong {
    /// Where, in bytes.
    pub place: Range<usize>,
    /// What, in words.
    pub message: String,
}

/// Reads a budget: its limits, and the percentage of `warn`.
///
/// # Errors
/// All that is wrong with it.
pub fn budget(text: &str) -> Result<(Vec<Limit>, Option<u8>), Vec<Wrong>> {
    let (mut limits, mut errors) = (Vec::new(), Vec::new());
    let warn = parse::parse(text, |limit| match limit {
        Ok(written) => match written.value {
            Value::Amount(_, value) => limits.push(Limit {
                quantity: *written.quantity,
                per_layer: written.per_layer,
                relation: written.relation,
                value,
                text: written.to_string().leak(),
            }),
            Value::Expression(_, place) => {
                errors.push(Wrong { place, message: "a limit is a number: write `3M`, or `64 KiB`".to_string() });
            }
        },
        Err(error) => errors.push(Wrong { place: error.range.clone(), message: error.to_string() }),
    });
    if errors.is_empty() { Ok((limits, warn)) } else { Err(errors) }
}
