//! Two sequences of all kinds of layers, against PyTorch: every layer's operator, output, MACs, parameters, and names in
//! the state dict.
//!
//! Versions: torch 2.15.0, Python 3.11.7. The facts are in `tests/facts`.

use netcost::Layer;
use netcost::prelude::*;

use crate::extents;

#[network]
fn Line(x: Tensor<8, 100>) -> Tensor<4> {
    let x = x.conv1d(16, 5, stride = 2, padding = 2).batch_norm().relu();
    let x = x.conv1d(16, 3, padding = 1, groups = 16, bias = false).instance_norm(affine = true).prelu();
    let x = x.max_pool1d(3, stride = 2, ceil_mode = true).avg_pool1d(2);
    let x = x.upsample1d(scale_factor = 2, mode = Linear).upsample1d(scale_factor = 2);
    let x = x.conv_transpose1d(8, 4, stride = 2, padding = 1).group_norm(2).gelu();
    x.adaptive_max_pool1d(30).adaptive_avg_pool1d(7).flatten().linear(4).softmax()
}

#[network]
fn Plane(x: Tensor<3, 64, 64>) -> Tensor<10> {
    let x = x.conv2d(16, 3, stride = 2, padding = 1).batch_norm().relu();
    let x = x.conv2d(16, [3, 5], padding = [1, 2], groups = 4).batch_norm(affine = false).relu6();
    let x = x.conv2d(32, 3, padding = 2, dilation = 2, bias = false).group_norm(8).prelu();
    let x = x.conv2d(32, 3, padding = Same, groups = 32).instance_norm().prelu(num_parameters = 32);
    let x = x.instance_norm(affine = true).leaky_relu(negative_slope = 0.1);
    let x = x.max_pool2d(3, stride = 2, ceil_mode = true).conv2d(24, 1);
    let x = x.gelu().silu().hard_swish().hard_sigmoid().mish().elu().sigmoid().tanh().softplus();
    let x = x.pad2d(1, after = 2).avg_pool2d(3, stride = 2, padding = 1, count_include_pad = false);
    let x = x.pad2d(1, mode = Reflect).upsample2d(scale_factor = 2);
    let x = x.upsample2d(scale_factor = 2, mode = Bilinear).max_pool2d(2);
    let x = x.pixel_unshuffle(2).conv2d(64, 1).pixel_shuffle(2);
    let x = x.conv_transpose2d(8, 3, stride = 2, padding = 1, output_padding = 1);
    let x = x.conv_transpose2d(8, 4, stride = 2, padding = 1, groups = 2, bias = false);
    let x = x.local_response_norm(5).upsample2d(size = 20, mode = Bicubic).layer_norm(axes = 3);
    let x = x.dropout(0.5).dropout(0.2).identity().adaptive_max_pool2d(10);
    let x = x.adaptive_avg_pool2d([3, 4]).adaptive_avg_pool2d(1).flatten();
    x.linear(32).layer_norm().linear(10, bias = false).log_softmax().softmax()
}

/// One declared layer per module, under the module's name: the state dict loads unchanged.
fn check<N: Network>(facts: &str) {
    let layers = N::LAYERS.iter().map(|layer| {
        let Layer { operator, output, cost, .. } = layer;
        let name = layer.name.as_str();
        let mut row = format!("{name} {operator} {} {} {}", extents(output), cost.macs, cost.params);
        for parameter in N::PARAMS_TABLE {
            // A batch normalisation is stored as it runs; PyTorch stores nothing for one without learned numbers.
            let entry = match parameter.name.as_str().strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) {
                Some("scale" | "shift") if cost.params == 0 => continue,
                Some("scale") => "weight",
                Some("shift") => "bias",
                Some(entry) => entry,
                None => continue,
            };
            row += &format!(" {entry}:{}", extents(&parameter.shape));
        }
        row
    });
    assert_eq!(layers.collect::<Vec<_>>(), facts.lines().collect::<Vec<_>>());
    // They also run, with each operation counted.
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    netcost::weights::seeded::<N>(1, &mut weights).expect("the weights have the right length");
    let mut arena = vec![0.0; N::ARENA_LEN];
    N::input(&mut arena).fill(0.5);
    N::validate(&weights, &mut arena, |_| {}).expect("what is measured is what is declared");
}

#[test]
fn layers_over_one_axis() {
    check::<Line>(include_str!("../facts/kitchen_sink_1d.txt"));
    assert_eq!((Line::MACS, Line::PARAMS), (59_200, 1_533));
}

#[test]
fn layers_over_two_axes() {
    check::<Plane>(include_str!("../facts/kitchen_sink_2d.txt"));
    assert_eq!((Plane::MACS, Plane::PARAMS), (9_364_032, 22_289));
}
