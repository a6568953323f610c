//! The numbers of other tools beside netcost's own: prints `docs/conventions.md`, whose numbers are all constants of the
//! networks here and in the zoo.
//!
//! `cargo run --release --example conventions > docs/conventions.md`

use std::fmt::Write;

use netcost::conventions::*;
use netcost::prelude::*;
use netcost::{Cost, Grouped};
use netcost_zoo::*;

fn main() {
    print!("{}", page());
}

/// The page.
pub fn page() -> String {
    let mut out = String::from(INTRODUCTION);
    table(
        &mut out,
        [
            "network",
            "netcost, MACs",
            "thop",
            "ultralytics-thop",
            "ptflops",
            "ptflops, aten",
            "fvcore",
            "torchstat, Flops",
            "torchinfo",
            "calflops, MACs",
        ],
        networks().map(|row| row.macs),
    );
    out.push_str(FLOPS);
    table(
        &mut out,
        [
            "network",
            "netcost, FLOPs",
            "2n",
            "2n − 1",
            "Molchanov",
            "FlopCounterMode",
            "calflops, FLOPs",
            "torchstat, MAdd",
        ],
        networks().map(|row| row.flops),
    );
    out.push_str(MEMORY);
    table(
        &mut out,
        [
            "network",
            "netcost, params",
            "thop, params",
            "netcost, traffic [B]",
            "torchstat, read + write [B]",
            "torchinfo, outputs [B]",
            "Hollemans, accesses",
        ],
        networks().map(|row| row.memory),
    );
    out.push_str(LAYERS);
    table(
        &mut out,
        [
            "layer",
            "netcost, MACs",
            "netcost, FLOPs",
            "thop",
            "ultralytics-thop",
            "ptflops",
            "ptflops, aten",
            "fvcore",
            "torchstat",
            "torchinfo",
            "calflops",
            "FlopCounterMode",
        ],
        layers().map(|(row, _)| row),
    );
    out.push('\n');
    for ([name, ..], sentence) in layers() {
        writeln!(out, "- **{name}**: {sentence}").unwrap();
    }
    out.push_str(MISSED);
    for (tool, operators) in missed() {
        writeln!(out, "- **{tool}**: {}.", operators.join(", ")).unwrap();
    }
    out
}

const INTRODUCTION: &str = "\
# What other tools count

The same network has other numbers in other tools. Here they are side by side: netcost's own, and those of its conventions,
which the documentation of `netcost::conventions` defines and `tests/conventions` holds against the tools themselves, layer
by layer and network by network. `cargo run --release --example conventions` prints this page.

Where there is no number, the tool fails on the network. Where the Python of a network is written otherwise than a convention takes
it, the tool prints something else; the documentation of the module says which spelling is meant.

## Multiply-accumulates

What each tool calls MACs or, as fvcore and torchstat do, FLOPs.

";

const FLOPS: &str = "
## Operations

About twice the multiply-accumulates. netcost's FLOPs are all floating-point operations; the rules 2n, 2n − 1 and
Molchanov's are of dot products alone.

";

const MEMORY: &str = "
## Parameters and memory

netcost's traffic is of each operand moved once. torchstat's reads and writes are those of the layers that it knows;
torchinfo's outputs are twice those of layers with parameters; Hollemans' accesses are elements, without batch norms,
which he folds, and without transposed convolutions.

";

const LAYERS: &str = "
## Layer by layer

One layer of each kind, on a small tensor: what it costs, and what the tools' first number is.

";

const MISSED: &str = "
## What each tool counts as zero

Operators of the networks above that compute something and are nothing in the tool's first number.

";

fn number(number: u64) -> String {
    Grouped(number).to_string()
}

/// A number of a tool's, or a dash.
fn of<C: Convention, N: Network>(pick: impl Fn(C::Count) -> u64) -> String {
    C::count::<N>().map_or_else(|_| "fails".to_owned(), |count| number(pick(count)))
}

fn table<const C: usize>(out: &mut String, headings: [&str; C], rows: impl IntoIterator<Item = [String; C]>) {
    writeln!(out, "| {} |", headings.join(" | ")).unwrap();
    writeln!(out, "|:--|{}", "--:|".repeat(C - 1)).unwrap();
    for row in rows {
        writeln!(out, "| {} |", row.join(" | ")).unwrap();
    }
}

struct Row {
    macs: [String; 10],
    flops: [String; 8],
    memory: [String; 7],
}

