//! Normalisations folded into the weight file: the network without them has the outputs of the network with them.

use netcost::prelude::*;
use netcost::weights::{LoadError, fold, load};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// A normalisation, or what is left of it when folded.
#[block]
fn norm(x: Tensor, folded: bool, affine: bool) -> Tensor {
    if folded { x } else { x.batch_norm(eps = 1e-3, affine = affine) }
}

/// After the input and after an activation, where nothing absorbs a normalisation; after convolutions with and without a
/// bias, dense and grouped; without learned numbers; after a convolution that is read twice; after a linear layer along
/// the features, and along another axis.
#[block]
fn net(x: Tensor, folded: bool) -> Tensor {
    let x = x.batch_norm();
    let x = norm(x.conv2d(4, 3, bias = folded), folded, true).relu();
    let x = norm(x.conv2d(4, 3, groups = 2), folded, false).relu().batch_norm();
    let twice = x.conv2d(4, 1, bias = false);
    let x = twice + twice.batch_norm();
    let x = x.reshape([4, 4]).linear(4, bias = false).batch_norm().flatten();
    norm(x.linear(5), folded, true).relu().linear(3)
}

#[network]
fn Trained(x: Tensor<2, 6, 6>) -> Tensor<3> {
    net(x, false)
}

#[network]
fn Folded(x: Tensor<2, 6, 6>) -> Tensor<3> {
    net(x, true)
}

/// The same, named: in scopes, and within them by index.
#[network]
fn NamedTrained(x: Tensor<2, 6, 6>) -> Tensor<3> {
    net(x, false, name = "net").identity(name = "out")
}

#[network]
fn NamedFolded(x: Tensor<2, 6, 6>) -> Tensor<3> {
    net(x, true, name = "net").identity(name = "out")
}

/// The name and the shape of a tensor.
type Entry = (&'static str, &'static [usize]);

/// The layers of `Trained` that have tensors, by index, with the tensors' names and shapes.
const LAYERS: &[(usize, &[Entry])] = &[
    (0, &[("weight", &[2]), ("bias", &[2]), ("running_mean", &[2]), ("running_var", &[2])]),
    (1, &[("weight", &[4, 2, 3, 3])]),
    (2, &[("weight", &[4]), ("bias", &[4]), ("running_mean", &[4]), ("running_var", &[4])]),
    (4, &[("weight", &[4, 2, 3, 3]), ("bias", &[4])]),
    (5, &[("running_mean", &[4]), ("running_var", &[4])]),
    (7, &[("weight", &[4]), ("bias", &[4]), ("running_mean", &[4]), ("running_var", &[4])]),
    (8, &[("weight", &[4, 4, 1, 1])]),
    (9, &[("weight", &[4]), ("bias", &[4]), ("running_mean", &[4]), ("running_var", &[4])]),
    (12, &[("weight", &[4, 4])]),
    (13, &[("weight", &[4]), ("bias", &[4]), ("running_mean", &[4]), ("running_var", &[4])]),
    (15, &[("weight", &[5, 16]), ("bias", &[5])]),
    (16, &[("weight", &[5]), ("bias", &[5]), ("running_mean", &[5]), ("running_var", &[5])]),
    (18, &[("weight", &[3, 5]), ("bias", &[3])]),
];

/// A file of `Trained`, with layers named by `name`.
fn file(name: impl Fn(usize) -> String) -> Vec<u8> {
    file_of(LAYERS, name)
}

/// A file of these layers, with the counters that PyTorch stores.
fn file_of(layers: &[(usize, &[Entry])], name: impl Fn(usize) -> String) -> Vec<u8> {
    let mut state = 1u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32
    };
    let mut tensors = Vec::new();
    for (layer, entries) in layers {
        for (entry, shape) in *entries {
            let len: usize = shape.iter().product();
            // Variances are positive.
            let offset = if *entry == "running_var" { 0.1 } else { -0.5 };
            let data: Vec<u8> = (0..len).flat_map(|_| (random() + offset).to_le_bytes()).collect();
            tensors.push((format!("{}.{entry}", name(*layer)), Dtype::F32, shape.to_vec(), data));
        }
        if entries.iter().any(|(entry, _)| *entry == "running_var") {
            let counter = format!("{}.num_batches_tracked", name(*layer));
            tensors.push((counter, Dtype::I64, vec![], 9i64.to_le_bytes().to_vec()));
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, data)| {
        (name, TensorView::new(*dtype, shape.clone(), data).expect("the shape is that of the data"))
    });
    serialize(views, Some([("format".to_owned(), "pt".to_owned())].into())).expect("tensors serialize")
}

