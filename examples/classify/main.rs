//! What is in an image: MobileNetV2 or ResNet-18 with torchvision's weights prints the five most likely ImageNet classes.
//!
//! `cargo run --release --example classify -- mobilenet_v2 weights.safetensors image.jpg`
//!
//! `scripts/classify_weights.py` writes the weight file, torchvision's unmodified state dict.

mod transform;

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use netcost::prelude::*;
use netcost::weights::load;
use netcost_zoo::{MobileNetV2, ResNet18};

use transform::{CROP, Cropped, crop, normalise};

type Logits = fn(&[u8], &[f32]) -> Result<Vec<f32>, Box<dyn Error>>;

const NETWORKS: [(&str, Logits); 2] =
    [("mobilenet_v2", logits::<MobileNetV2<CROP>>), ("resnet18", logits::<ResNet18<CROP>>)];

/// A comment line, then the names of the classes.
const CLASSES: &str = include_str!("classes.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [network, weights, image] = &*arguments else {
        return Err("usage: classify NETWORK WEIGHTS IMAGE".into());
    };
    let Some((_, logits)) = NETWORKS.iter().find(|(name, _)| name == network) else {
        return Err(format!(
            "there is no network `{network}`; there are {}",
            NETWORKS.map(|(name, _)| name).join(", ")
        )
        .into());
    };
    let read = |path: &String| fs::read(path).map_err(|error| format!("`{path}` cannot be read: {error}"));
    let Cropped { pixels, size, resized } = crop(&read(image)?).map_err(|error| format!("`{image}`: {error}"))?;
    println!(
        "{image}: {} × {} pixels, resized to {} × {} (bilinear, antialiased), {CROP} × {CROP} cropped from the centre, \
         normalised with ImageNet's mean and deviation",
        size.0, size.1, resized.0, resized.1,
    );
    let logits = logits(&read(weights)?, &normalise(&pixels)).map_err(|error| format!("`{weights}`: {error}"))?;

    let classes: Vec<&str> = CLASSES.lines().skip(1).collect();
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    let mut ranking: Vec<usize> = (0..logits.len()).collect();
    ranking.sort_by(|&a, &b| logits[b].total_cmp(&logits[a]));
    for &class in ranking.iter().take(5) {
        let probability = (logits[class] - largest).exp() / total;
        println!("{:6.2} %  {:<28} logit {:.4}", 100.0 * probability, classes[class], logits[class]);
    }
    Ok(())
}

/// The network's output with the weights of this file.
fn logits<N: Network>(file: &[u8], image: &[f32]) -> Result<Vec<f32>, Box<dyn Error>> {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    load::<N>(file, &mut weights)?;
    let mut session = N::session(&weights)?;
    session.input().copy_from_slice(image);
    let start = Instant::now();
    let logits = session.run()?.to_vec();
    println!("{}: {} MACs in {:.1} ms\n", N::NAME, netcost::Grouped(N::MACS), 1e3 * start.elapsed().as_secs_f64());
    Ok(logits)
}
