//! The arena plan and its bounds: against TensorFlow Lite for Microcontrollers, and on graphs of all shapes.

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::*;

/// The networks of MLPerf Tiny, as deployed: normalisations folded, activations in place.
///
/// The bound is the largest sum of tensors live at one operator of the `.tflite` file that mlcommons/tiny @ 1afd2c9
/// ships, where activations are part of the operators. The head is what TensorFlow Lite for Microcontrollers (Python
/// package tflite-micro 0.dev20261023182759, reference kernels) takes for activations: its greedy planner misses the
/// bound on visual wake words. In 8 bits, the bound is no longer its tensors': convolutions trail their input, and widen
/// four windows.
#[test]
fn mlperf_tiny_is_planned_at_its_bound() {
    fn check<N: Network>(bound: u64, head: u64) {
        check_over::<N>(bound, 0, head);
    }
    fn check_over<N: Network>(bound: u64, over: u64, head: u64) {
        assert_eq!(N::PEAK_LIVE_IN_PLACE_BYTES, bound, "bound of {}", N::NAME);
        assert_eq!(N::ARENA_BYTES, bound + over, "arena of {}", N::NAME);
        assert_eq!(N::ARENA_BYTES, N::ARENA_LEN as u64 * N::DEPLOYMENT.dtype.bytes(), "length of {}", N::NAME);
        assert!(N::ARENA_BYTES <= head, "{} takes more than TensorFlow Lite", N::NAME);
    }
    check::<AutoencoderFused>(3_072, 3_072);
    check::<DsCnnFused>(64_000, 64_000);
    check::<VisualWakeWordsFused>(221_184, 294_912);
    check::<ResNet8Fused>(196_608, 196_608);
    // A linear layer reads its inputs where they are.
    check::<AutoencoderInt8>(640 + 128, 768);
    // A pointwise convolution overwrites its input. Depthwise ones move the tensor by a row and a position, forward and
    // backward in turn; the scratch of pointwise ones is at both ends of it, which takes a bit more than one of both.
    check_over::<DsCnnInt8>(25 * 5 * 64 + 8 * 64, (8 - 6) * 64, 16_000);
    // The first one doubles the channels.
    check::<VisualWakeWordsInt8>(48 * 48 * 16 + 8 * 8, 73_728);
    // Besides the shortcut, a convolution's output is a row and a position ahead of its input.
    check::<ResNet8Int8>(2 * 32 * 32 * 16 + 33 * 16 + 8 * 9 * 16, 49_152);
}

/// MLPerf Tiny's image classification with more channels, and its wake words from a stream.
#[test]
fn larger_and_later_mlperf_tiny_is_planned_at_its_bound() {
    #[block]
    fn residual(x: Tensor, channels: usize, stride: usize) -> Tensor {
        let y = x.conv2d(channels, 3, stride = stride, padding = Same).relu().conv2d(channels, 3, padding = Same);
        let shortcut = if stride == 1 { x } else { x.conv2d(channels, 1, stride = stride) };
        (shortcut + y).relu()
    }
    #[network(fuse)]
    fn Large(x: Tensor<3, 32, 32>) -> Tensor<10> {
        let mut x = x.conv2d(40, 3, padding = Same).relu();
        for (channels, stride) in [(40, 1), (80, 2), (160, 2)] {
            x = residual(x, channels, stride);
        }
        x.global_avg_pool().flatten().linear(10).softmax()
    }
    #[network(fuse, dtype = i8)]
    fn Streaming(x: Tensor<40, 30>) -> Tensor<3> {
        let mut x = x;
        for (kernel, channels) in [(3, 128), (5, 128), (10, 128), (15, 32)] {
            x = x.conv1d(x.channels(), kernel, groups = x.channels()).conv1d(channels, 1).relu();
        }
        x.flatten().linear(3).softmax()
    }
    #[network(fuse, dtype = i8)]
    fn LargeInt8(x: Tensor<3, 32, 32>) -> Tensor<10> {
        Large(x)
    }
    fn check<N: Network>(bytes: u64) {
        assert_eq!((N::ARENA_BYTES, N::PEAK_LIVE_IN_PLACE_BYTES), (bytes, bytes), "{}", N::NAME);
    }
    check::<Large>(491_520);
    // TensorFlow Lite takes 122,880.
    check::<LargeInt8>(2 * 32 * 32 * 40 + 33 * 40 + 8 * 9 * 40);
    // TensorFlow Lite takes 6,656: 28×128 and 24×128, before and after a depthwise convolution. Here, the peak is at a
    // pointwise one, which overwrites its input.
    check::<Streaming>(24 * 128 + 8 * 128);
}

