//! Operations by definition: FLOPs, and the census with and without padding.

use netcost::prelude::*;

use crate::layer;

/// A linear layer from I inputs to J outputs takes (2I−1)·J FLOPs, with bias 2·I·J; a convolution takes one such
/// dot product per output element.
#[test]
fn flops_of_dot_products() {
    #[network]
    fn Linear(x: Tensor<640>) -> Tensor<128> {
        x.linear(128, bias = false)
    }
    #[network]
    fn LinearBias(x: Tensor<640>) -> Tensor<128> {
        x.linear(128)
    }
    #[network]
    fn LinearTokens(x: Tensor<20, 32>) -> Tensor<20, 10> {
        x.linear(10)
    }
    #[network]
    fn Conv(x: Tensor<8, 12, 12>) -> Tensor<16, 10, 10> {
        x.conv2d(16, 3, bias = false)
    }
    #[network]
    fn ConvBias(x: Tensor<8, 12, 12>) -> Tensor<16, 10, 10> {
        x.conv2d(16, 3)
    }
    assert_eq!((Linear::MACS, Linear::FLOPS), (640 * 128, (2 * 640 - 1) * 128));
    assert_eq!((LinearBias::MACS, LinearBias::FLOPS), (640 * 128, 2 * 640 * 128));
    assert_eq!((LinearTokens::MACS, LinearTokens::FLOPS), (20 * 32 * 10, 20 * 2 * 32 * 10));
    assert_eq!(Conv::MACS, 1600 * 72);
    assert_eq!(Conv::FLOPS, 1600 * (2 * 72 - 1));
    assert_eq!((ConvBias::MACS, ConvBias::FLOPS), (1600 * 72, 1600 * 2 * 72));
}

/// FLOPs are the sum of the census; activations and normalisations are included, and are not MACs.
#[test]
fn flops_are_the_census() {
    #[network]
    fn Activations(x: Tensor<6, 5, 5>) -> Tensor<6, 5, 5> {
        x.batch_norm().relu().relu6().hard_swish().sigmoid().tanh().gelu().softmax(axis = 0)
    }
    fn check<N: Network>() {
        assert_eq!(N::FLOPS, N::CENSUS.total());
        let layers = N::LAYERS.iter().map(|layer| layer.cost.census);
        assert_eq!(layers.fold(Census::ZERO, |sum, census| sum.plus(&census)), N::CENSUS);
        let layers = N::LAYERS.iter().map(|layer| layer.cost.census_executed);
        assert_eq!(layers.fold(Census::ZERO, |sum, census| sum.plus(&census)), N::CENSUS_EXECUTED);
    }
    check::<Activations>();
    check::<netcost_zoo::DsCnn>();
    check::<netcost_zoo::MobileNetV2<224>>();
    check::<netcost_zoo::ResNet8Fused>();

    const N: u64 = 6 * 5 * 5;
    let one = Census::ZERO;
    let expected: [(&str, Census); 8] = [
        ("batch_norm", one.mul(N).add(N)),
        ("relu", one.cmp(N)),
        ("relu6", one.cmp(2 * N)),
        ("hard_swish", one.add(N).cmp(2 * N).mul(N).div(N)),
        ("sigmoid", one.exp(N).add(N).div(N)),
        ("tanh", one.tanh(N)),
        ("gelu", one.mul(3 * N).erf(N).add(N)),
        // 25 lines of 6: a maximum, differences, powers, their sum, quotients
        ("softmax", one.cmp(25 * 5).add(N + 25 * 5).exp(N).div(N)),
    ];
    for (layer, (operator, census)) in Activations::LAYERS.iter().zip(expected) {
        assert_eq!((layer.operator, layer.cost.census, layer.cost.macs), (operator, census, 0));
    }
    assert_eq!(Activations::MACS, 0);
}

/// A convolution, counted tap by tap.
struct Naive {
    input: Vec<usize>,
    output: Vec<usize>,
    kernel: Vec<usize>,
    stride: Vec<usize>,
    /// Before the first element.
    padding: Vec<usize>,
    dilation: Vec<usize>,
}

/// In one channel: all taps, the taps on data, and the windows with at least one of those.
#[derive(Default)]
struct Taps {
    all: u64,
    valid: u64,
    windows: u64,
}

