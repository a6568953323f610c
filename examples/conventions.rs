//! Compares other tools' numbers with netcost's own: prints `docs/conventions.md`, whose numbers are all constants of the
//! networks in this file and in the zoo.
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

Different tools print different numbers for the same network. This page compares netcost's own numbers with those of its
conventions, which the documentation of `netcost::conventions` defines and `tests/conventions` checks against the tools
themselves, layer by layer and network by network. `cargo run --release --example conventions` prints this page.

\"fails\" means that the tool fails on the network. A tool may print another number if the network is spelled differently in
Python than its convention assumes; the documentation of the module says which spelling that is.

## Multiply-accumulates

What each tool calls MACs or, in fvcore and torchstat, FLOPs.

";

const FLOPS: &str = "
## Operations

About twice the multiply-accumulates. netcost's FLOPs are all floating-point operations; the rules 2n, 2n − 1 and
Molchanov's cover dot products only.

";

const MEMORY: &str = "
## Parameters and memory

netcost's traffic assumes that each operand is moved once. torchstat's reads and writes cover the layers that it knows;
torchinfo counts the outputs of layers with parameters twice; Hollemans' accesses are elements, without batch norms,
which he folds, and without transposed convolutions.

";

const LAYERS: &str = "
## Layer by layer

One layer of each kind on a small tensor: its cost, and each tool's first number.

";

const MISSED: &str = "
## What each tool counts as zero

Operators of the networks above that do compute something but add nothing to the tool's first number.

";

fn number(number: u64) -> String {
    Grouped(number).to_string()
}

/// A tool's number, or "fails".
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

/// Layers that are in no network of the zoo.
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

/// A network of one layer for each kind, with a parameter added, because calflops fails on models without any.
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
        "all agree on its products; ptflops, torchstat and torchinfo count each bias as a multiply-accumulate, and fvcore counts nothing if the padding is written `\"same\"`.";
    ConvTranspose: [8, 12, 12] -> [16, 24, 24], "transposed convolution, 4×4, stride 2", |x| x.conv_transpose2d(16, 4, stride = 2, padding = 1, bias = false),
        "thop and torchinfo multiply by the output's positions, four times the work here; torchstat does not know the layer, and calflops would divide by its groups twice.";
    Linear: [1, 20, 32] -> [1, 20, 10], "linear, 20 tokens", |x| x.linear(10),
        "torchinfo counts one token; torchstat fails on more than one.";
    Embedding: [1, 4, 5] -> [1, 4, 5, 16], "embedding, 100 rows", |x| x.embedding(100, 16),
        "a look-up computes nothing; torchinfo counts the table, and thop does not see its parameters.";
    BatchNorm: [8, 12, 12] -> [8, 12, 12], "batch norm", |x| x.batch_norm(),
        "one scale and one shift per element; thop counts them as four operations and does not halve them for its multiply-accumulates, and torchinfo counts the weights.";
    LayerNorm: [1, 20, 32] -> [1, 20, 32], "layer norm", |x| x.layer_norm(),
        "from one operation per element (ptflops, which assumes that it has no weights) to five (fvcore, calflops).";
    GroupNorm: [8, 12, 12] -> [8, 12, 12], "group norm", |x| x.group_norm(4),
        "thop has no rule for it, and loses its parameters.";
    RmsNorm: [1, 20, 32] -> [1, 20, 32], "RMS norm", |x| x.rms_norm(),
        "only ultralytics-thop has a rule for it.";
    Relu: [8, 12, 12] -> [8, 12, 12], "ReLU", |x| x.relu(),
        "ptflops counts both the module and the function it calls: twice the elements.";
    Silu: [8, 12, 12] -> [8, 12, 12], "SiLU", |x| x.silu(),
        "counted by the tools that patch functions, ptflops and calflops, as one operation per element.";
    HardSwish: [8, 12, 12] -> [8, 12, 12], "Hardswish", |x| x.hard_swish(),
        "no tool counts it, nor sigmoid, tanh, Mish and SELU.";
    Softmax: [8, 12, 12] -> [8, 12, 12], "softmax, rows of 12", |x| x.softmax(axis = -1),
        "3n − 1 operations per row in thop and its fork; torchstat counts them only in MAdd.";
    MaxPool: [8, 12, 12] -> [8, 6, 6], "maximum pool, 2×2", |x| x.max_pool2d(2),
        "torchstat and calflops count its input, ptflops twice that.";
    GlobalPool: [8, 12, 12] -> [8, 1, 1], "adaptive average pool to 1×1", |x| x.global_avg_pool(),
        "fvcore counts it over two axes, and no other pool.";
    Nearest: [8, 12, 12] -> [8, 24, 24], "nearest upsampling, ×2", |x| x.upsample2d(scale_factor = 2),
        "it only moves data, yet thop, ptflops and fvcore count its output, and torchstat one channel of it.";
    Upsample: [8, 12, 12] -> [8, 24, 24], "bilinear upsampling, ×2", |x| x.upsample2d(scale_factor = 2, mode = Bilinear),
        "eleven operations per element in thop, four in fvcore, its input in calflops.";
    Sum: [8, 12, 12] -> [8, 12, 12], "sum of two tensors", |x| x.identity() + x,
        "no tool counts it when written as an operator.";
    Matmul: [8, 12, 12] -> [8, 12, 12], "product of two tensors", |x| x.matmul(x),
        "hooks on modules do not see `x @ y`, and ptflops and calflops patch only `torch.matmul`.";
    Attention: [8, 12, 12] -> [8, 12, 12], "scaled_dot_product_attention", |x| x.scaled_dot_product_attention(x, x),
        "one fused operation, known only to ultralytics-thop and FlopCounterMode.";
    MultiHead: [1, 7, 32] -> [1, 7, 32], "multi_head_attention, 4 heads", |x| x.multi_head_attention(4),
        "thop and torchinfo count nothing; fvcore, calflops and ptflops' aten count the projections; torchstat fails; FlopCounterMode sees nothing under `no_grad`.";
    Lstm: [5, 6] -> [5, 10], "LSTM, 5 steps of 6 to 10", |x| x.lstm(10).0,
        "one fused operation, invisible to ptflops' aten, fvcore and FlopCounterMode; torchstat fails, and calflops counts FLOPs but no MACs.";
    Gru: [5, 6] -> [5, 10], "GRU, 5 steps of 6 to 10", |x| x.gru(10).0,
        "its products are visible to aten and FlopCounterMode, but not to fvcore.";
}
