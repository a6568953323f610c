//! Layers of the same name share their weights: counted, stored and loaded once, read by each.

use netcost::conventions::*;
use netcost::prelude::*;
use netcost::weights;

/// Two branches with the same layer.
#[block]
fn branch(x: Tensor) -> Tensor {
    x.linear(2, name = "fc").sigmoid()
}

#[network]
fn Siamese(a: Tensor<3>, b: Tensor<3>) -> Tensor<2> {
    branch(a, name = "twin") - branch(b, name = "twin")
}

/// A convolution with its normalisation at two resolutions, one without its normalisation, and one of its own between.
#[network]
fn Heads(x: Tensor<4, 8, 8>) -> (Tensor<4, 8, 8>, Tensor<4, 4, 4>, Tensor<4, 4, 4>) {
    let small = x.conv2d(4, 3, stride = 2, padding = 1, name = "down");
    (head(x), head(small), small.conv2d(4, 3, padding = 1, name = "plain"))
}

#[network(fuse)]
fn HeadsFused(x: Tensor<4, 8, 8>) -> (Tensor<4, 8, 8>, Tensor<4, 4, 4>, Tensor<4, 4, 4>) {
    let small = x.conv2d(4, 3, stride = 2, padding = 1, name = "down");
    (head(x), head(small), small.conv2d(4, 3, padding = 1, name = "plain"))
}

#[block]
fn head(x: Tensor) -> Tensor {
    x.conv2d(4, 3, padding = 1, name = "conv").batch_norm(name = "norm").relu()
}

/// The normalisations of a shared convolution differ: they are not folded, or its weights would be two.
#[network(fuse)]
fn TwoNorms(x: Tensor<2, 4, 4>) -> Tensor<2, 4, 4> {
    let x = x.conv2d(2, 3, padding = 1, name = "conv").batch_norm(name = "first");
    x.conv2d(2, 3, padding = 1, name = "conv").batch_norm(name = "second")
}

/// A cell that is run several times.
#[network]
fn Steps(x: Tensor<4, 3>) -> Tensor<5> {
    let mut h = x.narrow(0, 0, 1).flatten().gru_cell(5, name = "cell");
    for step in 1..4 {
        h = x.narrow(0, step, 1).flatten().gru_cell(5, hx = h, name = "cell");
    }
    h
}

/// A table of words that is also the head.
#[network]
fn Tied(words: Tensor<6>) -> Tensor<6, 11> {
    words.embedding(11, 4, name = "words").tanh().linear(11, bias = false, name = "words")
}

/// A network as a block, twice.
#[network]
fn Twice(x: Tensor<2, 4, 4>) -> Tensor<2, 4, 4> {
    TwoNorms(TwoNorms(x, name = "stage"), name = "stage")
}

/// Each network with weights of its own for each layer: what is shared is written twice.
#[network]
fn SiameseApart(a: Tensor<3>, b: Tensor<3>) -> Tensor<2> {
    branch(a, name = "one") - branch(b, name = "two")
}

#[network]
fn HeadsApart(x: Tensor<4, 8, 8>) -> (Tensor<4, 8, 8>, Tensor<4, 4, 4>, Tensor<4, 4, 4>) {
    let small = x.conv2d(4, 3, stride = 2, padding = 1);
    (head(x, name = "one"), head(small, name = "two"), small.conv2d(4, 3, padding = 1))
}

#[network]
fn TwoNormsApart(x: Tensor<2, 4, 4>) -> Tensor<2, 4, 4> {
    x.conv2d(2, 3, padding = 1).batch_norm().conv2d(2, 3, padding = 1).batch_norm()
}

#[network]
fn StepsApart(x: Tensor<4, 3>) -> Tensor<5> {
    let mut h = x.narrow(0, 0, 1).flatten().gru_cell(5);
    for step in 1..4 {
        h = x.narrow(0, step, 1).flatten().gru_cell(5, hx = h);
    }
    h
}

#[network]
fn TiedApart(words: Tensor<6>) -> Tensor<6, 11> {
    words.embedding(11, 4).tanh().linear(11, bias = false)
}

#[network]
fn TwiceApart(x: Tensor<2, 4, 4>) -> Tensor<2, 4, 4> {
    TwoNormsApart(TwoNormsApart(x))
}