fn row<N: Network>() -> Row {
    let name = || {
        let inputs: Vec<String> = N::INPUTS.iter().map(|input| input.shape.to_string()).collect();
        format!("{}, {}", N::NAME, inputs.join(" and "))
    };
    Row {
        macs: [
            name(),
            number(N::MACS),
            of::<Thop, N>(|count| count.macs),
            of::<UltralyticsThop, N>(|count| count.macs),
            of::<Ptflops, N>(|count| count.macs),
            of::<PtflopsAten, N>(|count| count.macs),
            of::<Fvcore, N>(|count| count.flops),
            of::<Torchstat, N>(|count| count.flops),
            of::<Torchinfo, N>(|count| count.mult_adds),
            of::<Calflops, N>(|count| count.macs),
        ],
        flops: [
            name(),
            number(N::FLOPS),
            of::<Textbook, N>(|count| count.two_n),
            of::<Textbook, N>(|count| count.two_n_minus_1),
            of::<Textbook, N>(|count| count.molchanov),
            of::<FlopCounter, N>(|count| count.flops),
            of::<Calflops, N>(|count| count.flops),
            of::<Torchstat, N>(|count| count.madd),
        ],
        memory: [
            name(),
            number(N::PARAMS),
            of::<Thop, N>(|count| count.params),
            number(N::TRAFFIC.total()),
            of::<Torchstat, N>(|count| count.mem_read + count.mem_write),
            of::<Torchinfo, N>(|count| count.output_bytes),
            of::<Hollemans, N>(|count| count.accesses),
        ],
    }
}

/// The networks of the page.
macro_rules! each {
    ($function:ident) => {
        each! { $function:
            LeNet5, AlexNet<224, 224>, Vgg16<224, 224>, ResNet18<224>, ResNet50<224>, ResNet152<224>, DenseNet121<224>,
            DenseNet201<224>, SqueezeNet<224, 224>, MobileNetV1<224, 100>, MobileNetV1Features, MobileNetV2<224>,
            MobileNetV2Wide<224>, MobileNetV3Small<224>, EfficientNetB0<224>, VitB16<224>, Yolo11n<640>, DcganGenerator,
            DsCnn, VisualWakeWords, ResNet8, Autoencoder, LstmTagger<20, 10000, 64, 128, 45>,
        }
    };
    ($function:ident: $($Net:ty,)*) => {
        [$($function::<$Net>()),*]
    };
}

fn networks() -> impl Iterator<Item = Row> {
    each!(row).into_iter()
}

/// The operators that each tool counts as zero, over all networks.
fn missed() -> Vec<(&'static str, Vec<&'static str>)> {
    fn of<C: Convention>(convention: C) -> (&'static str, Vec<&'static str>) {
        let mut all: Vec<&'static str> = Vec::new();
        macro_rules! add {
            ($convention:ident: $($Net:ty,)*) => {
                $(for missed in <$Net>::report().under($convention).missed() {
                    if !all.contains(&missed.operator) {
                        all.push(missed.operator);
                    }
                })*
            };
        }
        add! { convention:
            LeNet5, AlexNet<224, 224>, ResNet18<224>, DenseNet121<224>, MobileNetV2<224>, MobileNetV3Small<224>,
            EfficientNetB0<224>, Yolo11n<640>, DcganGenerator, DsCnn, VitB16<224>, Normalised, Attending, Recurrent,
        }
        all.sort_unstable();
        (C::TOOL, all)
    }
    vec![
        of(Thop),
        of(UltralyticsThop),
        of(Ptflops),
        of(PtflopsAten),
        of(Fvcore),
        of(Torchstat),
        of(Torchinfo),
        of(Calflops),
        of(FlopCounter),
    ]
}

/// What the zoo's networks do not have.
#[network]
fn Normalised(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.layer_norm()
        .rms_norm()
        .group_norm(4)
        .instance_norm()
        .gelu()
        .upsample2d(scale_factor = 2, mode = Bilinear)
        .avg_pool2d(2)
}

#[network]
fn Attending(x: Tensor<20, 32>) -> Tensor<20, 32> {
    x.multi_head_attention(4).scaled_dot_product_attention(x, x) + x.matmul(x.transpose(0, 1)).matmul(x)
}

#[network]
fn Recurrent(x: Tensor<20, 32>) -> Tensor<20, 32> {
    x.lstm(32).0.gru(32).0.rnn(32).0
}

/// A network of one layer for each kind. calflops fails on a model without parameters, so each has one beside it.
macro_rules! layers {
    ($($Net:ident: [$($extent:literal),*] -> [$($out:literal),*], $name:literal, |$x:ident| $layer:expr, $sentence:literal;)*) => {
        $(#[network]
        fn $Net($x: Tensor<$($extent),*>) -> (Tensor<$($out),*>, Tensor<1>) {
            ($layer, parameter([1]))
        })*

        fn layers() -> impl Iterator<Item = ([String; 12], &'static str)> {
            [$((layer::<$Net>($name), $sentence)),*].into_iter()
        }
    };
}

fn layer<N: Network>(name: &str) -> [String; 12] {
    let Cost { macs, flops, .. } = N::COST;
    [
        name.to_owned(),
        number(macs),
        number(flops),
        of::<Thop, N>(|count| count.macs),
        of::<UltralyticsThop, N>(|count| count.macs),
        of::<Ptflops, N>(|count| count.macs),
        of::<PtflopsAten, N>(|count| count.macs),
        of::<Fvcore, N>(|count| count.flops),
        of::<Torchstat, N>(|count| count.flops),
        of::<Torchinfo, N>(|count| count.mult_adds),
        of::<Calflops, N>(|count| count.flops),
        of::<FlopCounter, N>(|count| count.flops),
    ]
}

