//! Weights: from a file at compile time and at run time, seeded ones, and every way a file can be wrong.

use netcost::prelude::*;
use netcost::weights::{LoadError, load, natural_order, seeded};
use safetensors::tensor::{Dtype, TensorView, serialize};

#[network]
fn Small(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(2, 1).batch_norm(eps = 0.25).relu().flatten().linear(3, bias = false)
}

/// The same, folded.
#[network(fuse)]
fn Folded(x: Tensor<2, 4, 4>) -> Tensor<3> {
    Small(x)
}

#[network]
fn Named(x: Tensor<2>) -> Tensor<2> {
    let x = x.linear(2, name = "first");
    x.relu().linear(2, bias = false, name = "second")
}

type Tensors<'a> = Vec<(&'a str, Vec<usize>, Vec<f32>)>;

/// A safetensors file.
fn file(tensors: &Tensors<'_>) -> Vec<u8> {
    let bytes: Vec<Vec<u8>> =
        tensors.iter().map(|(_, _, data)| data.iter().flat_map(|value| value.to_le_bytes()).collect()).collect();
    let views = tensors.iter().zip(&bytes).map(|((name, shape, _), bytes)| {
        (*name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("the shape is that of the data"))
    });
    serialize(views, None).expect("tensors serialize")
}

fn small() -> Tensors<'static> {
    vec![
        ("0.weight", vec![2, 2, 1, 1], vec![1.0, 2.0, 3.0, 4.0]),
        ("0.bias", vec![2], vec![0.5, -0.5]),
        ("1.weight", vec![2], vec![2.0, 3.0]),
        ("1.bias", vec![2], vec![10.0, 20.0]),
        ("1.running_mean", vec![2], vec![1.0, 2.0]),
        ("1.running_var", vec![2], vec![3.75, 0.0]),
        ("4.weight", vec![3, 32], (0..96).map(|i| i as f32).collect()),
    ]
}

fn error<N: Network>(bytes: &[u8]) -> LoadError {
    let mut weights = vec![7.0; N::WEIGHTS_LEN];
    let error = load::<N>(bytes, &mut weights).expect_err("the file is wrong");
    assert!(weights.iter().all(|&weight| weight == 7.0), "nothing is written");
    error
}

#[test]
fn a_normalisation_becomes_a_scale_and_a_shift() {
    let mut weights = [0.0; Small::WEIGHTS_LEN];
    load::<Small>(&file(&small()), &mut weights).unwrap();
    // scale = weight / √(var + eps): 2 / √4, 3 / √0.25; shift = bias − mean · scale.
    assert_eq!(weights[..10], [1.0, 2.0, 3.0, 4.0, 0.5, -0.5, 1.0, 6.0, 9.0, 8.0]);
    assert_eq!(weights[10..], (0..96).map(|i| i as f32).collect::<Vec<_>>());
}

#[test]
fn a_folded_normalisation_takes_the_bias_into_its_shift() {
    let mut weights = [0.0; Folded::WEIGHTS_LEN];
    load::<Folded>(&file(&small()), &mut weights).unwrap();
    assert_eq!(weights[..8], [1.0, 2.0, 3.0, 4.0, 1.0, 6.0, 9.5, 5.0]);
    assert_eq!(Folded::WEIGHTS_LEN, Small::WEIGHTS_LEN - 2);

    let mut unfolded = [0.0; Small::WEIGHTS_LEN];
    load::<Small>(&file(&small()), &mut unfolded).unwrap();
    let (mut arena, mut folded_arena) = ([0.0; Small::ARENA_LEN], [0.0; Folded::ARENA_LEN]);
    for (i, (a, b)) in Small::input(&mut arena).iter_mut().zip(Folded::input(&mut folded_arena)).enumerate() {
        (*a, *b) = (i as f32 / 8.0, i as f32 / 8.0);
    }
    let expected = Small::run(&unfolded, &mut arena).unwrap();
    let found = Folded::run(&weights, &mut folded_arena).unwrap();
    for (expected, found) in expected.iter().zip(found.iter()) {
        assert!((expected - found).abs() <= 1e-5 * expected.abs(), "{expected} and {found}");
    }
}

#[test]
fn the_table_tells_where_each_weight_lies() {
    let rows: Vec<_> =
        Folded::PARAMS_TABLE.iter().map(|row| (row.name.to_string(), row.shape.to_string(), row.offset)).collect();
    let expected = [("0.weight", "2×2×1×1", 0), ("1.scale", "2", 4), ("1.shift", "2", 6), ("4.weight", "3×32", 8)];
    assert_eq!(rows, expected.map(|(name, shape, offset)| (name.to_owned(), shape.to_owned(), offset)));
}

