//! Well-known networks, declared as a reader of their papers would write them: what the examples, the tests and the
//! benches share.

#![no_std]

mod alexnet;
mod autoencoder;
mod ds_cnn;
mod mobilenet_v1;
mod mobilenet_v2;
mod resnet;
mod resnet8;

pub use alexnet::AlexNet;
pub use autoencoder::{Autoencoder, AutoencoderFused, AutoencoderInt8};
pub use ds_cnn::{DsCnn, DsCnnFused, DsCnnInt8};
pub use mobilenet_v1::{VisualWakeWords, VisualWakeWordsFused, VisualWakeWordsInt8, mobilenet_v1};
pub use mobilenet_v2::{MobileNetV2, MobileNetV2Narrow, make_divisible, mobilenet_v2};
pub use resnet::{ResNet18, ResNet152};
pub use resnet8::{ResNet8, ResNet8Fused, ResNet8Int8};
