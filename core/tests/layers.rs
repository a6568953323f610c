//! Each family of layers in a network built at compile time, as `#[network]` builds it, and proved by its validation.

use netcost_core::__macro::{Builder, Deployed, Operands, Settings, Shape, Tensor, Tensors};
use netcost_core::layers::*;
use netcost_core::{Declared, Network, Same};

/// Networks with one input, each twice: with every output in memory of its own, and with outputs in place.
macro_rules! networks {
    ($($test:ident($builder:ident, $x:ident: $input:expr) -> $output:expr, $body:expr;)*) => {
        $(
            #[test]
            fn $test() {
                const fn graph(settings: Settings) -> Deployed {
                    let mut network = Deployed::new(settings);
                    let builder = Builder::new(network.graph_mut(), stringify!($test));
                    let $builder = &builder;
                    let $x = $builder.input("x", Shape::new(&$input));
                    let output: Tensor<'_> = $body;
                    $builder.output(output, Shape::new(&$output));
                    $builder.finish();
                    network.deploy();
                    network
                }

                enum Beside {}
                impl Network for Beside {}
                impl Declared for Beside {
                    const GRAPH: &'static Deployed = &graph(Settings::new());
                }

                enum InPlace {}
                impl Network for InPlace {}
                impl Declared for InPlace {
                    const GRAPH: &'static Deployed = &graph(Settings::new().fuse());
                }

                let beside = prove::<Beside>();
                assert_eq!(beside.len(), $output.iter().product::<usize>());
                assert_eq!(beside, prove::<InPlace>());
            }
        )*
    };
}

/// Validates a network, and returns its output.
fn prove<N: Network>() -> Vec<f32> {
    let numbers = |len: usize| (0..len).map(|i| (i * 7919 % 2003) as f32 / 500.0 - 2.0).collect::<Vec<_>>();
    let weights = numbers(N::WEIGHTS_LEN);
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    let input = numbers(N::input(&mut arena).len());
    N::input(&mut arena).copy_from_slice(&input);
    let validated = N::validate(&weights, &mut arena, |_| {}).expect("what is declared is executed").outputs.to_vec();
    N::input(&mut arena).copy_from_slice(&input);
    let output = N::run(&weights, &mut arena).expect("the network runs");
    assert!(output.iter().all(|number| number.is_finite()));
    assert_eq!(*output, validated);
    validated
}