#[test]
fn counters_of_batches_are_passed_over() {
    let mut tensors = small();
    tensors.push(("1.num_batches_tracked", vec![1], vec![3.0]));
    load::<Small>(&file(&tensors), &mut [0.0; Small::WEIGHTS_LEN]).unwrap();
}

#[test]
fn a_network_without_names_is_matched_in_order() {
    let mut tensors = small();
    for ((name, ..), other) in tensors.iter_mut().zip([
        "features.2.weight",
        "features.2.bias",
        "features.10.weight",
        "features.10.bias",
        "features.10.running_mean",
        "features.10.running_var",
        "head.weight",
    ]) {
        *name = other;
    }
    let (mut by_index, mut in_order) = ([0.0; Small::WEIGHTS_LEN], [0.0; Small::WEIGHTS_LEN]);
    load::<Small>(&file(&small()), &mut by_index).unwrap();
    load::<Small>(&file(&tensors), &mut in_order).unwrap();
    assert_eq!(by_index, in_order);
}

#[test]
fn a_tensor_is_taken_once_in_order() {
    #[network]
    fn Equal(x: Tensor<2>) -> Tensor<2> {
        x.linear(2, bias = false).relu().linear(2, bias = false)
    }
    // The module `a` is one layer: its weight cannot also be the next layer's.
    let tensors = vec![("a.bias", vec![2], vec![0.0; 2]), ("a.weight", vec![2, 2], vec![0.0; 4])];
    let text = error::<Equal>(&file(&tensors)).to_string();
    assert!(text.starts_with("the file's weights are not those of `Equal`: its tensor `a.bias` is not of"), "{text}");
}

#[test]
fn names_compare_as_people_count() {
    let mut names = ["layer.10.a", "layer.2.b", "layer.2.a", "b", "layer.02.a", "a"];
    names.sort_by(|a, b| natural_order(a, b));
    assert_eq!(names[..2], ["a", "b"]);
    assert_eq!(names[4..], ["layer.2.b", "layer.10.a"]);
}

#[test]
fn a_named_network_is_matched_by_name_only() {
    let tensors = vec![
        ("0.weight", vec![2, 2], vec![0.0; 4]),
        ("0.bias", vec![2], vec![0.0; 2]),
        ("2.weight", vec![2, 2], vec![0.0; 4]),
    ];
    let text = error::<Named>(&file(&tensors)).to_string();
    assert_eq!(text, "the file's weights are not those of `Named`: it has no tensor `first.weight`");
}

#[test]
fn a_file_that_is_none_is_refused() {
    assert!(matches!(error::<Small>(b""), LoadError::File(_)));
    assert!(matches!(error::<Small>(b"this is not a safetensors file"), LoadError::File(_)));
    assert!(matches!(error::<Small>(&u64::MAX.to_le_bytes()), LoadError::File(_)));
    let bytes = file(&small());
    for len in [7, 8, 100, bytes.len() - 1] {
        assert!(matches!(error::<Small>(&bytes[..len]), LoadError::File(_)), "cut to {len} bytes");
    }
}

#[test]
fn a_missing_tensor_is_named() {
    let mut tensors = small();
    tensors.remove(4);
    let text = error::<Small>(&file(&tensors)).to_string();
    assert_eq!(text, "the file's weights are not those of `Small`: it has no tensor `1.running_mean`");
}

#[test]
fn a_misshapen_tensor_is_named_with_both_shapes() {
    let mut tensors = small();
    tensors[6].1 = vec![32, 3];
    let text = error::<Small>(&file(&tensors)).to_string();
    assert_eq!(
        text,
        "the file's weights are not those of `Small`: its tensor `4.weight` is 32×3, and the network's `4.weight` is 3×32"
    );
}

#[test]
fn a_foreign_tensor_is_named() {
    let mut tensors = small();
    tensors.push(("5.weight", vec![1], vec![1.0]));
    let text = error::<Small>(&file(&tensors)).to_string();
    assert_eq!(text, "the file's weights are not those of `Small`: its tensor `5.weight` is not of this network");
}

#[test]
fn two_tensors_of_one_name_are_told() {
    #[network]
    fn Twins(x: Tensor<2>) -> Tensor<2, 2> {
        parameter([2, 2], name = "same.weight") * x.linear(2, bias = false, name = "same")
    }
    let text = error::<Twins>(&file(&vec![("same.weight", vec![2, 2], vec![0.0; 4])])).to_string();
    assert_eq!(
        text,
        "the file's weights are not those of `Twins`: two layers of the network take its tensor `same.weight`; give \
         each a name of its own"
    );
}

#[test]
fn numbers_that_are_none_are_named_with_their_place() {
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut tensors = small();
        tensors[6].2[40] = value;
        let expected = LoadError::NotFinite { tensor: "4.weight".to_owned(), element: 40, shape: vec![3, 32] };
        assert_eq!(error::<Small>(&file(&tensors)), expected);
    }
}