/// Runs, validates and serves a network, and its twin that stores the weights of `spans`, in elements, one after another.
fn same<N: Network, Apart: Network>(input: &[f32], spans: &[std::ops::Range<usize>]) {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    weights::seeded::<N>(7, &mut weights).expect("the length is right");
    let apart: Vec<f32> = spans.iter().flat_map(|span| &weights[span.clone()]).copied().collect();
    let (mut arena, mut arena_apart) = (vec![0.0; N::ARENA_LEN], vec![0.0; Apart::ARENA_LEN]);
    let mut rest = input;
    for (index, port) in N::INPUTS.iter().enumerate() {
        let (data, after) = rest.split_at(port.shape.elements() as usize);
        N::input_at(&mut arena, index).copy_from_slice(data);
        Apart::input_at(&mut arena_apart, index).copy_from_slice(data);
        rest = after;
    }
    let mut session = N::session(&weights).expect("the length is right");
    let mut rest = input;
    for (index, port) in N::INPUTS.iter().enumerate() {
        let (data, after) = rest.split_at(port.shape.elements() as usize);
        session.input_at(index).copy_from_slice(data);
        rest = after;
    }
    let validated = N::validate(&weights, &mut arena, |_| ()).expect("what is declared is run");
    let outputs = Apart::run(&apart, &mut arena_apart).expect("the lengths are right");
    session.run().expect("it runs");
    for index in 0..N::OUTPUTS.len() {
        let expected = outputs.get(index).expect("as many outputs");
        let found = validated.outputs.get(index).expect("as many outputs");
        assert!(expected.iter().zip(found).all(|(a, b)| (a - b).abs() < 1e-5), "{}: {expected:?} {found:?}", N::NAME);
        let found = session.output(index).expect("as many outputs");
        assert!(expected.iter().zip(found).all(|(a, b)| (a - b).abs() < 1e-4), "{}: {expected:?} {found:?}", N::NAME);
    }
    assert_eq!((N::MACS, N::FLOPS), (Apart::MACS, Apart::FLOPS), "{}", N::NAME);
    assert_eq!(N::COST.weight_bytes + N::COST.shared_weight_bytes, Apart::COST.weight_bytes, "{}", N::NAME);
    assert_eq!(N::COST.traffic, Apart::COST.traffic, "{}", N::NAME);
}

#[test]
fn each_reads_the_one_weight() {
    let input: Vec<f32> = (0..256).map(|i| (i * 37 % 64) as f32 / 32.0 - 1.0).collect();
    same::<Siamese, SiameseApart>(&input[..6], &[0..8, 0..8]);
    // `down`, `conv` with `norm`, `plain`.
    same::<Heads, HeadsApart>(&input, &[0..148, 148..304, 148..304, 304..452]);
    same::<TwoNorms, TwoNormsApart>(&input[..32], &[0..38, 38..42, 0..38, 42..46]);
    let cell = 3 * 5 * 3 + 3 * 5 * 5 + 2 * 3 * 5;
    same::<Steps, StepsApart>(&input[..12], &[0..cell, 0..cell, 0..cell, 0..cell]);
    same::<Tied, TiedApart>(&[0.0, 3.0, 10.0, 7.0, 7.0, 1.0], &[0..44, 0..44]);
    same::<Twice, TwiceApart>(&input[..32], &[0..38, 38..42, 0..38, 42..46, 0..38, 38..42, 0..38, 42..46]);
}

#[test]
fn a_shared_weight_is_counted_once() {
    assert_eq!((Siamese::PARAMS, Siamese::WEIGHTS_LEN, Siamese::WEIGHT_BYTES), (8, 8, 32));
    assert_eq!(Siamese::COST.shared_weight_bytes, 32);
    assert_eq!(Siamese::LAYERS.iter().map(|layer| layer.cost.params).collect::<Vec<_>>(), [8, 0, 0, 0, 0]);
    let names: Vec<String> = Siamese::PARAMS_TABLE.iter().map(|tensor| tensor.name.to_string()).collect();
    assert_eq!(names, ["twin.fc.weight", "twin.fc.bias"]);
    assert_eq!((Heads::PARAMS, HeadsApart::PARAMS), (148 + 148 + 8 + 148, 148 + 2 * (148 + 8) + 148));
    assert_eq!(Tied::PARAMS, 44);
    // Both are looked up and multiplied with in flash.
    assert_eq!(Tied::ARENA_BYTES, TiedApart::ARENA_BYTES);
}

/// With the normalisation folded, the convolution and it are one: the same in both places, so folded in both.
#[test]
fn a_shared_normalisation_is_folded_where_it_is_shared_alike() {
    assert_eq!(HeadsFused::WEIGHTS_LEN, Heads::WEIGHTS_LEN - 4);
    let input: Vec<f32> = (0..256).map(|i| (i * 37 % 64) as f32 / 32.0 - 1.0).collect();
    // The bias of `conv` becomes the normalisation's.
    same::<HeadsFused, HeadsFusedApart>(&input, &[0..148, 148..300, 148..300, 300..448]);
    assert!(TwoNorms::LAYERS.iter().all(|layer| matches!(layer.run, netcost::LayerRun::Kernel)));
}

#[network(fuse)]
fn HeadsFusedApart(x: Tensor<4, 8, 8>) -> (Tensor<4, 8, 8>, Tensor<4, 4, 4>, Tensor<4, 4, 4>) {
    let small = x.conv2d(4, 3, stride = 2, padding = 1);
    (head(x, name = "one"), head(small, name = "two"), small.conv2d(4, 3, padding = 1))
}