fn outputs<N: Network>(file: &[u8]) -> Vec<f32> {
    let (mut weights, mut arena) = (vec![0.0; N::WEIGHTS_LEN], vec![0.0; N::ARENA_LEN]);
    load::<N>(file, &mut weights).unwrap();
    for (i, value) in N::input(&mut arena).iter_mut().enumerate() {
        *value = (i as f32 * 0.7).sin();
    }
    N::run(&weights, &mut arena).unwrap().to_vec()
}

fn names(file: &[u8]) -> Vec<String> {
    let parsed = SafeTensors::deserialize(file).expect("it is a safetensors file");
    let mut names: Vec<String> = parsed.names().into_iter().map(str::to_owned).collect();
    names.sort_by(|a, b| netcost::weights::natural_order(a, b));
    names
}

fn assert_close(expected: &[f32], found: &[f32]) {
    let largest = expected.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
    assert!(largest > 0.01, "the outputs are worth comparing: {expected:?}");
    for (expected, found) in expected.iter().zip(found) {
        assert!((expected - found).abs() <= 1e-5 * largest, "{expected} and {found}");
    }
}

#[test]
fn outputs_stay_and_layers_get_the_indices_they_have_without_normalisations() {
    let trained = file(|layer| layer.to_string());
    let folded = fold::<Trained>(&trained).unwrap();
    assert_close(&outputs::<Trained>(&trained), &outputs::<Folded>(&folded));
    let convolutions: Vec<_> = names(&folded).into_iter().filter(|name| name.ends_with(".weight")).collect();
    assert_eq!(
        convolutions,
        [
            "0.weight",
            "1.weight",
            "3.weight",
            "5.weight",
            "6.weight",
            "7.weight",
            "10.weight",
            "11.weight",
            "13.weight",
            "15.weight"
        ]
    );
    // The counters of the normalisations that stay, and the file's metadata.
    let counters: Vec<_> = names(&folded).into_iter().filter(|name| name.ends_with("num_batches_tracked")).collect();
    assert_eq!(counters, ["0", "5", "7", "11"].map(|layer| format!("{layer}.num_batches_tracked")));
    let (_, metadata) = SafeTensors::read_metadata(&folded).unwrap();
    assert_eq!(metadata.metadata().as_ref().and_then(|data| data.get("format")).map(String::as_str), Some("pt"));
}

#[test]
fn a_transposed_convolution_has_its_output_channels_behind_those_of_its_input() {
    #[network]
    fn Trained(x: Tensor<2, 6, 6>) -> Tensor<6, 12, 12> {
        norm(x.conv_transpose2d(6, 2, stride = 2, groups = 2), false, true)
    }
    #[network]
    fn Folded(x: Tensor<2, 6, 6>) -> Tensor<6, 12, 12> {
        norm(x.conv_transpose2d(6, 2, stride = 2, groups = 2), true, true)
    }
    let layers: &[(usize, &[Entry])] = &[
        (0, &[("weight", &[2, 3, 2, 2]), ("bias", &[6])]),
        (1, &[("weight", &[6]), ("bias", &[6]), ("running_mean", &[6]), ("running_var", &[6])]),
    ];
    let trained = file_of(layers, |layer| layer.to_string());
    assert_close(&outputs::<Trained>(&trained), &outputs::<Folded>(&fold::<Trained>(&trained).unwrap()));
}

#[test]
fn scopes_keep_their_names() {
    let trained = file(|layer| format!("net.{layer}"));
    let folded = fold::<NamedTrained>(&trained).unwrap();
    assert_close(&outputs::<NamedTrained>(&trained), &outputs::<NamedFolded>(&folded));
    assert!(names(&folded).contains(&"net.15.bias".to_owned()));
}

#[test]
fn a_file_that_is_matched_in_order_keeps_its_names() {
    let trained = file(|layer| format!("features.{}", 3 * layer));
    let folded = fold::<Trained>(&trained).unwrap();
    assert_close(&outputs::<Trained>(&trained), &outputs::<Folded>(&folded));
    assert!(names(&folded).iter().all(|name| names(&trained).contains(name) || name == "features.3.bias"));
}

