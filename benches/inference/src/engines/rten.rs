//! rten, with weights packed when they are loaded, and a pool of one thread.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cpu_time::ProcessTime;
use rten::{Model, ModelOptions, RunOptions, ThreadPool, Value};
use rten_tensor::Tensor;
use rten_tensor::prelude::*;

use super::Engine;
use crate::Result;

pub struct Rten {
    model: Model,
    pool: Arc<ThreadPool>,
    input: Tensor<f32>,
}

impl Rten {
    pub fn new(model: &Path, shape: &[usize], input: &[f32]) -> Result<Self> {
        let model = ModelOptions::with_all_ops().prepack_weights(true).load_file(model)?;
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        Ok(Rten { model, pool, input: Tensor::from_data(shape, input.to_vec()) })
    }

    fn run(&self) -> Result<Value> {
        let options = RunOptions::default().with_thread_pool(Some(self.pool.clone()));
        Ok(self.model.run_one(self.input.view().into(), Some(options))?)
    }
}

impl Engine for Rten {
    fn name(&self) -> &str {
        "rten"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let output: Tensor<f32> = self.run()?.try_into()?;
        Ok(output.to_vec())
    }

    fn time(&mut self, count: usize) -> Result<Duration> {
        // On the pool's thread, so that no inference waits to be handed over.
        self.pool.run(|| {
            let start = ProcessTime::now();
            for _ in 0..count {
                std::hint::black_box(self.run()?);
            }
            Ok(start.elapsed())
        })
    }
}