/// A file has each tensor once.
#[test]
fn a_file_has_a_shared_weight_once() {
    use safetensors::tensor::{Dtype, TensorView, serialize};
    let bytes = |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let (weight, bias) = (bytes(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), bytes(&[7.0, 8.0]));
    let view = |shape: &[usize], data| TensorView::new(Dtype::F32, shape.to_vec(), data).expect("the length is right");
    let tensors = [("twin.fc.weight", view(&[2, 3], &weight)), ("twin.fc.bias", view(&[2], &bias))];
    let file = serialize(tensors, None).expect("it can be written");
    let mut loaded = [0.0; Siamese::WEIGHTS_LEN];
    weights::load::<Siamese>(&file, &mut loaded).expect("it is the network's");
    assert_eq!(loaded, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    assert!(weights::fold::<Siamese>(&file).is_ok());
}

/// One convolution three times, one normalisation twice.
#[network]
fn Called(x: Tensor<3, 4, 4>) -> Tensor<5> {
    let x = x.conv2d(3, 3, padding = 1, name = "c").batch_norm(name = "b");
    let x = x.conv2d(3, 3, padding = 1, name = "c").batch_norm(name = "b");
    x.conv2d(3, 3, padding = 1, name = "c").flatten().linear(5, name = "fc")
}

/// The numbers that the tools print for it (thop 0.1.1, ptflops 0.7.5, fvcore 0.1.5, torchinfo 1.8.0, calflops 0.3.2,
/// torchstat 0.0.7 and PyTorch 2.15's FlopCounterMode): each call counts, each parameter once, and torchstat sees the
/// last call of a module.
#[test]
fn tools_count_calls_and_parameters_once() {
    let (thop, info, stat) = (Thop::of::<Called>(), Torchinfo::of::<Called>(), Torchstat::of::<Called>());
    assert_eq!((thop.macs, thop.params), (4512, 335));
    assert_eq!((Ptflops::of::<Called>().macs, PtflopsAten::of::<Called>().macs), (4469, 4277));
    assert_eq!(Fvcore::of::<Called>().flops, 4320);
    assert_eq!((info.mult_adds, info.params, info.output_bytes, info.params_bytes), (4289, 335, 1960, 1340));
    assert_eq!((Calflops::of::<Called>().flops, Calflops::of::<Called>().macs), (8592, 4128));
    assert_eq!((stat.flops, stat.madd, stat.memory, stat.params), (1680, 3259, 404, 335));
    assert_eq!((stat.mem_read, stat.mem_write), (528 + 216 + 1172, 192 + 192 + 20));
    assert_eq!(FlopCounter::of::<Called>().flops, 8256);
}

/// `Heads` as its folded file has it.
#[network]
fn HeadsPlain(x: Tensor<4, 8, 8>) -> (Tensor<4, 8, 8>, Tensor<4, 4, 4>, Tensor<4, 4, 4>) {
    let small = x.conv2d(4, 3, stride = 2, padding = 1, name = "down");
    let plain = small.conv2d(4, 3, padding = 1, name = "plain");
    (x.conv2d(4, 3, padding = 1, name = "conv").relu(), small.conv2d(4, 3, padding = 1, name = "conv").relu(), plain)
}

/// A file's normalisation is folded once into the convolution that it is shared with.
#[test]
fn a_shared_normalisation_of_a_file_is_folded_once() {
    use safetensors::tensor::{Dtype, TensorView, serialize};
    let numbers: Vec<u8> = (0..144).flat_map(|i| (((i * 37 % 64) as f32 + 1.0) / 65.0).to_le_bytes()).collect();
    let kernel = |name| (name, [4, 4, 3, 3].to_vec());
    let channels = |name| (name, [4].to_vec());
    let views = [
        kernel("down.weight"),
        channels("down.bias"),
        kernel("conv.weight"),
        channels("conv.bias"),
        channels("norm.weight"),
        channels("norm.bias"),
        channels("norm.running_mean"),
        channels("norm.running_var"),
        kernel("plain.weight"),
        channels("plain.bias"),
    ]
    .map(|(name, shape): (&str, Vec<usize>)| {
        let data = &numbers[..4 * shape.iter().product::<usize>()];
        (name, TensorView::new(Dtype::F32, shape, data).expect("the length is right"))
    });
    let trained = serialize(views, None).expect("it can be written");
    let folded = weights::fold::<Heads>(&trained).expect("it is the network's");
    let (mut before, mut after) = ([0.0; Heads::WEIGHTS_LEN], [0.0; HeadsPlain::WEIGHTS_LEN]);
    weights::load::<Heads>(&trained, &mut before).expect("it is the network's");
    weights::load::<HeadsPlain>(&folded, &mut after).expect("the folded file is the plain network's");
    let (mut arena, mut plain_arena) = ([0.5; Heads::ARENA_LEN], [0.5; HeadsPlain::ARENA_LEN]);
    let expected = Heads::run(&before, &mut arena).expect("it runs");
    let found = HeadsPlain::run(&after, &mut plain_arena).expect("it runs");
    for index in 0..3 {
        let (a, b) = (expected.get(index).expect("an output"), found.get(index).expect("an output"));
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-4 * a.abs()), "{a:?} {b:?}");
    }
}
