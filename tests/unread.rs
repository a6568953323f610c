//! Layers that nobody reads: they are neither counted, planned nor run, and everything else stays as if they were not
//! there, except names.

use netcost::prelude::*;
use netcost::weights::load;
use netcost::{Layer, LayerRun};
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Nobody reads `x` after the loop.
#[allow(deprecated)]
#[network]
fn Loop(x: Tensor<3, 32, 32>) -> Tensor<8, 32, 32> {
    let mut x = x.conv2d(8, 3, padding = 1);
    let y = x;
    for _ in 0..1 {
        x = x.conv2d(100, 3, padding = 1).relu();
    }
    y
}

#[network]
fn Alone(x: Tensor<3, 32, 32>) -> Tensor<8, 32, 32> {
    x.conv2d(8, 3, padding = 1)
}

fn names(layers: &[Layer]) -> Vec<String> {
    layers.iter().map(|layer| format!("{} {} to {}", layer.name, layer.operator, layer.output)).collect()
}

#[test]
fn they_cost_nothing() {
    assert_eq!(Loop::COST, Alone::COST);
    assert_eq!(Loop::MACS, 8 * 27 * 1024);
    assert_eq!(Loop::MEMORY, Alone::MEMORY);
    assert_eq!(names(Loop::LAYERS), ["0 conv2d to 8×32×32"]);
    assert_eq!(names(Loop::UNREAD), ["1 conv2d to 100×32×32", "2 relu to 100×32×32"]);
    assert!(Loop::UNREAD.iter().all(|layer| layer.run == LayerRun::Unread && layer.cost == Default::default()));
    assert_eq!(names(Alone::UNREAD), [""; 0]);
}

#[test]
fn tools_count_the_rest() {
    use netcost::conventions::{Textbook, Thop, Torchinfo};
    assert_eq!(Thop::of::<Loop>().macs, Thop::of::<Alone>().macs);
    assert_eq!(Torchinfo::of::<Loop>(), Torchinfo::of::<Alone>());
    assert_eq!(Textbook::of::<Loop>(), Textbook::of::<Alone>());
}

#[test]
fn the_report_names_them_last() {
    let text = Loop::report().to_string();
    let rows: Vec<Vec<&str>> = text.lines().skip(4).take(3).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0][..3], ["0", "conv2d", "8×32×32"]);
    assert_eq!(rows[1], ["1", "conv2d", "100×32×32", "unread"]);
    assert_eq!(rows[2], ["2", "relu", "100×32×32", "unread"]);
    let json: serde_json::Value = serde_json::from_str(&Loop::report().to_json()).unwrap();
    assert_eq!(json["layers"].as_array().unwrap().len(), 1);
    assert_eq!([&json["unread"][0]["name"], &json["unread"][1]["operator"]], ["1", "relu"]);
}

/// What is read and what is not take turns; one is read by another that is not.
#[allow(deprecated)]
#[network]
#[budget(layer.macs <= 64, macs == 96, params == 96)]
fn Between(x: Tensor<4>) -> (Tensor<8>, Tensor<4>) {
    let lost = x.linear(100, bias = false);
    let y = x.linear(8, bias = false);
    let _ = lost.reshape([10, 10]).linear(3);
    let z = y.linear(8, bias = false);
    let _ = concat([y, lost]).relu();
    (z, x)
}

#[network]
fn Kept(x: Tensor<4>) -> (Tensor<8>, Tensor<4>) {
    (x.linear(8, bias = false).linear(8, bias = false), x)
}

#[test]
fn the_others_keep_their_names() {
    assert_eq!(names(Between::LAYERS), ["1 linear to 8", "4 linear to 8"]);
    assert_eq!(names(Between::UNREAD), ["0 linear to 100", "3 linear to 10×3", "5 concat to 108", "6 relu to 108"]);
    assert_eq!(
        Between::PARAMS_TABLE.iter().map(|row| row.name.to_string()).collect::<Vec<_>>(),
        ["1.weight", "4.weight"]
    );
}

