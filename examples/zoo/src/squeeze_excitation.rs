//! Hu, Shen, Albanie, Sun and Wu, "Squeeze-and-excitation networks", 2017.

use netcost::prelude::*;

/// What it computes a channel's weight with.
#[derive(Clone, Copy)]
pub enum Gate {
    /// ReLU and hard sigmoid, as MobileNetV3 does.
    Hard,
    /// SiLU and sigmoid, as EfficientNet does.
    Smooth,
}

/// Weighs each channel by what all channels hold on average, under torchvision's names.
#[block]
pub fn squeeze_excitation(x: Tensor, squeeze: usize, gate: Gate) -> Tensor {
    let y = x.global_avg_pool().conv2d(squeeze, 1, name = "fc1");
    let y = match gate {
        Gate::Hard => y.relu(),
        Gate::Smooth => y.silu(),
    };
    let y = y.conv2d(x.channels(), 1, name = "fc2");
    let y = match gate {
        Gate::Hard => y.hard_sigmoid(),
        Gate::Smooth => y.sigmoid(),
    };
    y * x
}
