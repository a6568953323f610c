//! Folds the normalisations in a network's weight file into the layers before them. The result fits the network declared
//! without `.batch_norm()`, and with a bias in the layers that had one after them.
//!
//! `cargo run --release --example fold -- mobilenet_v2 in.safetensors out.safetensors`
//!
//! The networks are the zoo's; your own takes one line in the table.

use std::error::Error;
use std::{env, fs};

use netcost::weights::{LoadError, fold};
use netcost_zoo::*;

type Fold = fn(&[u8]) -> Result<Vec<u8>, LoadError>;

/// Weights do not depend on the resolution.
const NETWORKS: &[(&str, Fold)] = &[
    ("autoencoder", fold::<Autoencoder>),
    ("ds_cnn", fold::<DsCnn>),
    ("efficientnet_b0", fold::<EfficientNetB0<224>>),
    ("mobilenet_v1", fold::<MobileNetV1<224, 100>>),
    ("mobilenet_v2", fold::<MobileNetV2<224>>),
    ("mobilenet_v2_narrow", fold::<MobileNetV2Narrow<224>>),
    ("mobilenet_v2_wide", fold::<MobileNetV2Wide<224>>),
    ("mobilenet_v3_small", fold::<MobileNetV3Small<224>>),
    ("resnet8", fold::<ResNet8>),
    ("resnet18", fold::<ResNet18<224>>),
    ("resnet50", fold::<ResNet50<224>>),
    ("resnet152", fold::<ResNet152<224>>),
    ("visual_wake_words", fold::<VisualWakeWords>),
    ("yolo11n", fold::<Yolo11n<640>>),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [network, input, output] = &*arguments else {
        return Err("usage: fold NETWORK INPUT OUTPUT".into());
    };
    let Some((_, fold)) = NETWORKS.iter().find(|(name, _)| name == network) else {
        let names: Vec<&str> = NETWORKS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no network `{network}`; there are {}", names.join(", ")).into());
    };
    let file = fs::read(input).map_err(|error| format!("`{input}` cannot be read: {error}"))?;
    let folded = fold(&file).map_err(|error| format!("`{input}`: {error}"))?;
    fs::write(output, &folded).map_err(|error| format!("`{output}` cannot be written: {error}"))?;
    println!(
        "{input}: {} B; {output}: {} B",
        netcost::Grouped(file.len() as u64),
        netcost::Grouped(folded.len() as u64)
    );
    Ok(())
}
