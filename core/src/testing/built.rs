//! A network that is built at run time, with all that the tables of a declared one hold.

extern crate std;

use core::any::Any;
use std::sync::Mutex;

use crate::cost::layer::Layer;
use crate::cost::memory::Memory;
use crate::deploy::deployed::Deployed;
use crate::deploy::layer;
use crate::graph::settings::{Deployment, Settings};
use crate::kernel::custom::Customs;
use crate::memory::plan::Plan;
use crate::program::places::{Place, inputs_end};
use crate::program::program::Program;
use crate::program::views::Views;
use crate::report::report::Report;
use crate::report::subject::Subject;
use crate::run::engine::Executable;
use crate::testing::testing::{All, Box, Vec, vec};
use crate::validate::error::ValidateError;
use crate::validate::validate;
use crate::validate::validate::{Claims, Validated};

/// Keeps a table for as long as the process runs, where a leak detector finds it.
fn keep<T: Send + Sync + 'static>(table: Vec<T>) -> &'static [T] {
    static KEPT: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());
    let table: &'static [T] = table.leak();
    KEPT.lock().expect("nobody panics while it is held").push(Box::new(table));
    table
}

/// A network built at run time, with fields in place of constants.
pub struct Built {
    pub deployed: Box<Deployed>,
    pub plan: Box<Plan>,
    pub program: Vec<u32>,
    pub views: Views,
    pub places: Vec<Place>,
    /// Reports and errors may name the layers at any later time.
    pub layers: &'static [Layer],
    pub unread: &'static [Layer],
}

impl Built {
    /// It has no custom layers.
    pub const CUSTOMS: Customs = Customs::Plain(&[]);

    pub fn new(deployed: Box<Deployed>) -> Self {
        let plan = deployed.plan();
        Built::planned(deployed, plan)
    }

    /// With a plan that may be wrong.
    pub fn planned(deployed: Box<Deployed>, plan: Plan) -> Self {
        let program = Box::new(Program::new(&deployed, &plan));
        let live = deployed.in_use(deployed.graph.settings.fuse);
        let layers = deployed.graph.input_count..deployed.len();
        let mut unread = vec![Layer::EMPTY; deployed.graph.reported()];
        layer::unread(&deployed, &mut unread);
        Built {
            program: program.words[..program.len].to_vec(),
            views: Views::new(&deployed, &plan),
            places: (0..deployed.len()).map(|node| Place::of(&deployed, &plan, node)).collect(),
            layers: keep(layers.map(|node| Layer::of(&deployed, node, &live)).collect()),
            unread: keep(unread),
            deployed,
            plan: Box::new(plan),
        }
    }

    pub fn executable(&self) -> Executable<'_> {
        Executable {
            program: &self.program,
            weights_len: self.deployed.cost.weights as usize,
            arena_len: self.plan.len as usize,
            input_count: self.deployed.graph.input_count,
            outputs: &self.views.outputs,
        }
    }

    pub fn subject(&self) -> Subject {
        let Settings { dtype, fuse, .. } = self.deployed.graph.settings;
        let deployment = Deployment { dtype, fused: fuse };
        Subject { network: self.deployed.graph.name, deployment, cost: self.deployed.cost, layers: self.layers }
    }

    pub fn report(&self) -> Report<All> {
        let inputs = keep(self.deployed.graph.inputs[..self.deployed.graph.input_count].to_vec());
        let outputs = keep(self.deployed.graph.outputs[..self.deployed.graph.output_count].to_vec());
        Report::new(self.subject(), Memory::of(&self.deployed, &self.plan), self.unread, [inputs, outputs], (&[], &[]))
    }

    pub fn claims(&self) -> Claims<'_> {
        let cost = &self.deployed.cost;
        Claims {
            layers: self.layers,
            places: &self.places,
            macs: cost.macs_executed,
            operations: cost.census_executed.total(),
            param_bytes: cost.weight_bytes,
            arena_bytes: Memory::of(&self.deployed, &self.plan).arena_bytes,
            inputs_end: inputs_end(&self.deployed, &self.plan),
        }
    }

    pub fn validate<'a>(&'a self, weights: &[f32], arena: &'a mut [f32]) -> Result<Validated<'a>, ValidateError> {
        let customs = Customs::Counting(&[]);
        validate::run::<All>(self.executable(), customs, self.claims(), weights, arena, |_| ())
    }
}