#[test]
fn the_rest_runs_as_without_them() {
    let mut weights = [0.0; Between::WEIGHTS_LEN];
    netcost::weights::seeded::<Between>(1, &mut weights).unwrap();
    let input = [1.0, -2.0, 3.0, 0.5];
    let (mut arena, mut kept) = ([0.0; Between::ARENA_LEN], [0.0; Kept::ARENA_LEN]);
    Kept::input(&mut kept).copy_from_slice(&input);
    let expected = Kept::run(&weights, &mut kept).unwrap();
    Between::input(&mut arena).copy_from_slice(&input);
    let mut after = vec![];
    let found = Between::run_each(&weights, &mut arena, |layer| after.push(layer)).unwrap();
    assert_eq!((&found[..], found.get(1), after), (&expected[..], expected.get(1), vec![0, 1]));

    let mut validated = [0.0; Between::ARENA_LEN];
    Between::input(&mut validated).copy_from_slice(&input);
    let validated = Between::validate(&weights, &mut validated, |_| ()).unwrap();
    assert_eq!((validated.macs, &validated.outputs[..]), (96, &expected[..]));

    let mut session = Between::session(&weights).unwrap();
    session.input().copy_from_slice(&input);
    session.run().unwrap().iter().zip(&expected[..]).for_each(|(a, b)| assert!((a - b).abs() < 1e-5));
    assert_eq!(Between::profile().unwrap().layers.len(), 2);
}

/// A file of tensors that are filled with their number.
fn file(tensors: &[(&str, &[usize])]) -> Vec<u8> {
    let data: Vec<Vec<u8>> = (0u16..)
        .zip(tensors)
        .map(|(i, (_, shape))| f32::from(i).to_le_bytes().repeat(shape.iter().product()))
        .collect();
    let views = tensors.iter().zip(&data).map(|((name, shape), data)| {
        (*name, TensorView::new(Dtype::F32, shape.to_vec(), data).expect("the shape is that of the data"))
    });
    serialize(views, None).expect("tensors serialize")
}

const WITH_ALL: [(&str, &[usize]); 5] =
    [("0.weight", &[100, 4]), ("1.weight", &[8, 4]), ("3.weight", &[3, 10]), ("3.bias", &[3]), ("4.weight", &[8, 8])];

#[test]
fn a_file_may_have_their_tensors() {
    let mut weights = [0.0; Between::WEIGHTS_LEN];
    load::<Between>(&file(&WITH_ALL), &mut weights).unwrap();
    assert_eq!(weights, core::array::from_fn(|i| if i < 32 { 1.0 } else { 4.0 }));
    load::<Between>(&file(&WITH_ALL[..2]), &mut weights).unwrap_err();
    load::<Between>(&file(&[WITH_ALL[1], WITH_ALL[4]]), &mut weights).unwrap();
    assert_eq!(weights, core::array::from_fn(|i| if i < 32 { 0.0 } else { 1.0 }));
    // What is of no layer is refused as ever.
    let other = [WITH_ALL[1], WITH_ALL[4], ("2.weight", &[1][..])];
    let error = load::<Between>(&file(&other), &mut weights).unwrap_err().to_string();
    assert_eq!(error, "the file's weights are not those of `Between`: its tensor `2.weight` is not of this network");
}