impl Naive {
    fn taps(&self) -> Taps {
        let mut taps = Taps::default();
        for window in places(&self.output) {
            let mut valid = 0;
            for tap in places(&self.kernel) {
                let inside = (0..window.len()).all(|axis| {
                    let at = window[axis] * self.stride[axis] + tap[axis] * self.dilation[axis];
                    at >= self.padding[axis] && at - self.padding[axis] < self.input[axis]
                });
                valid += inside as u64;
                taps.all += 1;
            }
            taps.valid += valid;
            taps.windows += (valid > 0) as u64;
        }
        taps
    }
}

/// All places of a grid.
fn places(extents: &[usize]) -> Vec<Vec<usize>> {
    let mut places = vec![vec![]];
    for &extent in extents {
        places = places.iter().flat_map(|place| (0..extent).map(move |i| [&place[..], &[i]].concat())).collect();
    }
    places
}

#[test]
fn convolutions_are_counted_tap_by_tap() {
    #[network]
    fn Convolutions(
        line: Tensor<4, 23>,
        image: Tensor<6, 9, 11>,
        volume: Tensor<2, 5, 6, 7>,
    ) -> (Tensor<8, 11>, Tensor<6, 9, 11>, Tensor<12, 5, 4>, Tensor<6, 7, 1>, Tensor<3, 5, 3, 4>) {
        (
            line.conv1d(8, 5, stride = 2, padding = 2, dilation = 1, name = "line").max_pool1d(2, stride = 1),
            image.conv2d(6, 3, padding = Same, groups = 6, bias = false, name = "depthwise"),
            image.conv2d(12, [3, 5], stride = [2, 3], padding = Same, groups = 3, name = "same"),
            image.conv2d(
                6,
                [3, 5],
                stride = [2, 3],
                padding = [4, 2],
                dilation = [2, 3],
                bias = false,
                name = "dilated",
            ),
            volume.conv3d(3, [3, 2, 1], stride = [1, 2, 2], padding = [1, 0, 0], name = "volume"),
        )
    }
    /// Channels in a group, output channels, bias.
    fn check(name: &str, inputs: u64, outputs: u64, bias: bool, naive: Naive) {
        let Taps { all, valid, windows } = naive.taps();
        let cost = &layer::<Convolutions>(name).cost;
        let positions: u64 = naive.output.iter().product::<usize>() as u64;
        let (macs, executed) = (outputs * inputs * all, outputs * inputs * valid);
        assert_eq!((cost.macs, cost.macs_executed), (macs, executed), "{name}");
        // Each sum starts from its bias or from its first term.
        let (first, first_executed) = if bias { (0, 0) } else { (outputs * positions, outputs * windows) };
        assert_eq!(cost.census, Census::ZERO.mul(macs).add(macs - first), "{name}");
        assert_eq!(cost.census_executed, Census::ZERO.mul(executed).add(executed - first_executed), "{name}");
    }
    check(
        "line",
        4,
        8,
        true,
        Naive {
            input: vec![23],
            output: vec![12],
            kernel: vec![5],
            stride: vec![2],
            padding: vec![2],
            dilation: vec![1],
        },
    );
    check(
        "depthwise",
        1,
        6,
        false,
        Naive {
            input: vec![9, 11],
            output: vec![9, 11],
            kernel: vec![3, 3],
            stride: vec![1, 1],
            padding: vec![1, 1],
            dilation: vec![1, 1],
        },
    );
    // TensorFlow's padding in all: (5 − 1)·2 + 3 − 9 = 2 of height, (4 − 1)·3 + 5 − 11 = 3 of width, 1 of it before.
    check(
        "same",
        2,
        12,
        true,
        Naive {
            input: vec![9, 11],
            output: vec![5, 4],
            kernel: vec![3, 5],
            stride: vec![2, 3],
            padding: vec![1, 1],
            dilation: vec![1, 1],
        },
    );
    check(
        "dilated",
        6,
        6,
        false,
        Naive {
            input: vec![9, 11],
            output: vec![7, 1],
            kernel: vec![3, 5],
            stride: vec![2, 3],
            padding: vec![4, 2],
            dilation: vec![2, 3],
        },
    );
    check(
        "volume",
        2,
        3,
        true,
        Naive {
            input: vec![5, 6, 7],
            output: vec![5, 3, 4],
            kernel: vec![3, 2, 1],
            stride: vec![1, 2, 2],
            padding: vec![1, 0, 0],
            dilation: vec![1, 1, 1],
        },
    );
}

