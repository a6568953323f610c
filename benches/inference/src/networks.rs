//! The networks, as they are deployed: normalisations folded, element-wise layers in place.

use netcost::prelude::*;
use netcost_zoo as zoo;

use crate::Result;
use crate::engines::Engine;
use crate::engines::netcost::{Portable, Session};

/// The seed of the weights, the same as in `scripts/networks.py`.
const SEED: u64 = 1;

/// A network that is measured.
pub struct Subject {
    /// Its name in files and in the argument `--networks`.
    pub name: &'static str,
    pub title: &'static str,
    pub macs: u64,
    /// Its input with a batch axis of one, as in ONNX.
    pub shape: &'static [usize],
    /// Whether it is one of MLPerf Tiny's, which the engines for TensorFlow Lite run too.
    pub tiny: bool,
    /// netcost's own engines, on an input.
    pub engines: Load,
}

type Load = fn(&[f32]) -> Result<Vec<Box<dyn Engine>>>;

impl Subject {
    /// The network `N`, as it is deployed, of the network `Trained`.
    const fn new<Trained: Network, N: Network>(
        name: &'static str,
        title: &'static str,
        shape: &'static [usize],
    ) -> Self {
        Subject { name, title, macs: N::MACS, shape, tiny: false, engines: engines::<Trained, N> }
    }

    const fn tiny(mut self) -> Self {
        self.tiny = true;
        self
    }
}

pub const SUBJECTS: &[Subject] = &[
    Subject::new::<zoo::MobileNetV2<224>, MobileNetV2>("mobilenet_v2", "MobileNetV2 1.0, 224²", &[1, 3, 224, 224]),
    Subject::new::<zoo::MobileNetV2Narrow<96>, MobileNetV2Narrow>(
        "mobilenet_v2_narrow",
        "MobileNetV2 0.35, 96²",
        &[1, 3, 96, 96],
    ),
    Subject::new::<zoo::ResNet18<224>, ResNet18>("resnet18", "ResNet-18, 224²", &[1, 3, 224, 224]),
    Subject::new::<zoo::DsCnn, zoo::DsCnnFused>("ds_cnn", "DS-CNN", &[1, 1, 49, 10]).tiny(),
    Subject::new::<zoo::ResNet8, zoo::ResNet8Fused>("resnet8", "ResNet-8", &[1, 3, 32, 32]).tiny(),
    Subject::new::<zoo::VisualWakeWords, zoo::VisualWakeWordsFused>(
        "visual_wake_words",
        "MobileNetV1 0.25, 96²",
        &[1, 3, 96, 96],
    )
    .tiny(),
    Subject::new::<zoo::Autoencoder, zoo::AutoencoderFused>("autoencoder", "autoencoder", &[1, 640]).tiny(),
];

#[network(fuse)]
fn MobileNetV2(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    zoo::MobileNetV2::<224>(x)
}

#[network(fuse)]
fn MobileNetV2Narrow(x: Tensor<3, 96, 96>) -> Tensor<1000> {
    zoo::MobileNetV2Narrow::<96>(x)
}

#[network(fuse)]
fn ResNet18(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    zoo::ResNet18::<224>(x)
}

fn engines<Trained: Network, N: Network>(input: &[f32]) -> Result<Vec<Box<dyn Engine>>> {
    let mut trained = vec![0.0; Trained::WEIGHTS_LEN];
    netcost::weights::seeded::<Trained>(SEED, &mut trained)?;
    let weights = deployed::<Trained, N>(&trained);
    Ok(vec![Box::new(Session::<N>::new(&weights, input)?), Box::new(Portable::<N>::new(&weights, input))])
}

/// The weights of a network as it is deployed: a bias before a normalisation goes into its shift.
fn deployed<Trained: Network, N: Network>(trained: &[f32]) -> Vec<f32> {
    let mut weights: Vec<f32> = Vec::with_capacity(N::WEIGHTS_LEN);
    let mut rows = N::PARAMS_TABLE.iter().peekable();
    let mut bias = None;
    for row in Trained::PARAMS_TABLE {
        let values = &trained[row.offset as usize..][..row.shape.elements() as usize];
        if rows.next_if(|next| next.name.as_str() == row.name.as_str()).is_none() {
            bias = Some(values);
        } else if let Some(bias) = bias.take_if(|_| row.name.as_str().ends_with("shift")) {
            let scales = weights.len() - values.len();
            for (channel, (shift, bias)) in values.iter().zip(bias).enumerate() {
                weights.push(shift + weights[scales + channel] * bias);
            }
        } else {
            weights.extend(values);
        }
    }
    weights
}