layers! {
    Conv: [8, 12, 12] -> [16, 12, 12], "convolution, 3×3", |x| x.conv2d(16, 3, padding = 1),
        "all agree on its products; ptflops, torchstat and torchinfo add the bias as a multiply-accumulate each, and fvcore counts nothing where the padding is written `\"same\"`.";
    ConvTranspose: [8, 12, 12] -> [16, 24, 24], "transposed convolution, 4×4, stride 2", |x| x.conv_transpose2d(16, 4, stride = 2, padding = 1, bias = false),
        "thop and torchinfo count its output's positions, four times the work here; torchstat does not know it, and calflops would divide by its groups twice.";
    Linear: [1, 20, 32] -> [1, 20, 10], "linear, 20 tokens", |x| x.linear(10),
        "torchinfo counts one token; torchstat fails on more than one.";
    Embedding: [1, 4, 5] -> [1, 4, 5, 16], "embedding, 100 rows", |x| x.embedding(100, 16),
        "a look-up computes nothing; torchinfo counts the table, thop does not see its parameters.";
    BatchNorm: [8, 12, 12] -> [8, 12, 12], "batch norm", |x| x.batch_norm(),
        "a scale and a shift an element, which thop counts as four operations and does not halve among its multiply-accumulates, and torchinfo as its weights.";
    LayerNorm: [1, 20, 32] -> [1, 20, 32], "layer norm", |x| x.layer_norm(),
        "from one operation an element (ptflops, which takes it for one without weights) to five (fvcore, calflops).";
    GroupNorm: [8, 12, 12] -> [8, 12, 12], "group norm", |x| x.group_norm(4),
        "thop has no rule for it, and loses its parameters.";
    RmsNorm: [1, 20, 32] -> [1, 20, 32], "RMS norm", |x| x.rms_norm(),
        "only ultralytics-thop has a rule for it.";
    Relu: [8, 12, 12] -> [8, 12, 12], "ReLU", |x| x.relu(),
        "ptflops counts the module and the function it calls, twice the elements.";
    Silu: [8, 12, 12] -> [8, 12, 12], "SiLU", |x| x.silu(),
        "counted where functions are patched, by ptflops and calflops, at one an element.";
    HardSwish: [8, 12, 12] -> [8, 12, 12], "Hardswish", |x| x.hard_swish(),
        "nothing to anybody, as sigmoid, tanh, Mish and SELU.";
    Softmax: [8, 12, 12] -> [8, 12, 12], "softmax, rows of 12", |x| x.softmax(axis = -1),
        "3n − 1 operations a row in thop and its fork; torchstat has them in its MAdd alone.";
    MaxPool: [8, 12, 12] -> [8, 6, 6], "maximum pool, 2×2", |x| x.max_pool2d(2),
        "torchstat and calflops count its input, ptflops twice.";
    GlobalPool: [8, 12, 12] -> [8, 1, 1], "adaptive average pool to 1×1", |x| x.global_avg_pool(),
        "fvcore knows it over two axes, and no other pool.";
    Nearest: [8, 12, 12] -> [8, 24, 24], "nearest upsampling, ×2", |x| x.upsample2d(scale_factor = 2),
        "it moves data; thop, ptflops and fvcore count its output all the same, torchstat one channel of it.";
    Upsample: [8, 12, 12] -> [8, 24, 24], "bilinear upsampling, ×2", |x| x.upsample2d(scale_factor = 2, mode = Bilinear),
        "eleven operations an element in thop, four in fvcore, its input in calflops.";
    Sum: [8, 12, 12] -> [8, 12, 12], "sum of two tensors", |x| x.identity() + x,
        "nothing to anybody, as an operator.";
    Matmul: [8, 12, 12] -> [8, 12, 12], "product of two tensors", |x| x.matmul(x),
        "`x @ y` is nothing to hooks on modules, and ptflops and calflops patch `torch.matmul` only.";
    Attention: [8, 12, 12] -> [8, 12, 12], "scaled_dot_product_attention", |x| x.scaled_dot_product_attention(x, x),
        "one fused operation, which only ultralytics-thop and FlopCounterMode know.";
    MultiHead: [1, 7, 32] -> [1, 7, 32], "multi_head_attention, 4 heads", |x| x.multi_head_attention(4),
        "thop and torchinfo count nothing, fvcore, calflops and ptflops' aten the projections; torchstat fails; FlopCounterMode sees nothing under `no_grad`.";
    Lstm: [5, 6] -> [5, 10], "LSTM, 5 steps of 6 to 10", |x| x.lstm(10).0,
        "one fused operation, nothing to ptflops' aten, fvcore and FlopCounterMode; torchstat fails, and calflops has its FLOPs but no MACs.";
    Gru: [5, 6] -> [5, 10], "GRU, 5 steps of 6 to 10", |x| x.gru(10).0,
        "products that aten and FlopCounterMode see, and fvcore does not.";
}