#[test]
fn a_normalisation_without_a_finite_scale_is_named() {
    let expected = LoadError::Normalisation { layer: "1".to_owned(), channel: 1 };
    let mut tensors = small();
    tensors[5].2[1] = -1.0;
    assert_eq!(error::<Small>(&file(&tensors)), expected, "its variance is negative");
    let mut tensors = small();
    tensors[2].2[1] = f32::MAX;
    assert_eq!(error::<Small>(&file(&tensors)), expected, "its scale overflows");
}

#[test]
fn another_type_is_refused() {
    let data = [0; 8];
    let view = TensorView::new(Dtype::F16, vec![2, 2], &data).unwrap();
    let bytes = serialize([("0.weight", view)], None).unwrap();
    let text = error::<Small>(&bytes).to_string();
    assert_eq!(text, "the file's tensor `0.weight` is F16: only F32 is read");
}

#[test]
fn a_slice_of_another_length_is_refused() {
    let found = load::<Small>(&file(&small()), &mut [0.0; 3]);
    assert_eq!(found, Err(LoadError::Length { expected: Small::WEIGHTS_LEN, found: 3 }));
}

#[test]
fn compile_time_and_run_time_read_the_same_numbers() {
    #[network(fuse)]
    fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
        let x = x.conv2d(16, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2);
        let x = x.conv2d(32, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2);
        x.flatten().linear(10)
    }

    static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "examples/digits/weights.safetensors");
    let mut loaded = [0.0; Digits::WEIGHTS_LEN];
    load::<Digits>(include_bytes!("../examples/digits/weights.safetensors"), &mut loaded).unwrap();
    assert_eq!(WEIGHTS, loaded);

    use netcost as renamed;
    static RENAMED: [f32; Digits::WEIGHTS_LEN] =
        renamed::weights!(Digits, "examples/digits/weights.safetensors", crate = renamed);
    assert_eq!(RENAMED, loaded);
}

#[test]
fn seeded_weights_are_those_of_their_seed() {
    let (mut a, mut b) = ([0.0; Small::WEIGHTS_LEN], [0.0; Small::WEIGHTS_LEN]);
    seeded::<Small>(1, &mut a).unwrap();
    seeded::<Small>(1, &mut b).unwrap();
    assert_eq!(a, b);
    seeded::<Small>(2, &mut b).unwrap();
    assert_ne!(a, b);
    assert!(a.iter().all(|weight| weight.is_finite()));
    assert!(a[6..8].iter().all(|&scale| (0.5..1.5).contains(&scale)), "scales are about one");
    assert!(seeded::<Small>(1, &mut [0.0; 5]).is_err());
}

#[network]
fn Encoder(words: Tensor<4>) -> Tensor<4, 3> {
    let x = words.embedding(5, 2, name = "words");
    let (x, _) = x.lstm(3, num_layers = 2, bidirectional = true, proj_size = 2, name = "encoder");
    x.linear(3, bias = false, name = "tags")
}

#[test]
fn a_recurrent_layer_has_many_tensors() {
    static WEIGHTS: [f32; Encoder::WEIGHTS_LEN] =
        netcost::weights!(Encoder, "tests/fixtures/weights/recurrent.safetensors");
    let mut weights = [0.0; Encoder::WEIGHTS_LEN];
    load::<Encoder>(include_bytes!("fixtures/weights/recurrent.safetensors"), &mut weights).unwrap();
    assert_eq!(weights, WEIGHTS);
    // The first number of each tensor: the embedding's, each layer's forward and backward, and the linear layer's.
    let firsts = Encoder::PARAMS_TABLE.iter().map(|row| weights[row.offset as usize]);
    let layers = [0.3, 0.4, 0.5, 0.6].map(|first| [0, 1, 2, 3, 4].map(|i| first + 0.01 * i as f32));
    let expected = [0.1].into_iter().chain(layers.into_iter().flatten()).chain([0.2]);
    for (found, expected) in firsts.zip(expected) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }
    assert_eq!(Encoder::PARAMS_TABLE[13].name.as_str(), "encoder.bias_ih_l1");
}

#[test]
fn seeded_gates_have_small_biases() {
    let mut weights = [0.0; Encoder::WEIGHTS_LEN];
    seeded::<Encoder>(1, &mut weights).unwrap();
    for row in Encoder::PARAMS_TABLE {
        let largest = if row.name.as_str().contains("bias") { 0.1 } else { (6.0f32 / row.shape.dim(1) as f32).sqrt() };
        let numbers = &weights[row.offset as usize..][..row.shape.elements() as usize];
        assert!(numbers.iter().all(|number| number.abs() <= largest), "{}", row.name);
    }
}
