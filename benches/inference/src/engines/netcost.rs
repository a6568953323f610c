//! netcost: the host's session, and the portable run, which is what firmware runs.

use std::hint::black_box;
use std::marker::PhantomData;
use std::time::Duration;

use cpu_time::ProcessTime;
use netcost::{Network, Outputs};

use super::Engine;
use crate::Result;

/// [`Network::session`], whose input stays in it.
pub struct Session<N>(netcost::Session<N>);

impl<N: Network> Session<N> {
    pub fn new(weights: &[f32], input: &[f32]) -> Result<Self> {
        let mut session = N::session(weights)?;
        session.input().copy_from_slice(input);
        Ok(Session(session))
    }
}

impl<N: Network> Engine for Session<N> {
    fn name(&self) -> &str {
        "netcost `session`"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        Ok(self.0.run()?.to_vec())
    }

    fn time(&mut self, count: usize) -> Result<Duration> {
        let start = ProcessTime::now();
        for _ in 0..count {
            black_box(self.0.run()?);
        }
        Ok(start.elapsed())
    }
}

/// [`Network::run`], whose input is written before each run: the arena is used again.
pub struct Portable<N> {
    weights: Vec<f32>,
    arena: Vec<f32>,
    input: Vec<f32>,
    network: PhantomData<N>,
}

impl<N: Network> Portable<N> {
    pub fn new(weights: &[f32], input: &[f32]) -> Self {
        let (weights, arena, input) = (weights.to_vec(), vec![0.0; N::ARENA_LEN], input.to_vec());
        Portable { weights, arena, input, network: PhantomData }
    }

    fn run(&mut self) -> Result<Outputs<'_>> {
        N::input(&mut self.arena).copy_from_slice(&self.input);
        Ok(N::run(&self.weights, &mut self.arena)?)
    }
}

impl<N: Network> Engine for Portable<N> {
    fn name(&self) -> &str {
        "netcost `run`"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        Ok(self.run()?.to_vec())
    }

    fn time(&mut self, count: usize) -> Result<Duration> {
        let start = ProcessTime::now();
        for _ in 0..count {
            black_box(self.run()?);
        }
        Ok(start.elapsed())
    }
}
