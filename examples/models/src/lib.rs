//! The networks of the `.tflite` files in the folder that the variable `NETCOST_MODELS` named when this was built; without
//! it, of two of the tests.

mod reference;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use cpu_time::ProcessTime;
use netcost::{Network, Quantized, QuantizedRunner, RunError};

use crate::reference::{Run, runs};

/// A network and its numbers, which are constants.
pub struct Model {
    /// The name of its file, which in `f32` ends with `f32`.
    pub name: &'static str,
    path: &'static str,
    /// Multiply-accumulates of a run.
    pub macs: u64,
    /// Bytes of flash for its weights.
    pub weight_bytes: u64,
    /// Bytes of RAM of a run.
    pub arena_bytes: u64,
    /// The part of the RAM that is kept from run to run.
    pub state_bytes: u64,
    start: Option<Start>,
}

/// Starts the network and hands it to a function.
type Start = fn(&mut dyn FnMut(&mut dyn Started));

/// A network that has been started.
trait Started {
    /// Makes a run of the reference kernels, and returns 1 if it gives what they give, or else 0.
    fn gives(&mut self, run: Run) -> Result<usize, RunError>;

    fn time(&mut self, count: usize) -> Result<Duration, RunError>;
}

impl<N: Quantized + Network> Started for QuantizedRunner<'_, N> {
    fn gives(&mut self, mut run: Run) -> Result<usize, RunError> {
        if run.starts {
            self.reset();
        }
        for index in 0..N::INPUTS.len() {
            self.input_at(index).fill_with(|| run.next(index));
        }
        let outputs = self.run()?;
        let is_equal =
            (0..N::OUTPUTS.len()).all(|index| outputs.get(index) == run.outputs.get(index).map(Vec::as_slice));
        Ok(usize::from(is_equal))
    }

    fn time(&mut self, count: usize) -> Result<Duration, RunError> {
        let mut run = Run::of_seed(1);
        let inputs: Vec<Vec<i8>> =
            (0..N::INPUTS.len()).map(|index| self.input_at(index).iter().map(|_| run.next(index)).collect()).collect();
        let start = ProcessTime::now();
        for _ in 0..count {
            // The input's memory is used again in a run.
            for (index, input) in inputs.iter().enumerate() {
                self.input_at(index).copy_from_slice(input);
            }
            black_box(self.run()?);
        }
        Ok(start.elapsed())
    }
}

impl Model {
    const fn of<N: Network>(name: &'static str, path: &'static str, start: Option<Start>) -> Self {
        Model {
            name,
            path,
            macs: N::MACS,
            weight_bytes: N::WEIGHT_BYTES,
            arena_bytes: N::ARENA_BYTES,
            state_bytes: N::STATE_BYTES,
            start,
        }
    }

    /// The bytes that ESPHome gives to TensorFlow Lite Micro for this network, found by trial: from the file's JSON.
    pub fn tensor_arena_size(&self) -> Option<u64> {
        let text = std::fs::read_to_string(Path::new(self.path).with_extension("json")).ok()?;
        let json: serde_json::Value = serde_json::from_str(&text).ok()?;
        json["micro"]["tensor_arena_size"].as_u64()
    }

    /// The processor's time for `count` runs in a row, on an input of numbers of a generator. None in `f32`.
    ///
    /// # Errors
    /// Those of a run.
    pub fn time(&self, count: usize) -> Result<Duration, RunError> {
        let mut time = Ok(Duration::ZERO);
        if let Some(start) = self.start {
            start(&mut |net| time = net.time(count));
        }
        time
    }

    /// Runs the network as LiteRT's reference kernels were run: how many runs gave the same to the bit, and how many there
    /// are. There are none in `f32`.
    ///
    /// # Errors
    /// Those of a run.
    pub fn compare(&self) -> Result<(usize, usize), RunError> {
        let (mut equal, mut all) = (Ok(0), 0);
        if let Some(start) = self.start {
            start(&mut |net| {
                let runs = runs(Path::new(self.path));
                all = runs.len();
                equal = runs.into_iter().map(|run| net.gives(run)).sum();
            });
        }
        Ok((equal?, all))
    }
}

macro_rules! models {
    ($($kind:ident $module:ident $name:tt $path:tt,)*) => {
        $(models!(@$kind $module $path);)*

        /// All of them.
        pub const MODELS: &[Model] = &[$(Model::of::<$module::Net>($name, $path, $module::START)),*];
    };
    (@integers $module:ident $path:tt) => {
        mod $module {
            use netcost::prelude::*;

            #[network(file = $path)]
            pub struct Net;

            pub const START: Option<crate::Start> = Some(|with| {
                static WEIGHTS: Weights<Net> = Net::weights();
                with(&mut Net::start(&WEIGHTS, &mut Arena::new()));
            });
        }
    };
    (@floats $module:ident $path:tt) => {
        mod $module {
            use netcost::prelude::*;

            #[network(file = $path)]
            pub struct Net;

            pub const START: Option<crate::Start> = None;
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/models.rs"));