#[test]
fn in_order_their_tensors_are_between_those_of_the_others() {
    let called = |names: [&'static str; 5]| core::array::from_fn::<_, 5, _>(|i| (names[i], WITH_ALL[i].1));
    let all = called(["a.weight", "b.weight", "c.weight", "c.bias", "d.weight"]);
    let mut weights = [0.0; Between::WEIGHTS_LEN];
    load::<Between>(&file(&all), &mut weights).unwrap();
    assert_eq!(weights, core::array::from_fn(|i| if i < 32 { 1.0 } else { 4.0 }));
    load::<Between>(&file(&[all[1], all[4]]), &mut weights).unwrap();
    assert_eq!(weights, core::array::from_fn(|i| if i < 32 { 0.0 } else { 1.0 }));
}

/// A network with a second head, as a block of one that does not take it.
#[network]
fn Heads(x: Tensor<4>) -> (Tensor<2>, Tensor<3>) {
    let x = x.linear(8, bias = false).relu();
    (x.linear(2, bias = false), x.tanh().linear(3, bias = false, name = "aux"))
}

#[allow(deprecated)]
#[network]
fn OneHead(x: Tensor<4>) -> Tensor<2> {
    let (y, _) = Heads(x);
    y.relu()
}

/// No warning again.
#[deny(deprecated)]
#[network]
fn Outer(x: Tensor<4>) -> Tensor<5> {
    OneHead(x.sigmoid()).linear(5, bias = false)
}

#[test]
fn a_block_s_layers_are_left_out_too() {
    assert_eq!(names(OneHead::LAYERS), ["0 linear to 8", "1 relu to 8", "2 linear to 2", "5 relu to 2"]);
    assert_eq!(names(OneHead::UNREAD), ["3 tanh to 8", "aux linear to 3"]);
    assert_eq!(OneHead::MACS, 4 * 8 + 8 * 2);
    assert_eq!(
        names(Outer::LAYERS),
        ["0 sigmoid to 4", "1 linear to 8", "2 relu to 8", "3 linear to 2", "6 relu to 2", "7 linear to 5"]
    );
    assert_eq!(names(Outer::UNREAD), ["4 tanh to 8", "aux linear to 3"]);
}

/// A normalisation is folded although its layer had another reader, which nobody reads.
#[allow(deprecated)]
#[network(fuse)]
fn Folded(x: Tensor<3, 8, 8>) -> Tensor<4, 8, 8> {
    let y = x.conv2d(4, 1);
    let _ = y.tanh();
    y.batch_norm()
}

#[test]
fn they_read_nothing() {
    assert_eq!(Folded::LAYERS[1].run, LayerRun::Folded);
    assert_eq!(Folded::ARENA_BYTES, 4 * (3 + 4) * 64);
}

/// A state is read by the next run, if at all.
#[allow(deprecated)]
#[network]
fn States(x: Tensor<3>) -> Tensor<3> {
    let (before, count) = (state([3]), state([3]));
    let y = x + before;
    before.update(x.linear(3));
    count.update(count + x);
    y
}

#[test]
fn what_changes_a_state_is_read_in_the_next_run() {
    assert_eq!(names(States::LAYERS), ["0 state to 3", "2 add to 3", "3 linear to 3", "4 update to 3"]);
    assert_eq!(names(States::UNREAD), ["1 state to 3", "5 add to 3", "6 update to 3"]);
    assert_eq!((States::STATE_BYTES, States::MACS), (12, 9));
}

/// Modules whose parts nobody reads, or which nobody reads as a whole.
#[allow(deprecated)]
#[network]
fn Modules(x: Tensor<6, 8>) -> (Tensor<6, 8>, Tensor<1, 8>) {
    let (y, (h, _)) = x.lstm(8);
    let _ = y.multi_head_attention(2);
    let _ = h.flatten();
    let [_, right] = y.chunk(2, axis = 1);
    let _ = right.tanh();
    (y.transformer_encoder_layer(2, dim_feedforward = 4), h)
}

#[test]
fn modules_are_left_out_as_a_whole() {
    assert!(Modules::LAYERS.iter().all(|layer| !layer.name.as_str().starts_with("1.")));
    assert_eq!(Modules::LAYERS[1].name.as_str(), "0.h_n");
    let operators: Vec<&str> = Modules::UNREAD.iter().map(|layer| layer.operator).collect();
    assert_eq!(operators.last(), Some(&"tanh"));
    assert!(Modules::UNREAD[..operators.len() - 1].iter().all(|layer| layer.name.as_str().starts_with("1.")));
    // Neither a view nor a part is named.
    assert!(!operators.contains(&"flatten") && !operators.contains(&"chunk") && !operators.contains(&"narrow"));
    let mut weights = vec![0.0; Modules::WEIGHTS_LEN];
    netcost::weights::seeded::<Modules>(1, &mut weights).unwrap();
    let mut arena = [0.5; Modules::ARENA_LEN];
    Modules::validate(&weights, &mut arena, |_| ()).unwrap();
}
