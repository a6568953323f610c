//! The networks of the zoo against PyTorch, on the same seeded weights and inputs, which `scripts/networks.py` makes too.
//! `networks.safetensors` holds PyTorch's outputs.

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::*;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Made by `scripts/network_fixtures.py`.
static FIXTURES: &[u8] = include_bytes!("networks.safetensors");

const SEED: u64 = 1;
const INPUT_SEED: u64 = 2;

/// Largest difference to PyTorch's output, relative to its largest magnitude; for an output of several axes, separately
/// along the first: in each channel of an image.
const TOLERANCE: f32 = 1e-4;

/// One test per network: its name in the file, the network as trained and as deployed, and the epsilon of its
/// normalisations.
macro_rules! networks {
    ($($name:ident: $Network:ty, $Fused:ty, $eps:literal;)*) => {
        $(
            #[test]
            fn $name() {
                let network = Fixture::new::<$Network>(stringify!($name), $eps);
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
    mobilenet_v2: MobileNetV2<224>, MobileNetV2Fused, 1e-5;
    mobilenet_v2_narrow: MobileNetV2Narrow<96>, MobileNetV2NarrowFused, 1e-5;
    resnet18: ResNet18<224>, ResNet18Fused, 1e-5;
    ds_cnn: DsCnn, DsCnnFused, 1e-5;
    visual_wake_words: VisualWakeWords, VisualWakeWordsFused, 1e-5;
    resnet8: ResNet8, ResNet8Fused, 1e-5;
    autoencoder: Autoencoder, AutoencoderFused, 1e-5;
    lenet5: LeNet5, LeNet5Fused, 1e-5;
    densenet121: DenseNet121<64>, DenseNet121Fused, 1e-5;
    squeezenet: SqueezeNet<64, 64>, SqueezeNetFused, 1e-5;
    mobilenet_v1: MobileNetV1<64, 50>, MobileNetV1Fused, 1e-5;
    mobilenet_v3_small: MobileNetV3Small<64>, MobileNetV3SmallFused, 1e-3;
    efficientnet_b0: EfficientNetB0<64>, EfficientNetB0Fused, 1e-5;
    dcgan_generator: DcganGenerator, DcganGeneratorFused, 1e-5;
    yolo11n: Yolo11n<96>, Yolo11nFused, 1e-3;
}

/// Networks as deployed.
macro_rules! fused {
    ($($Fused:ident($($input:literal),*) -> ($($output:literal),*): $Network:ident $(<$($size:literal),*>)?;)*) => {
        $(
            #[network(fuse)]
            fn $Fused(x: Tensor<$($input),*>) -> Tensor<$($output),*> {
                $Network$(::<$($size),*>)?(x)
            }
        )*
    };
}

fused! {
    MobileNetV2Fused(3, 224, 224) -> (1000): MobileNetV2<224>;
    MobileNetV2NarrowFused(3, 96, 96) -> (1000): MobileNetV2Narrow<96>;
    ResNet18Fused(3, 224, 224) -> (1000): ResNet18<224>;
    LeNet5Fused(1, 32, 32) -> (10): LeNet5;
    DenseNet121Fused(3, 64, 64) -> (1000): DenseNet121<64>;
    SqueezeNetFused(3, 64, 64) -> (1000): SqueezeNet<64, 64>;
    MobileNetV1Fused(3, 64, 64) -> (1000): MobileNetV1<64, 50>;
    MobileNetV3SmallFused(3, 64, 64) -> (1000): MobileNetV3Small<64>;
    EfficientNetB0Fused(3, 64, 64) -> (1000): EfficientNetB0<64>;
    DcganGeneratorFused(100, 1, 1) -> (3, 64, 64): DcganGenerator;
    Yolo11nFused(3, 96, 96) -> (84, 189): Yolo11n<96>;
}

/// What is counted as it runs is what is declared, layer by layer, and its arena plan holds.
fn prove<N: Network>() {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    netcost::weights::seeded::<N>(SEED, &mut weights).expect("the weights have the right length");
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    N::input(&mut arena).iter_mut().zip(numbers(INPUT_SEED)).for_each(|(place, number)| *place = number);
    let proof = N::validate(&weights, &mut arena, |_| {}).expect("what is declared is executed");
    assert_eq!(proof.macs, N::MACS_EXECUTED, "{}", N::NAME);
}

#[test]
fn declared_numbers_are_executed() {
    #[network(fuse)]
    fn Detector(x: Tensor<3, 64, 64>) -> Tensor<84, 84> {
        Yolo11n::<64>(x)
    }
    prove::<LeNet5>();
    prove::<DenseNet121<32>>();
    prove::<SqueezeNet<48, 40>>();
    prove::<MobileNetV1<32, 25>>();
    prove::<MobileNetV3Small<32>>();
    prove::<EfficientNetB0<32>>();
    prove::<Yolo11n<64>>();
    prove::<Detector>();
    prove::<DcganGenerator>();
}

fn run<N: Network>(weights: &[f32], input: &[f32]) -> Vec<f32> {
    // The arena's content before a run must not matter.
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    N::input(&mut arena).copy_from_slice(input);
    N::run(weights, &mut arena).expect("the network runs").to_vec()
}

fn session<N: Network>(weights: &[f32], input: &[f32]) -> Vec<f32> {
    let mut session = N::session(weights).expect("the weights have the right length");
    session.input().copy_from_slice(input);
    session.run().expect("the network runs").to_vec()
}

/// A network's weights and input, and PyTorch's output.
struct Fixture {
    name: &'static str,
    /// The weights of the network as trained.
    weights: Vec<f32>,
    /// The same as a safetensors file.
    state: Vec<u8>,
    input: Vec<f32>,
    expected: Vec<f32>,
    /// The elements of a channel of the output, or of all of it if it has one axis.
    plane: usize,
}

impl Fixture {
    fn new<N: Network>(name: &'static str, eps: f32) -> Self {
        let mut weights = vec![0.0; N::WEIGHTS_LEN];
        netcost::weights::seeded::<N>(SEED, &mut weights).expect("the weights have the right length");
        let state = state::<N>(&weights, eps);
        let input = numbers(INPUT_SEED).take(N::INPUTS[0].shape.elements() as usize).collect();
        let (expected, _) = fixtures().tensor(name).expect("the file has the network").data().as_chunks();
        let expected: Vec<f32> = expected.iter().copied().map(f32::from_le_bytes).collect();
        let output = &N::OUTPUTS[0].shape;
        let plane = if output.rank() > 1 { expected.len() / output.dim(0) } else { expected.len() };
        Fixture { name, weights, state, input, expected, plane }
    }

    /// The same weights, for another deployment of the network.
    fn weights_of<N: Network>(&self) -> Vec<f32> {
        let mut weights = vec![0.0; N::WEIGHTS_LEN];
        netcost::weights::load::<N>(&self.state, &mut weights).expect("the state is that of the network");
        weights
    }

    fn check(&self, way: &str, output: &[f32]) {
        assert_eq!(output.len(), self.expected.len(), "{}, {way}: length of the output", self.name);
        let mut worst = 0.0;
        for (output, expected) in output.chunks(self.plane).zip(self.expected.chunks(self.plane)) {
            let largest = expected.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
            for (found, expected) in output.iter().zip(expected) {
                let difference = (found - expected).abs() / largest;
                // Not `max`, which ignores NaN.
                worst = if difference <= worst { worst } else { difference };
            }
        }
        println!("{}, {way}: differs from PyTorch by {worst:.1e} of the largest output", self.name);
        assert!(worst <= TOLERANCE, "{}, {way}: {worst}", self.name);
    }
}

/// The state dict with these weights. A normalisation's scale and shift become its weight and bias, under statistics
/// of 0 and 1.
fn state<N: Network>(weights: &[f32], eps: f32) -> Vec<u8> {
    let mut tensors = Vec::new();
    for row in N::PARAMS_TABLE {
        let values = &weights[row.offset as usize..][..row.shape.elements() as usize];
        let name = row.name.as_str();
        if let Some(layer) = name.strip_suffix(".scale") {
            tensors.push((format!("{layer}.weight"), row.shape, bytes(values)));
            tensors.push((format!("{layer}.running_mean"), row.shape, bytes(&vec![0.0; values.len()])));
            tensors.push((format!("{layer}.running_var"), row.shape, bytes(&vec![1.0 - eps; values.len()])));
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
