//! Well-known networks, declared as a reader of their papers would write them: what the examples, the tests and the
//! benches share.

#![no_std]

mod alexnet;
mod ds_cnn;
mod mobilenet_v2;
mod resnet;

pub use alexnet::AlexNet;
pub use ds_cnn::{DsCnn, DsCnnFused};
pub use mobilenet_v2::{MobileNetV2, make_divisible};
pub use resnet::ResNet152;
