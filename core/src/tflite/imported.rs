//! A network that is read from a file.

use crate::base::dtype::DataType;
use crate::base::message::Text;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::{MAX_NODES, Port};
use crate::graph::settings::Settings;
use crate::graph::tensor::Builder;
use crate::tflite::error::Error;
use crate::tflite::import;

/// A network that is read from a file, and which operator of it became which layer.
pub struct Imported {
    pub(crate) deployed: Deployed,
    /// The bytes of the file.
    pub(crate) bytes: &'static [u8],
    /// Whether it rounds as TensorFlow Lite's runtime for microcontrollers does.
    pub(crate) micro: bool,
    /// For each node, the operator of the file that became it.
    pub(crate) origins: [u16; MAX_NODES],
}

impl Imported {
    /// An empty network: [read](Imported::read) it. Both work in place, as those of [`Deployed`] do.
    pub const fn new(bytes: &'static [u8]) -> Self {
        let settings = match import::settings(bytes) {
            Ok(settings) => settings,
            // Reading fails as well, and says why.
            Err(_) => Settings::new(),
        };
        Imported { deployed: Deployed::new(settings), bytes, micro: false, origins: [0; MAX_NODES] }
    }

    /// Rounds as TensorFlow Lite's runtime for microcontrollers does.
    pub const fn micro(mut self) -> Self {
        self.micro = true;
        self
    }

    /// Runs row by row.
    pub const fn stream(mut self) -> Self {
        self.deployed.graph.settings.stream = true;
        self
    }

    /// Runs operators in the order of the file.
    pub const fn declared_order(mut self) -> Self {
        self.deployed.graph.settings.declared_order = true;
        self
    }

    /// Declares and deploys the network of the file.
    ///
    /// # Panics
    /// If the file is not one that netcost reads; with the name of the file.
    #[track_caller]
    pub const fn read(&mut self, name: &'static str, file: &str) {
        if let Err(error) = self.try_read(name) {
            error.text(file, self.bytes).fail();
        }
    }

    /// The same, where what is wrong with the file, if anything, is returned.
    pub const fn fault(&mut self, name: &'static str, file: &str) -> Option<Text> {
        match self.try_read(name) {
            Ok(()) => None,
            Err(error) => Some(error.text(file, self.bytes)),
        }
    }

    const fn try_read(&mut self, name: &'static str) -> Result<(), Error> {
        if let Err(error) = import::settings(self.bytes) {
            return Err(error);
        }
        let dtype = self.deployed.dtype();
        let builder = Builder::new(self.deployed.graph_mut(), name);
        let origins = match import::import(&builder, self.bytes, dtype) {
            Ok(origins) => origins,
            Err(error) => return Err(error),
        };
        self.origins = origins;
        if let Some(numbers) = builder.finish_numbered() {
            let mut node = 0;
            while node < builder.graph().nodes.len() {
                self.origins[numbers[node] as usize] = origins[node];
                node += 1;
            }
        }
        self.deployed.deploy();
        Ok(())
    }

    /// Whether it is one of 8-bit integers.
    pub const fn is_quantized(&self) -> bool {
        matches!(self.deployed.dtype(), DataType::I8)
    }

    /// The network as deployed.
    pub const fn deployed(&self) -> &Deployed {
        &self.deployed
    }

    /// Its inputs.
    pub const fn inputs(&self) -> &[Port] {
        let graph = self.deployed.graph();
        graph.inputs.split_at(graph.input_count).0
    }

    /// Its outputs.
    pub const fn outputs(&self) -> &[Port] {
        let graph = self.deployed.graph();
        graph.outputs.split_at(graph.output_count).0
    }
}
