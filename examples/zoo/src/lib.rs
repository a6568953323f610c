//! Well-known networks, declared as a reader of their papers would write them: what the examples, the tests and the
//! benches share.

#![no_std]

mod alexnet;
mod autoencoder;
mod dcgan;
mod densenet;
mod ds_cnn;
mod efficientnet;
mod lenet5;
mod lstm_tagger;
mod mobilenet_v1;
mod mobilenet_v2;
mod mobilenet_v3;
mod resnet;
mod resnet8;
mod squeezenet;
mod vgg;
mod vit;
mod yolo11;

pub use alexnet::AlexNet;
pub use autoencoder::{Autoencoder, AutoencoderFused, AutoencoderInt8};
pub use dcgan::DcganGenerator;
pub use densenet::{DenseNet121, DenseNet201, densenet};
pub use ds_cnn::{DsCnn, DsCnnFused, DsCnnInt8};
pub use efficientnet::EfficientNetB0;
pub use lenet5::LeNet5;
pub use lstm_tagger::LstmTagger;
pub use mobilenet_v1::{
    MobileNetV1, MobileNetV1Features, VisualWakeWords, VisualWakeWordsFused, VisualWakeWordsInt8, mobilenet_v1,
};
pub use mobilenet_v2::{MobileNetV2, MobileNetV2Narrow, MobileNetV2Wide, make_divisible, mobilenet_v2};
pub use mobilenet_v3::{MobileNetV3Small, mobilenet_v3_small};
pub use resnet::{ResNet18, ResNet50, ResNet152, deep_resnet};
pub use resnet8::{ResNet8, ResNet8Fused, ResNet8Int8};
pub use squeezenet::SqueezeNet;
pub use vgg::Vgg16;
pub use vit::{VitB16, vision_transformer};
pub use yolo11::Yolo11n;