#[test]
fn a_folded_network_can_be_folded_as_well() {
    #[network(fuse)]
    fn Fused(x: Tensor<2, 6, 6>) -> Tensor<3> {
        net(x, false)
    }
    let trained = file(|layer| layer.to_string());
    assert_eq!(fold::<Fused>(&trained), fold::<Trained>(&trained));
    assert_close(&outputs::<Fused>(&trained), &outputs::<Folded>(&fold::<Fused>(&trained).unwrap()));
}

#[test]
fn a_wrong_file_is_refused_as_it_is_by_load() {
    assert!(matches!(fold::<Trained>(b"no weights"), Err(LoadError::File(_))));
    let other = fold::<NamedTrained>(&file(|layer| layer.to_string()));
    assert!(matches!(other, Err(LoadError::Network(_))));
    let mut negative = file(|layer| layer.to_string());
    let parsed = SafeTensors::deserialize(&negative).unwrap();
    let at = parsed.tensor("16.running_var").unwrap().data().as_ptr() as usize - negative.as_ptr() as usize;
    negative[at + 4..at + 8].copy_from_slice(&(-1.0f32).to_le_bytes());
    let expected = LoadError::Normalisation { layer: "16".to_owned(), channel: 1 };
    assert_eq!(fold::<Trained>(&negative), Err(expected));
}

#[test]
fn an_index_that_becomes_a_name_is_told() {
    #[network]
    fn Counted(x: Tensor<2, 1, 1>) -> Tensor<2, 1, 1> {
        let x = x.conv2d(2, 1, bias = false).batch_norm(affine = false);
        x.conv2d(2, 1, bias = false, name = "2").conv2d(2, 1, bias = false)
    }
    let numbers = [1.0f32; 4].map(f32::to_le_bytes).concat();
    let views = [
        ("0.weight", vec![2, 2, 1, 1]),
        ("1.running_mean", vec![2]),
        ("1.running_var", vec![2]),
        ("2.weight", vec![2, 2, 1, 1]),
        ("3.weight", vec![2, 2, 1, 1]),
    ]
    .map(|(name, shape)| {
        let len = 4 * shape.iter().product::<usize>();
        (name, TensorView::new(Dtype::F32, shape, &numbers[..len]).expect("the shape is that of the data"))
    });
    let error = fold::<Counted>(&serialize(views, None).expect("tensors serialize")).unwrap_err();
    assert!(error.to_string().starts_with("two layers would have the tensor `2.weight`"), "{error}");
}

#[test]
fn a_recurrent_layer_behind_a_normalisation_has_the_index_before_it() {
    #[network]
    fn Trained(x: Tensor<2, 6>) -> Tensor<4, 3> {
        let (x, _) = norm(x.conv1d(4, 3), false, true).transpose(0, 1).gru(5, bidirectional = true, bias = false);
        x.linear(3)
    }
    #[network]
    fn Folded(x: Tensor<2, 6>) -> Tensor<4, 3> {
        let (x, _) = norm(x.conv1d(4, 3), true, true).transpose(0, 1).gru(5, bidirectional = true, bias = false);
        x.linear(3)
    }
    let gates: &[Entry] = &[
        ("weight_ih_l0", &[15, 4]),
        ("weight_hh_l0", &[15, 5]),
        ("weight_ih_l0_reverse", &[15, 4]),
        ("weight_hh_l0_reverse", &[15, 5]),
    ];
    let layers: &[(usize, &[Entry])] = &[
        (0, &[("weight", &[4, 2, 3]), ("bias", &[4])]),
        (1, &[("weight", &[4]), ("bias", &[4]), ("running_mean", &[4]), ("running_var", &[4])]),
        (3, gates),
        (4, &[("weight", &[3, 10]), ("bias", &[3])]),
    ];
    let trained = file_of(layers, |layer| layer.to_string());
    let folded = fold::<Trained>(&trained).unwrap();
    assert_close(&outputs::<Trained>(&trained), &outputs::<Folded>(&folded));
    assert!(names(&folded).contains(&"2.weight_hh_l0_reverse".to_owned()));
    // In a file matched in order, the tensors of one layer are adjacent.
    let ordered = file_of(layers, |layer| format!("net.{}", 2 * layer));
    assert_eq!(outputs::<Trained>(&ordered), outputs::<Trained>(&trained));
}