/// Networks on images of several sizes: our arena, which reaches our bound; the bound if no output trails its input; and
/// the arena of TensorFlow Lite's greedy planner, which misses that bound for some. The latter is what the package
/// tflite-micro 0.dev20261023182759 takes, except for V2At192, V2NarrowAt224 and V1NarrowInt8, where it is what its
/// planner's rule gives on the same tensors, and V2At96, where it is the bound. In 8 bits, our bound is the largest tensor and four widened columns of the pointwise
/// convolution that writes it, whose input it overwrites.
#[test]
fn mobile_nets_are_planned_at_their_bounds() {
    macro_rules! check {
        ($(
            $Network:ident $settings:tt = $block:ident, $size:literal, $percent:literal $(, $classes:literal)?:
            $arena:literal, $bound:literal, $head:literal;
        )*) => {
            $({
                #[network $settings]
                fn $Network(x: Tensor<3, $size, $size>) -> Tensor<1000> {
                    $block(x, $percent $(, $classes)?)
                }
                assert_eq!($Network::PEAK_LIVE_IN_PLACE_BYTES, $arena, stringify!($Network));
                assert_eq!($Network::ARENA_BYTES, $arena, stringify!($Network));
                assert!($Network::ARENA_BYTES <= $bound && $bound <= $head, stringify!($Network));
            })*
        };
    }
    check! {
        V2At224 (fuse) = mobilenet_v2, 224, 100: 5_619_712, 6_021_120, 6_021_120;
        V2At224Int8 (fuse, dtype = i8) = mobilenet_v2, 224, 100: 1_204_352, 1_505_280, 1_505_280;
        V2At192 (fuse) = mobilenet_v2, 192, 100: 4_128_768, 4_423_680, 4_423_680;
        V2At160 (fuse) = mobilenet_v2, 160, 100: 2_867_200, 3_072_000, 3_072_000;
        V2At96 (fuse) = mobilenet_v2, 96, 100: 1_032_192, 1_105_920, 1_105_920;
        V2Narrow (fuse) = mobilenet_v2, 96, 35: 516_096, 552_960, 552_960;
        V2NarrowInt8 (fuse, dtype = i8) = mobilenet_v2, 96, 35: 110_656, 138_240, 138_240;
        V2NarrowAt224 (fuse) = mobilenet_v2, 224, 35: 2_809_856, 3_010_560, 3_010_560;
        V2Wide (fuse) = mobilenet_v2, 224, 140: 8_429_568, 9_031_680, 9_031_680;
        V2WideInt8 (fuse, dtype = i8) = mobilenet_v2, 224, 140: 1_806_528, 2_257_920, 2_257_920;
        V1At224 (fuse) = mobilenet_v1, 224, 100, 1000: 4_816_896, 4_816_896, 4_816_896;
        V1NarrowInt8 (fuse, dtype = i8) = mobilenet_v1, 224, 25, 1000: 200_768, 301_056, 401_408;
        V1At128 (fuse) = mobilenet_v1, 128, 25, 1000: 393_216, 393_216, 524_288;
        V1At96 (fuse) = mobilenet_v1, 96, 25, 1000: 221_184, 221_184, 294_912;
    }
}

/// The arenas of networks on images that run row by row, and layer by layer.
#[test]
fn images_take_a_fraction_row_by_row() {
    macro_rules! check {
        ($(
            $Rows:ident, $Whole:ident: [$($extent:literal),*] to $outputs:literal = |$x:ident| $body:expr,
            $rows:literal, $whole:literal;
        )*) => {
            $({
                #[network(fuse, dtype = i8, stream)]
                fn $Rows($x: Tensor<$($extent),*>) -> Tensor<$outputs> {
                    $body
                }
                #[network(fuse, dtype = i8)]
                fn $Whole($x: Tensor<$($extent),*>) -> Tensor<$outputs> {
                    $body
                }
                let arenas = ($Rows::ARENA_BYTES, $Whole::ARENA_BYTES);
                assert_eq!(arenas, ($rows, $whole), stringify!($Whole));
            })*
        };
    }
    check! {
        V2Rows, V2: [3, 224, 224] to 1000 = |x| mobilenet_v2(x, 100), 106_176, 1_204_352;
        V2NarrowAt224Rows, V2NarrowAt224: [3, 224, 224] to 1000 = |x| mobilenet_v2(x, 35), 47_936, 602_176;
        V2NarrowRows, V2Narrow: [3, 96, 96] to 1000 = |x| mobilenet_v2(x, 35), 14_784, 110_656;
        V1NarrowRows, V1Narrow: [3, 224, 224] to 1000 = |x| mobilenet_v1(x, 25, 1000), 37_696, 200_768;
        VwwRows, Vww: [3, 96, 96] to 2 = |x| VisualWakeWords(x), 12_352, 36_928;
        ResNetRows, ResNet: [3, 32, 32] to 10 = |x| ResNet8(x), 17_408, 34_448;
        KwsRows, Kws: [1, 49, 10] to 12 = |x| DsCnn(x), 4_124, 8_640;
    }
}

