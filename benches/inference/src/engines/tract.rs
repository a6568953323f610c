//! tract, as its examples run an ONNX file.

use std::path::Path;
use std::time::Duration;

use cpu_time::ProcessTime;
use tract_onnx::prelude::*;

use super::Engine;

pub struct Tract {
    state: TypedSimpleState,
    input: TValue,
}

impl Tract {
    pub fn new(model: &Path, shape: &[usize], input: &[f32]) -> crate::Result<Self> {
        let plan = tract_onnx::onnx().model_for_path(model)?.into_optimized()?.into_runnable()?;
        let input = Tensor::from_shape(shape, input)?.into_tvalue();
        Ok(Tract { state: plan.spawn()?, input })
    }

    fn run(&mut self) -> crate::Result<TVec<TValue>> {
        Ok(self.state.run(tvec!(self.input.clone()))?)
    }
}

impl Engine for Tract {
    fn name(&self) -> &str {
        "tract"
    }

    fn output(&mut self) -> crate::Result<Vec<f32>> {
        let outputs = self.run()?;
        Ok(outputs[0].to_plain_array_view::<f32>()?.iter().copied().collect())
    }

    fn time(&mut self, count: usize) -> crate::Result<Duration> {
        let start = ProcessTime::now();
        for _ in 0..count {
            std::hint::black_box(self.run()?);
        }
        Ok(start.elapsed())
    }
}