/// Windows entirely on padding have no sum: their output is the bias, or zero.
#[test]
fn windows_on_padding_alone() {
    #[network]
    fn Padded(x: Tensor<1, 2>) -> Tensor<1, 9> {
        x.conv1d(1, 2, padding = 4, bias = false)
    }
    // Taps on data: 0 0 0 1 2 1 0 0 0
    assert_eq!((Padded::MACS, Padded::MACS_EXECUTED), (18, 4));
    assert_eq!(Padded::CENSUS, Census::ZERO.mul(18).add(9));
    assert_eq!(Padded::CENSUS_EXECUTED, Census::ZERO.mul(4).add(1));
}

#[test]
fn pools_are_counted_tap_by_tap() {
    #[network]
    fn Pools(
        x: Tensor<3, 7, 8>,
    ) -> (Tensor<3, 4, 4>, Tensor<3, 4, 3>, Tensor<3, 4, 4>, Tensor<3, 3, 5>, Tensor<3, 1, 1>) {
        (
            x.max_pool2d(3, stride = 2, padding = 1, name = "maximum"),
            x.max_pool2d(2, stride = [2, 3], ceil_mode = true, name = "ceil"),
            x.avg_pool2d(3, stride = 2, padding = 1, name = "mean"),
            x.adaptive_avg_pool2d([3, 5], name = "adaptive"),
            x.global_avg_pool(name = "global"),
        )
    }
    let naive = |output: [usize; 2], kernel: [usize; 2], stride: [usize; 2], padding: usize| {
        let Taps { all, valid, windows } = Naive {
            input: vec![7, 8],
            output: output.to_vec(),
            kernel: kernel.to_vec(),
            stride: stride.to_vec(),
            padding: vec![padding; 2],
            dilation: vec![1, 1],
        }
        .taps();
        let positions = output.iter().product::<usize>() as u64;
        (3 * (all - positions), 3 * (valid - windows), 3 * positions)
    };
    let census = |name| (layer::<Pools>(name).cost.census, layer::<Pools>(name).cost.census_executed);
    let zero = Census::ZERO;

    let (dense, executed, _) = naive([4, 4], [3, 3], [2, 2], 1);
    assert_eq!(census("maximum"), (zero.cmp(dense), zero.cmp(executed)));
    let (dense, executed, _) = naive([4, 3], [2, 2], [2, 3], 0);
    assert_eq!(census("ceil"), (zero.cmp(dense), zero.cmp(executed)));
    let (dense, executed, means) = naive([4, 4], [3, 3], [2, 2], 1);
    assert_eq!(census("mean"), (zero.add(dense).div(means), zero.add(executed).div(means)));

    // PyTorch's windows: from ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉.
    let windows = |n: u64, m: u64| (0..m).map(move |i| ((i + 1) * n).div_ceil(m) - i * n / m);
    let adds: u64 = windows(7, 3).flat_map(|height| windows(8, 5).map(move |width| height * width - 1)).sum();
    let adaptive = zero.add(3 * adds).div(3 * 15);
    assert_eq!(census("adaptive"), (adaptive, adaptive));
    let global = zero.add(3 * 55).div(3);
    assert_eq!(census("global"), (global, global));
}

/// DS-CNN's MACs on padding, counted by hand: an edge of a 3 × 3 window falls on padding once at each side of 25 × 5,
/// so 3·25 − 2 rows and 3·5 − 2 columns of taps are left.
#[test]
fn executed_macs_of_a_network() {
    use netcost_zoo::DsCnn;
    let depthwise = 64 * (3 * 25 - 2) * (3 * 5 - 2);
    // 10 × 4 at stride 2 on 49 × 10: 4 rows of padding before and 5 after, of which the windows at 0, 2 and at 44, 46,
    // 48 miss 4, 2 and 1, 3, 5 rows; one column before and one after.
    let first = 64 * (10 * 25 - 6 - 9) * (4 * 5 - 2);
    let dense = 4 * 512_000 + 768;
    assert_eq!(DsCnn::MACS_EXECUTED, first + 4 * depthwise + dense);
    assert!(DsCnn::MACS_EXECUTED < DsCnn::MACS);
}