/// DenseNet-121, Huang, Liu, van der Maaten and Weinberger, 2017: a block's features lie in one tensor from the start, so
/// that no concatenation moves anything.
#[test]
fn a_dense_network_is_planned_at_its_bound() {
    #[block]
    fn dense_net(x: Tensor) -> Tensor {
        let mut x = x.conv2d(64, 7, stride = 2, padding = 3).batch_norm().relu().max_pool2d(3, stride = 2, padding = 1);
        for (block, layers) in [6, 12, 24, 16].iter().enumerate() {
            if block > 0 {
                x = x.batch_norm().relu().conv2d(x.channels() / 2, 1).avg_pool2d(2);
            }
            let mut features = vec![x];
            for _ in 0..*layers {
                let y = concat(&features).batch_norm().relu().conv2d(128, 1).batch_norm().relu();
                features.push(y.conv2d(32, 3, padding = 1));
            }
            x = concat(features);
        }
        x.batch_norm().relu().global_avg_pool().flatten().linear(1000)
    }
    #[network]
    fn Apart(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        dense_net(x)
    }
    #[network(fuse)]
    fn Fused(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        dense_net(x)
    }
    let is_concat = |layer: &&netcost::Layer| layer.operator == "concat";
    assert!(Fused::LAYERS.iter().filter(is_concat).all(|layer| layer.run == netcost::LayerRun::View));
    // In the last layer of the first block: a normalisation that does not overwrite its input, and a convolution. Without
    // sharing, joined tensors are copied, too.
    assert_eq!(Fused::ARENA_BYTES, 4 * 56 * 56 * (224 + 224 + 128));
    assert_eq!(Fused::PEAK_LIVE_IN_PLACE_BYTES, Fused::ARENA_BYTES);
    assert_eq!(Apart::ARENA_BYTES, 4 * 56 * 56 * (3 * 224));
}

/// Layer by layer, a normalisation and an activation take memory of their own.
#[test]
fn plans_of_networks_as_trained() {
    fn check<N: Network>(bound: u64, in_place: u64) {
        assert_eq!(N::PEAK_LIVE_BYTES, bound, "bound of {}", N::NAME);
        assert_eq!(N::PEAK_LIVE_IN_PLACE_BYTES, in_place, "bound of {}, in place", N::NAME);
        assert_eq!(N::ARENA_BYTES, bound, "arena of {}", N::NAME);
        let peak = N::LAYERS.iter().map(|layer| layer.live_bytes).max();
        assert_eq!(peak, Some(bound), "heaviest layer of {}", N::NAME);
        assert_eq!(N::MEMORY.arena_bytes, bound, "memory of {}", N::NAME);
    }
    // Two times 64×25×5, and two times 8×48×48 or 16×48×48.
    check::<DsCnn>(64_000, 64_000);
    check::<VisualWakeWords>(4 * 2 * 36_864, 4 * (18_432 + 36_864));
    // The skip, a convolution, and its normalisation.
    check::<ResNet8>(4 * 3 * 16_384, 4 * 3 * 16_384);
    check::<Autoencoder>(4 * (640 + 128), 4 * (640 + 128));
    // 96×112×112, twice: an expansion, and its normalisation.
    check::<MobileNetV2<224>>(4 * 2 * 1_204_224, 5_619_712);
    // 256×56×56 for the branch, and twice that for the shortcut; in place, once, and its input of 64×56×56.
    check::<ResNet152<224>>(4 * 3 * 802_816, 4 * (2 * 802_816 + 200_704));
}

/// Placing the later of two equal tensors first misses the bound by a third here; placing the earlier first reaches it.
#[test]
fn a_residual_network_as_deployed() {
    #[network(fuse)]
    fn ResNet152Fused(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        ResNet152::<224>(x)
    }
    assert_eq!(ResNet152Fused::PEAK_LIVE_IN_PLACE_BYTES, 4 * (2 * 802_816 + 200_704));
    assert_eq!(ResNet152Fused::ARENA_BYTES, ResNet152Fused::PEAK_LIVE_IN_PLACE_BYTES);
}

/// A tensor of a graph: its elements, the step that makes it, and the last step that reads it. Steps are the layers that
/// do something, from 1; inputs exist at 0, and outputs are read after the last step.
type Lifetime = (u64, u64, u64);

