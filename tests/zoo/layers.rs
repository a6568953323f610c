//! Networks layer by layer against `tests/facts`: each operator, its output, multiply-accumulates and parameters, and the
//! names and shapes of the state dict.

use std::collections::BTreeSet;

use netcost::{Layer, Network, Shape};
use netcost_zoo::*;

/// A row of a file in `tests/facts`.
pub(crate) struct Row {
    pub name: &'static str,
    pub operator: &'static str,
    output: &'static str,
    macs: u64,
    params: u64,
    pub state: Vec<(&'static str, &'static str)>,
}

pub(crate) fn rows(facts: &'static str) -> Vec<Row> {
    let row = |line: &'static str| {
        let mut words = line.split(' ');
        let mut next = || words.next().expect("a row has five words");
        Row {
            name: next(),
            operator: next(),
            output: next(),
            macs: next().parse().expect("MACs"),
            params: next().parse().expect("parameters"),
            state: words.map(|entry| entry.split_once(':').expect("a name and extents")).collect(),
        }
    };
    facts.lines().map(row).collect()
}

/// Layers that the facts leave out: those that move data or do nothing, and sources of what PyTorch computes once.
fn is_listed(layer: &Layer) -> bool {
    const LEFT_OUT: [&str; 10] =
        ["flatten", "dropout", "reshape", "transpose", "chunk", "split", "pad2d", "iota", "constant", "identity"];
    !LEFT_OUT.contains(&layer.operator) && !layer.name.as_str().contains(".anchors.")
}

pub fn extents(shape: &Shape) -> String {
    shape.dims().map(|extent| extent.to_string()).collect::<Vec<_>>().join("x")
}

/// Every layer's operator, output, multiply-accumulates and parameters, in the order of execution, and their sums.
fn check_layers<N: Network>(facts: &'static str) {
    let mut layers = N::LAYERS.iter().filter(|layer| is_listed(layer));
    for row in rows(facts) {
        let layer = layers.next().expect("the network has all of PyTorch's layers");
        let found = (layer.operator, extents(&layer.output), layer.cost.macs, layer.cost.params);
        assert_eq!(found, (row.operator, row.output.to_owned(), row.macs, row.params), "{} {}", N::NAME, row.name);
    }
    assert!(layers.next().is_none(), "{} has more layers than PyTorch's", N::NAME);
    assert_eq!(N::LAYERS.iter().map(|layer| layer.cost.macs).sum::<u64>(), N::MACS, "{}", N::NAME);
    assert_eq!(N::LAYERS.iter().map(|layer| layer.cost.params).sum::<u64>(), N::PARAMS, "{}", N::NAME);
}

/// The learned entries of PyTorch's state dict; a normalisation's under the names they have in the run.
fn state(facts: &'static str) -> impl Iterator<Item = (String, String)> {
    rows(facts).into_iter().flat_map(|row| {
        row.state.into_iter().map(move |(entry, extents)| {
            let entry = match (row.operator, entry) {
                ("batch_norm", "weight") => "scale",
                ("batch_norm", "bias") => "shift",
                (_, entry) => entry,
            };
            (format!("{}.{entry}", row.name), extents.to_owned())
        })
    })
}

fn parameters<N: Network>() -> impl Iterator<Item = (String, String)> {
    N::PARAMS_TABLE.iter().map(|row| (row.name.to_string(), extents(&row.shape)))
}

/// The parameters have PyTorch's names and shapes, so that its state dict loads unchanged.
fn check_state<N: Network>(facts: &'static str) {
    let (expected, found): (BTreeSet<_>, BTreeSet<_>) = (state(facts).collect(), parameters::<N>().collect());
    assert!(expected == found, "{}: {:?}", N::NAME, expected.symmetric_difference(&found).collect::<Vec<_>>());
    assert_eq!(N::PARAMS_TABLE.len(), found.len(), "{}", N::NAME);
}

/// One test per network, by the name of its facts.
macro_rules! networks {
    ($($name:ident: $Network:ty;)*) => {
        $(
            #[test]
            fn $name() {
                let facts = include_str!(concat!("../facts/", stringify!($name), ".txt"));
                check_layers::<$Network>(facts);
                check_state::<$Network>(facts);
            }
        )*
    };
}

networks! {
    lenet5: LeNet5;
    alexnet: AlexNet<224, 224>;
    vgg16: Vgg16<224, 224>;
    resnet18: ResNet18<224>;
    resnet50: ResNet50<224>;
    resnet152: ResNet152<224>;
    densenet121: DenseNet121<224>;
    densenet201: DenseNet201<224>;
    squeezenet: SqueezeNet<224, 224>;
    mobilenet_v1: MobileNetV1<224, 100>;
    mobilenet_v2: MobileNetV2<224>;
    mobilenet_v2_wide: MobileNetV2Wide<224>;
    mobilenet_v3_small: MobileNetV3Small<224>;
    efficientnet_b0: EfficientNetB0<224>;
    yolo11n: Yolo11n<640>;
    dcgan_generator: DcganGenerator;
    ds_cnn: DsCnn;
    visual_wake_words: VisualWakeWords;
    resnet8: ResNet8;
    autoencoder: Autoencoder;
}

/// The width changes shapes, but no names.
#[test]
fn names_do_not_depend_on_the_width() {
    fn names<N: Network>() -> impl Iterator<Item = String> {
        parameters::<N>().map(|(name, _)| name)
    }
    assert!(names::<MobileNetV2Narrow<96>>().eq(names::<MobileNetV2<224>>()));
    assert!(names::<MobileNetV1<128, 25>>().eq(names::<MobileNetV1<224, 100>>()));
}
