//! Whole networks against PyTorch: those of the zoo on seeded weights and inputs, which `scripts/networks.py` makes
//! too. `networks.safetensors` holds what PyTorch answers.

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::*;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Made by `scripts/network_fixtures.py`.
static FIXTURES: &[u8] = include_bytes!("networks.safetensors");

const SEED: u64 = 1;
const INPUT_SEED: u64 = 2;

/// Largest difference to PyTorch's output, relative to its largest magnitude.
const TOLERANCE: f32 = 1e-4;

/// A test a network: its name in the file, the network as it is trained, and as it is deployed.
macro_rules! networks {
    ($($name:ident: $Network:ty, $Fused:ty;)*) => {
        $(
            #[test]
            fn $name() {
                let network = Fixture::new::<$Network>(stringify!($name));
                network.check("run", &run::<$Network>(&network.weights, &network.input));
                network.check("session", &session::<$Network>(&network.weights, &network.input));
                let folded = network.weights_of::<$Fused>();
                network.check("run, folded", &run::<$Fused>(&folded, &network.input));
                network.check("session, folded", &session::<$Fused>(&folded, &network.input));
            }
        )*

        #[test]
        fn every_network_of_the_file_is_tested() {
            let file = fixtures();
            let mut names = file.names();
            names.sort_unstable();
            let mut tested = [$(stringify!($name)),*];
            tested.sort_unstable();
            assert_eq!(names, tested);
        }
    };
}

networks! {
    mobilenet_v2: MobileNetV2<224>, MobileNetV2Fused;
    mobilenet_v2_narrow: MobileNetV2Narrow<96>, MobileNetV2NarrowFused;
    resnet18: ResNet18<224>, ResNet18Fused;
    ds_cnn: DsCnn, DsCnnFused;
    visual_wake_words: VisualWakeWords, VisualWakeWordsFused;
    resnet8: ResNet8, ResNet8Fused;
    autoencoder: Autoencoder, AutoencoderFused;
}

#[network(fuse)]
fn MobileNetV2Fused(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    MobileNetV2::<224>(x)
}

#[network(fuse)]
fn MobileNetV2NarrowFused(x: Tensor<3, 96, 96>) -> Tensor<1000> {
    MobileNetV2Narrow::<96>(x)
}

#[network(fuse)]
fn ResNet18Fused(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    ResNet18::<224>(x)
}

fn run<N: Network>(weights: &[f32], input: &[f32]) -> Vec<f32> {
    // What lies in the arena before a run must not matter.
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    N::input(&mut arena).copy_from_slice(input);
    N::run(weights, &mut arena).expect("the network runs").to_vec()
}

fn session<N: Network>(weights: &[f32], input: &[f32]) -> Vec<f32> {
    let mut session = N::session(weights).expect("the weights have the right length");
    session.input().copy_from_slice(input);
    session.run().expect("the network runs").to_vec()
}

/// What a network is run on, and what PyTorch answers.
struct Fixture {
    name: &'static str,
    /// Of the network as it is trained.
    weights: Vec<f32>,
    /// The same as a safetensors file.
    state: Vec<u8>,
    input: Vec<f32>,
    expected: Vec<f32>,
}

impl Fixture {
    fn new<N: Network>(name: &'static str) -> Self {
        let mut weights = vec![0.0; N::WEIGHTS_LEN];
        netcost::weights::seeded::<N>(SEED, &mut weights).expect("the weights have the right length");
        let state = state::<N>(&weights);
        let input = numbers(INPUT_SEED).take(N::INPUTS[0].shape.elements() as usize).collect();
        let (expected, _) = fixtures().tensor(name).expect("the file has the network").data().as_chunks();
        let expected = expected.iter().copied().map(f32::from_le_bytes).collect();
        Fixture { name, weights, state, input, expected }
    }

    /// The same weights, for another deployment of the network.
    fn weights_of<N: Network>(&self) -> Vec<f32> {
        let mut weights = vec![0.0; N::WEIGHTS_LEN];
        netcost::weights::load::<N>(&self.state, &mut weights).expect("the state is that of the network");
        weights
    }

    fn check(&self, way: &str, output: &[f32]) {
        assert_eq!(output.len(), self.expected.len(), "{}, {way}: length of the output", self.name);
        let largest = self.expected.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
        let differences = output.iter().zip(&self.expected).map(|(found, expected)| (found - expected).abs());
        // Not `max`, for which a NaN is no difference.
        let worst = differences.fold(0.0, |worst, difference| if difference <= worst { worst } else { difference });
        println!("{}, {way}: differs from PyTorch by {:.1e} of the largest output", self.name, worst / largest);
        assert!(worst <= TOLERANCE * largest, "{}, {way}: {worst} of {largest}", self.name);
    }
}

/// The state dict with these weights. A normalisation's scale and shift become its weight and bias, under statistics
/// of 0 and 1.
fn state<N: Network>(weights: &[f32]) -> Vec<u8> {
    const EPS: f32 = 1e-5;
    let mut tensors = Vec::new();
    for row in N::PARAMS_TABLE {
        let values = &weights[row.offset as usize..][..row.shape.elements() as usize];
        let name = row.name.as_str();
        if let Some(layer) = name.strip_suffix(".scale") {
            tensors.push((format!("{layer}.weight"), row.shape, bytes(values)));
            tensors.push((format!("{layer}.running_mean"), row.shape, bytes(&vec![0.0; values.len()])));
            tensors.push((format!("{layer}.running_var"), row.shape, bytes(&vec![1.0 - EPS; values.len()])));
        } else if let Some(layer) = name.strip_suffix(".shift") {
            tensors.push((format!("{layer}.bias"), row.shape, bytes(values)));
        } else {
            tensors.push((name.to_owned(), row.shape, bytes(values)));
        }
    }
    let views = tensors.iter().map(|(name, shape, bytes)| {
        let shape = shape.dims().collect();
        (name, TensorView::new(Dtype::F32, shape, bytes).expect("the shape is that of the data"))
    });
    serialize(views, None).expect("tensors serialize")
}

fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// SplitMix64, whose upper bits are a number in −1..1: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
fn numbers(seed: u64) -> impl Iterator<Item = f32> {
    (1..).map(move |i: u64| {
        let z = seed.wrapping_add(i.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 40) as f32 / (1 << 23) as f32 - 1.0
    })
}

fn fixtures() -> SafeTensors<'static> {
    SafeTensors::deserialize(FIXTURES).expect("the fixtures are a valid file")
}