/// The largest sum of tensors live at one step.
fn bound(lifetimes: &[Lifetime]) -> u64 {
    let last = lifetimes.iter().map(|&(_, _, last)| last).max().unwrap_or(0);
    let live = |step| lifetimes.iter().filter(move |(_, first, last)| (*first..=*last).contains(&step));
    (0..=last).map(|step| live(step).map(|(elements, ..)| elements).sum()).max().unwrap_or(0)
}

/// Graphs with lifetimes written by hand, without and with in-place layers. Each is run under both plans, whose layouts
/// differ but whose results must agree to the bit, and validated, which measures the arena.
macro_rules! graphs {
    ($(
        $(#[$doc:meta])*
        $name:ident($($input:ident: $tensor:ty),*) -> ($($output:ty),+) { $($body:tt)* }
        apart: [$($apart:expr),*], in_place: [$($in_place:expr),*];
    )*) => {
        $(
            $(#[$doc])*
            #[test]
            fn $name() {
                mod declared {
                    use super::*;

                    #[network(declared_order)]
                    pub fn Apart($($input: $tensor),*) -> ($($output),+) { $($body)* }

                    #[network(fuse, declared_order)]
                    pub fn InPlace($($input: $tensor),*) -> ($($output),+) { $($body)* }
                }
                use declared::{Apart, InPlace};
                let (apart, in_place) = (bound(&[$($apart),*]), bound(&[$($in_place),*]));
                assert_eq!(Apart::PEAK_LIVE_BYTES, 4 * apart, "bound");
                assert_eq!(Apart::PEAK_LIVE_IN_PLACE_BYTES, 4 * in_place, "bound in place");
                assert_eq!(InPlace::PEAK_LIVE_BYTES, 4 * apart, "bound, fused");
                assert_eq!(InPlace::PEAK_LIVE_IN_PLACE_BYTES, 4 * in_place, "bound in place, fused");
                assert_eq!(Apart::ARENA_LEN as u64, apart, "arena");
                assert_eq!(InPlace::ARENA_LEN as u64, in_place, "arena in place");
                assert_eq!(run::<Apart>(), run::<InPlace>());
            }
        )*
    };
}

/// The outputs on inputs and weights of a fixed seed, validated, and compared with a session's.
fn run<N: Network>() -> Vec<Vec<f32>> {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    netcost::weights::seeded::<N>(7, &mut weights).expect("the weights have the right length");
    // The arena's content before a run must not matter.
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    let fill = |index: usize, input: &mut [f32]| {
        for (i, x) in input.iter_mut().enumerate() {
            *x = ((31 * i + 17 * index) % 97) as f32 / 48.5 - 1.0;
        }
    };
    let fill_all = |arena: &mut [f32]| (0..N::INPUTS.len()).for_each(|index| fill(index, N::input_at(arena, index)));
    let outputs = |outputs: netcost::Outputs<'_>| -> Vec<Vec<f32>> {
        (0..N::OUTPUTS.len()).map(|i| outputs.get(i).expect("an output").to_vec()).collect()
    };
    fill_all(&mut arena);
    let ran = outputs(N::run(&weights, &mut arena).expect("the network runs"));
    assert!(ran.iter().flatten().all(|x| x.is_finite()));
    fill_all(&mut arena);
    let validated = N::validate(&weights, &mut arena, |_| {}).expect("what is measured is what is declared");
    assert_eq!(validated.arena_bytes, N::ARENA_BYTES);
    assert_eq!(outputs(validated.outputs), ran);
    let mut session = N::session(&weights).expect("the weights have the right length");
    for index in 0..N::INPUTS.len() {
        fill(index, session.input_at(index));
    }
    session.run().expect("the network runs");
    for (output, ran) in ran.iter().enumerate() {
        let found = session.output(output).expect("an output");
        assert!(
            found.len() == ran.len() && found.iter().zip(ran).all(|(a, b)| (a - b).abs() <= 1e-4 * b.abs().max(1.0))
        );
    }
    ran
}

graphs! {
    /// Each tensor dies at the next layer.
    chain(x: Tensor<2, 8, 8>) -> (Tensor<2, 8, 8>) {
        x.conv2d(4, 3, padding = 1).relu().conv2d(2, 1).sigmoid()
    }
    apart: [(128, 0, 1), (256, 1, 2), (256, 2, 3), (128, 3, 4), (128, 4, 5)],
    in_place: [(128, 0, 1), (256, 1, 3), (128, 3, 5)];

    /// A residual: the input lives until the addition, which can overwrite it.
    residual(x: Tensor<4, 6, 6>) -> (Tensor<4, 6, 6>) {
        let y = x.conv2d(8, 3, padding = 1).relu().conv2d(4, 3, padding = 1);
        x + y
    }
    apart: [(144, 0, 4), (288, 1, 2), (288, 2, 3), (144, 3, 4), (144, 4, 5)],
    in_place: [(144, 0, 5), (288, 1, 3), (144, 3, 4)];

    /// Both operands of an addition die: the output takes the first one's memory.
    both_operands_die(x: Tensor<4, 4, 4>) -> (Tensor<4, 4, 4>) {
        let a = x.conv2d(4, 1);
        let b = x.conv2d(4, 1);
        (a - b).relu()
    }
    apart: [(64, 0, 2), (64, 1, 3), (64, 2, 3), (64, 3, 4), (64, 4, 5)],
    in_place: [(64, 0, 2), (64, 1, 5), (64, 2, 3)];

    /// An operand that is read again may not be overwritten.
    operand_is_read_again(x: Tensor<3, 5, 5>) -> (Tensor<3, 5, 5>) {
        let y = x.relu();
        let z = y.sigmoid();
        (z + y) * x
    }
    apart: [(75, 0, 4), (75, 1, 3), (75, 2, 3), (75, 3, 4), (75, 4, 5)],
    in_place: [(75, 0, 5), (75, 1, 3), (75, 2, 4)];

    /// The same tensor twice.
    doubled(x: Tensor<3, 5, 5>) -> (Tensor<3, 5, 5>) {
        let y = x.tanh();
        y + y
    }
    apart: [(75, 0, 1), (75, 1, 2), (75, 2, 3)],
    in_place: [(75, 0, 3)];

    /// A broadcast operand is too small to hold the output; the other one holds it.
    broadcast(x: Tensor<6, 4, 4>) -> (Tensor<6, 4, 4>) {
        let gate = x.global_avg_pool().conv2d(6, 1).sigmoid();
        gate * x
    }
    apart: [(96, 0, 4), (6, 1, 2), (6, 2, 3), (6, 3, 4), (96, 4, 5)],
    in_place: [(96, 0, 5), (6, 1, 2), (6, 2, 4)];

    /// Branches that are all live when joined: in place, each is computed where it is joined. The pool trails its input by
    /// a row and an element.
    branches(x: Tensor<4, 6, 6>) -> (Tensor<14, 6, 6>) {
        let a = x.conv2d(2, 1);
        let b = x.conv2d(4, 1).relu().conv2d(4, 3, padding = 1);
        let c = x.max_pool2d(3, stride = 1, padding = 1).conv2d(8, 1);
        concat([a, b, c])
    }
    apart: [(144, 0, 5), (72, 1, 7), (144, 2, 3), (144, 3, 4), (144, 4, 7), (144, 5, 6), (288, 6, 7), (504, 7, 8)],
    in_place: [
        (144, 0, 4), (72, 1, 6), (144, 2, 4), (144, 4, 6), (144 + 7, 5, 5), (144, 6, 6), (288, 6, 6), (504, 7, 8)
    ];

    /// DenseNet: every tensor lives to the end. In place, all of them lie where the last concatenation needs them, and so
    /// do the earlier concatenations; an activation of those has memory of its own, since its operand lives on.
    dense_block(x: Tensor<2, 5, 5>) -> (Tensor<8, 5, 5>) {
        let mut features = vec![x];
        for _ in 0..3 {
            features.push(concat(&features).relu().conv2d(2, 3, padding = 1));
        }
        concat(features)
    }
    apart: [
        (50, 0, 10), (50, 1, 2), (50, 2, 3), (50, 3, 10), (100, 4, 5), (100, 5, 6), (50, 6, 10), (150, 7, 8),
        (150, 8, 9), (50, 9, 10), (200, 10, 11)
    ],
    in_place: [
        (50, 0, 9), (50, 2, 3), (50, 3, 9), (100, 5, 6), (50, 6, 9), (150, 8, 9), (50, 9, 9), (200, 10, 11)
    ];

    /// U-Net: skips of falling size, taken in reverse.
    hourglass(x: Tensor<2, 8, 8>) -> (Tensor<1, 4, 4>) {
        let mut skips = vec![];
        let mut x = x;
        for _ in 0..2 {
            x = x.conv2d(2, 3, padding = 1);
            skips.push(x);
            x = x.max_pool2d(2);
        }
        x = x.relu();
        while let Some(skip) = skips.pop() {
            x = concat([x.global_avg_pool().flatten(), skip.max_pool2d(2).flatten()]);
            x = x.linear(8).reshape([2, 2, 2]);
        }
        x.flatten().linear(16).reshape([1, 4, 4])
    }
    apart: [
        (128, 0, 1), (128, 1, 11), (32, 2, 3), (32, 3, 7), (8, 4, 5), (8, 5, 6), (2, 6, 8), (8, 7, 8), (10, 8, 9),
        (8, 9, 10), (2, 10, 12), (32, 11, 12), (34, 12, 13), (8, 13, 14), (16, 14, 15)
    ],
    in_place: [
        (128, 0, 1), (128, 1, 11), (32, 2, 3), (32, 3, 7), (8, 4, 6), (2, 6, 8), (8, 7, 8), (10, 8, 9),
        (8, 9, 10), (2, 10, 12), (32, 11, 12), (34, 12, 13), (8, 13, 14), (16, 14, 15)
    ];

    /// Halves of a tensor along its channels are views: the whole lives as long as either.
    chunk_views(x: Tensor<8, 4, 4>) -> (Tensor<8, 4, 4>) {
        let [a, b] = x.relu().chunk(2);
        let a = a.conv2d(4, 3, padding = 1);
        concat([b, a])
    }
    apart: [(128, 0, 1), (128, 1, 3), (64, 2, 3), (128, 3, 4)],
    in_place: [(128, 0, 3), (64, 2, 2), (128, 3, 4)];

    /// A view may not be overwritten: the rest of that memory belongs to another tensor.
    views_are_not_overwritten(x: Tensor<8, 4, 4>) -> (Tensor<4, 4, 4>) {
        let [a, b] = x.conv2d(8, 1).chunk(2);
        let a = a.relu();
        let b = b.sigmoid();
        a * b
    }
    apart: [(128, 0, 1), (128, 1, 3), (64, 2, 4), (64, 3, 4), (64, 4, 5)],
    in_place: [(128, 0, 1), (128, 1, 3), (64, 2, 5), (64, 3, 4)];

    /// A layer can be in place through a reshape, which covers all of the memory.
    in_place_through_a_view(x: Tensor<8, 4, 4>) -> (Tensor<128>) {
        x.conv2d(8, 1).relu().flatten().tanh().reshape([4, 32]).dropout(0.5).silu().flatten()
    }
    apart: [(128, 0, 1), (128, 1, 2), (128, 2, 3), (128, 3, 4), (128, 4, 5)],
    in_place: [(128, 0, 1), (128, 1, 5)];

    /// Channels shuffled between two branches.
    shuffle(x: Tensor<4, 3, 3>) -> (Tensor<4, 3, 3>) {
        let [a, b] = x.chunk(2);
        let b = b.conv2d(2, 1).relu().conv2d(2, 3, padding = 1, groups = 2);
        let [c, d] = concat([a, b]).split([1, 3]);
        concat([d, c])
    }
    apart: [(36, 0, 4), (18, 1, 2), (18, 2, 3), (18, 3, 4), (36, 4, 5), (36, 5, 6)],
    in_place: [(36, 0, 4), (18, 1, 3), (18, 3, 3), (36, 4, 5), (36, 5, 6)];

    /// Parts along an inner axis are copied.
    inner_chunks(x: Tensor<4, 6>) -> (Tensor<4, 2>) {
        let [a, b, c] = x.chunk(3, axis = 1);
        a * b + c
    }
    apart: [(24, 0, 3), (8, 1, 4), (8, 2, 4), (8, 3, 5), (8, 4, 5), (8, 5, 6)],
    in_place: [(24, 0, 3), (8, 1, 6), (8, 2, 4), (8, 3, 5)];

    /// Several inputs, one read late and one not at all.
    inputs(x: Tensor<10>, late: Tensor<40>, unread: Tensor<5>) -> (Tensor<40>) {
        let y = x.linear(20).relu().linear(40);
        let _ = unread;
        y - late
    }
    apart: [(10, 0, 1), (40, 0, 4), (5, 0, 0), (20, 1, 2), (20, 2, 3), (40, 3, 4), (40, 4, 5)],
    in_place: [(10, 0, 1), (40, 0, 4), (5, 0, 0), (20, 1, 3), (40, 3, 5)];

    /// Outputs live to the end, and so do the tensors they are views of.
    outputs(x: Tensor<4, 4, 4>) -> (Tensor<4, 4, 4>, Tensor<2, 4, 4>, Tensor<64>, Tensor<5>) {
        let y = x.conv2d(4, 1);
        let [half, _] = x.chunk(2);
        let z = y.relu();
        (y, half, z.flatten(), z.global_avg_pool().flatten().linear(5))
    }
    apart: [(64, 0, 5), (64, 1, 5), (64, 2, 5), (4, 3, 4), (5, 4, 5)],
    in_place: [(64, 0, 5), (64, 1, 5), (64, 2, 5), (4, 3, 4), (5, 4, 5)];

    /// Learned tensors and constants are in the arena too.
    sources(x: Tensor<3, 4, 4>) -> (Tensor<3, 4, 4>) {
        let scale = parameter([3, 1, 1]);
        let shift = constant([3, 4, 4], 0.25);
        x.relu() * scale + shift
    }
    apart: [(48, 0, 3), (3, 1, 4), (48, 2, 5), (48, 3, 4), (48, 4, 5), (48, 5, 6)],
    in_place: [(48, 0, 6), (3, 1, 4), (48, 2, 5)];

    /// A long skip over tensors that shrink and grow.
    long_skip(x: Tensor<1, 12, 12>) -> (Tensor<6, 6, 6>) {
        let skip = x.conv2d(6, 3, stride = 2, padding = 1);
        let mut y = skip;
        for channels in [12, 3, 18, 6] {
            y = y.conv2d(channels, 1).relu();
        }
        skip + y
    }
    apart: [
        (144, 0, 1), (216, 1, 10), (432, 2, 3), (432, 3, 4), (108, 4, 5), (108, 5, 6), (648, 6, 7), (648, 7, 8),
        (216, 8, 9), (216, 9, 10), (216, 10, 11)
    ],
    in_place: [(144, 0, 1), (216, 1, 11), (432, 2, 4), (108, 4, 6), (648, 6, 8), (216, 8, 10)];

    /// Convolutions of several sizes on the same tensor, added up as they come.
    accumulated(x: Tensor<3, 6, 6>) -> (Tensor<5, 6, 6>) {
        let mut sum = x.conv2d(5, 1);
        for kernel in [3, 5] {
            sum += x.conv2d(5, kernel, padding = Same);
        }
        sum
    }
    apart: [(108, 0, 4), (180, 1, 3), (180, 2, 3), (180, 3, 5), (180, 4, 5), (180, 5, 6)],
    in_place: [(108, 0, 4), (180, 1, 6), (180, 2, 3), (180, 4, 5)];
}

/// Indices into a table with more rows than a byte can tell apart.
#[network(dtype = i8)]
fn Words(words: Tensor<20>) -> Tensor<20, 16> {
    words.embedding(10_000, 16)
}

/// Into a table with fewer rows.
#[network(dtype = i8)]
fn Letters(letters: Tensor<20>) -> Tensor<20, 16> {
    letters.embedding(256, 16)
}

/// Indices in a part of a tensor, which is joined with another tensor and transposed.
#[network(dtype = i8, fuse)]
fn Parts(a: Tensor<3, 4>, b: Tensor<1, 4>) -> Tensor<4, 3, 2> {
    concat([a.narrow(0, 1, 2), b]).permute([1, 0]).embedding(70_000, 2)
}

/// The second half of the tensor holds no indices, but lies in one tensor with the half that does.
#[network(dtype = f16)]
fn Halves(x: Tensor<2, 4>) -> (Tensor<4, 2>, Tensor<1, 4>) {
    (x.narrow(0, 0, 1).reshape([4]).embedding(100_000, 2), x.narrow(0, 1, 1).relu())
}

#[test]
fn an_index_takes_the_bytes_that_tell_the_rows_apart() {
    assert_eq!((Words::ARENA_BYTES, Words::COST.traffic.input), (20 * 2 + 320, 20 * 2));
    assert_eq!((Letters::ARENA_BYTES, Letters::COST.traffic.input), (20 + 320, 20));
    // The part is copied, joined with `b` and transposed, and its elements are looked up.
    assert_eq!(Parts::PEAK_LIVE_BYTES, 4 * (12 + 8 + 4));
    assert_eq!(Parts::COST.traffic.input, 4 * (8 + 12 + 12 + 12));
    assert_eq!(Parts::COST.traffic.output, 4 * (8 + 12 + 12) + 24);
    assert_eq!(Halves::PEAK_LIVE_BYTES, 4 * 8 + 2 * 8 + 2 * 4);
    assert_eq!(Halves::LAYERS[2].cost.traffic.input, 4 * 4);
}

/// Where channels come last, concatenations along the height are computed in place, and others are not.
#[test]
fn the_height_is_the_outermost_axis_of_eight_bits() {
    #[network(fuse, dtype = i8)]
    fn Along<const AXIS: isize>(x: Tensor<4, 6, 6>, y: Tensor<4, 6, 6>) -> (Tensor<288>, Tensor<4, 6, 6>) {
        (concat([x.sigmoid(), y.sigmoid()], axis = AXIS).flatten(), x + y)
    }
    let concat = |layers: &[netcost::Layer]| layers[2].run;
    assert_eq!(concat(Along::<0>::LAYERS), netcost::LayerRun::Kernel);
    assert_eq!(concat(Along::<1>::LAYERS), netcost::LayerRun::View);
    assert_eq!(concat(Along::<2>::LAYERS), netcost::LayerRun::Kernel);
}

/// A linear layer reads a flattened image as it lies in memory; anything else reads its elements in order.
#[test]
fn an_image_is_flattened_for_free_before_a_linear_layer() {
    #[network(fuse, dtype = i8)]
    fn Flattened(x: Tensor<4, 6, 6>) -> (Tensor<10>, Tensor<144>, Tensor<10>, Tensor<10>) {
        let relu = x.flatten().relu();
        let both = x.flatten();
        let dropped = x.flatten().dropout(0.5);
        (dropped.linear(10), x.flatten(), relu.linear(10), both.linear(10) + both.relu().linear(10))
    }
    let flattens: Vec<_> = Flattened::LAYERS.iter().filter(|layer| layer.operator == "flatten").collect();
    let runs: Vec<_> = flattens.iter().map(|layer| layer.run).collect();
    use netcost::LayerRun::{Kernel, View};
    assert_eq!(runs, [Kernel, Kernel, View, Kernel]);
    let moved: Vec<_> = flattens.iter().map(|layer| layer.cost.traffic.total()).collect();
    assert_eq!(moved, [288, 288, 0, 288]);
}

/// Aligned at its last axes, a tensor with fewer axes has its elements in another order, and is not overwritten.
#[test]
fn a_sum_overwrites_operands_of_its_own_order() {
    #[network(fuse, dtype = i8)]
    fn Sum(x: Tensor<1, 4, 5>, y: Tensor<4, 5>) -> Tensor<1, 4, 5> {
        x + y
    }
    #[network(fuse, dtype = i8)]
    fn Same(x: Tensor<1, 4, 5>, y: Tensor<1, 4, 1>) -> Tensor<1, 4, 5> {
        x + y
    }
    assert_eq!((Sum::ARENA_BYTES, Same::ARENA_BYTES), (60, 24));
}

/// A chain lies alternately at both ends of the arena.
#[network]
fn Chain(x: Tensor<12>) -> Tensor<16> {
    x.linear(16).linear(8).linear(12).linear(16)
}

/// YOLO's first convolutions, and two of 1×1.
#[network(fuse)]
fn Stem(x: Tensor<3, 64, 64>) -> Tensor<64, 16, 16> {
    let x = x.conv2d(16, 3, stride = 2, padding = 1).relu().conv2d(32, 3, stride = 2, padding = 1).relu();
    x.conv2d(48, 1).relu().conv2d(64, 1).relu()
}

/// Two residual perceptrons, as in transformers, not fused.
#[network]
fn Perceptrons(x: Tensor<8>) -> Tensor<8> {
    let x = x + x.linear(32).gelu().linear(8);
    x + x.linear(32).gelu().linear(8)
}

#[test]
fn chains_and_residuals_are_planned_at_their_bounds() {
    assert_eq!(Chain::ARENA_BYTES, 4 * (12 + 16));
    assert_eq!((Stem::ARENA_BYTES, Stem::PEAK_LIVE_IN_PLACE_BYTES), (114_688, 114_688));
    assert_eq!(Perceptrons::ARENA_BYTES, Perceptrons::PEAK_LIVE_BYTES);
}

/// A sum may overwrite either operand; which of them is written first does not matter.
#[test]
fn a_sum_may_have_its_operands_in_either_order() {
    #[network(fuse)]
    fn Sum(x: Tensor<24>) -> (Tensor<31>, Tensor<28>) {
        let (y, z) = (x.linear(28), x.pad1d(0, after = 4));
        let sum = y + z;
        (sum.pad1d(0, after = 3), sum.abs())
    }
    #[network(fuse)]
    fn Swapped(x: Tensor<24>) -> (Tensor<31>, Tensor<28>) {
        let (y, z) = (x.linear(28), x.pad1d(0, after = 4));
        let sum = z + y;
        (sum.pad1d(0, after = 3), sum.abs())
    }
    assert_eq!((Sum::ARENA_BYTES, Swapped::ARENA_BYTES), (320, 320));
}

/// In place, more lies at fixed distances from each other, and fits less well.
#[test]
fn fused_networks_take_no_more_than_others() {
    #[network]
    fn Plain(x: Tensor<8>) -> Tensor<8> {
        let y = x.linear(10).linear(8).linear(10).linear(8) + x;
        y.linear(12).linear(8) + y
    }
    #[network(fuse)]
    fn Fused(x: Tensor<8>) -> Tensor<8> {
        Plain(x)
    }
    assert_eq!((Plain::ARENA_BYTES, Fused::ARENA_BYTES), (112, 112));
}