networks! {
    activations(_builder, x: [2, 3, 4]) -> [2, 3, 4], {
        let x = x.relu6().sigmoid().tanh().silu().gelu();
        x.hard_swish().hard_sigmoid().leaky_relu(LeakyRelu::new().negative_slope(0.1))
    };

    exponentials(_builder, x: [2, 3, 4]) -> [2, 3, 4], {
        let x = x.elu(Elu::new()).celu(Celu::new().alpha(2.0)).selu().mish().softplus(Softplus::new().beta(2.0));
        x.softsign().log_sigmoid().neg().abs().sqrt().log().exp().hard_tanh(HardTanh::new()).clamp(0.1, 0.9)
    };

    gates(_builder, x: [4, 3, 6]) -> [2, 3, 3], {
        let x = x.prelu(Prelu::new()).prelu(Prelu::new().num_parameters(4)).clamp_min(-1.0).clamp_max(1.5);
        x.glu(Glu::new().axis(0)).log_softmax(Softmax::new().axis(1)).glu(Glu::new())
    };

    norms(_builder, x: [4, 3, 5]) -> [4, 3, 5], {
        let x = x.layer_norm(LayerNorm::new().axes(2)).group_norm(GroupNorm::new(2));
        x.rms_norm(RmsNorm::new()).instance_norm(InstanceNorm::new())
    };

    recurrent(_builder, x: [5, 4]) -> [1, 3], {
        let (y, (h, c)) = x.lstm(Lstm::new(3).num_layers(2).bidirectional(true).proj_size(2));
        let (y, h) = y.gru(Gru::new(2).num_layers(4).hx(Operands::new(h, c.narrow(1, 1, 2)).mul()));
        let (_, h) = Operands::new(y, h.sum(Reduce::new().axis(0))).add().rnn(Rnn::new(3).nonlinearity(Nonlinearity::Relu));
        h
    };

    softmax(_builder, x: [5, 6]) -> [5, 6], x.softmax(Softmax::new().axis(-1)).softmax(Softmax::new().axis(0));

    max_pools(_builder, x: [2, 7, 9]) -> [2, 3, 1, 2], {
        let x = x.max_pool2d(MaxPool2d::new(3).stride(1).padding([1, 0]).dilation([2, 1]));
        let x = x.max_pool2d(MaxPool2d::new([2, 3]).padding(Same).ceil_mode(true));
        x.reshape([2, 3, 1, 3]).max_pool3d(MaxPool3d::new([1, 1, 2]).stride(1))
    };

    avg_pools(_builder, x: [2, 7, 9]) -> [2, 2], {
        let x = x.avg_pool2d(AvgPool2d::new(3).stride(2).padding(1).count_include_pad(false));
        let x = x.avg_pool2d(AvgPool2d::new(3).stride(2).padding(1).ceil_mode(true));
        x.reshape([2, 9]).avg_pool1d(AvgPool1d::new(4).padding(Same)).avg_pool1d(AvgPool1d::new(2).stride(1))
    };

    adaptive_pools(_builder, x: [2, 7, 9]) -> [2, 1, 1, 1], {
        let x = x.adaptive_avg_pool2d([3, 4]).reshape([2, 12]).adaptive_avg_pool1d(8);
        x.reshape([2, 2, 2, 2]).adaptive_avg_pool3d([1, 2, 3]).global_avg_pool()
    };

    adaptive_max_pools(_builder, x: [2, 7, 9]) -> [2, 1, 2, 3], {
        let x = x.adaptive_max_pool2d([3, 4]).reshape([2, 12]).adaptive_max_pool1d(8);
        x.reshape([2, 2, 2, 2]).adaptive_max_pool3d([1, 2, 3])
    };

    interpolations(_builder, x: [2, 3, 4]) -> [2, 5, 2, 3], {
        let x = x.local_response_norm(LocalResponseNorm::new(2)).pad2d(Pad2d::new(1).mode(PadMode::Circular));
        let x = x.upsample2d(Upsample2d::new().scale_factor(2).mode(UpsampleMode::Bicubic)).reshape([2, 120]);
        let x = x.upsample1d(Upsample1d::new().size(24).mode(UpsampleMode::Linear)).reshape([2, 2, 3, 4]);
        x.upsample3d(Upsample3d::new().size([5, 2, 3]).mode(UpsampleMode::Trilinear))
    };

    views(_builder, x: [4, 6]) -> [8, 1], x.identity().reshape([3, 8]).dropout(0.5).flatten().reshape([8, 3]).chunk::<3>(
        Chunk::new(3).axis(-1),
    )[1];

    arithmetic(_builder, x: [2, 3, 4]) -> [2, 3, 4], {
        let [a, b, c] = x.split(Split::new([1, 1, 1]).axis(1));
        let sum = Operands::new(Operands::new(a, x).add(), b).sub();
        let gate = Operands::new(Operands::new(1, c).sub(), 0.5).mul();
        let ratio = Operands::new(sum.mul(gate), Operands::new(2, x.sigmoid()).add()).div();
        Operands::new(Operands::new(ratio.scale(0.25), 3).div(), Operands::new(1.0, Operands::new(x, 10).add()).div()).add()
    };

    sources(builder, x: [3, 2, 4]) -> [3, 2, 4], {
        let scale = builder.parameter(Parameter::new([3, 1, 1]));
        Operands::new(Operands::new(x, scale).mul(), builder.constant(Constant::new([4], 0.5))).add()
    };

    joined(_builder, x: [4, 3]) -> [12, 3], {
        let [a, b] = x.chunk(Chunk::new(2));
        let wide = Tensors([a, b, a]).concat(Concat::new().axis(1)).reshape([6, 3]);
        Tensors(&[wide, x.relu(), b]).concat(Concat::new())
    };
}
