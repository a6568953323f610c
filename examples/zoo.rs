//! What well-known networks cost, layer by layer as they are declared, in `f32`: constants, of which the program only
//! prints a table.
//!
//! `cargo run --release --example zoo`

use netcost::{Grouped, Network};
use netcost_zoo::*;

const HEADINGS: [&str; 8] = ["network", "input", "params", "MACs", "FLOPs", "flash [B]", "RAM [B]", "traffic [B]"];

fn row<N: Network>() -> [String; 8] {
    let inputs: Vec<String> = N::INPUTS.iter().map(|input| input.shape.to_string()).collect();
    let numbers = [N::PARAMS, N::MACS, N::FLOPS, N::WEIGHT_BYTES, N::ARENA_BYTES, N::TRAFFIC.total()];
    let [params, macs, flops, flash, ram, traffic] = numbers.map(|number| Grouped(number).to_string());
    [N::NAME.to_owned(), inputs.join(", "), params, macs, flops, flash, ram, traffic]
}

fn main() {
    let rows = [
        HEADINGS.map(str::to_owned),
        row::<LeNet5>(),
        row::<AlexNet<224, 224>>(),
        row::<Vgg16<224, 224>>(),
        row::<ResNet18<224>>(),
        row::<ResNet50<224>>(),
        row::<ResNet152<224>>(),
        row::<DenseNet121<224>>(),
        row::<DenseNet201<224>>(),
        row::<SqueezeNet<224, 224>>(),
        row::<MobileNetV1<224, 100>>(),
        row::<MobileNetV1Features>(),
        row::<MobileNetV2Narrow<224>>(),
        row::<MobileNetV2<224>>(),
        row::<MobileNetV2Wide<224>>(),
        row::<MobileNetV3Small<224>>(),
        row::<EfficientNetB0<224>>(),
        row::<Yolo11n<640>>(),
        row::<DcganGenerator>(),
        row::<DsCnn>(),
        row::<VisualWakeWords>(),
        row::<ResNet8>(),
        row::<Autoencoder>(),
    ];
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    for row in &rows {
        let [network, input, numbers @ ..] = row;
        print!("{network:<0$}  {input:<1$}", width(0), width(1));
        for (i, number) in numbers.iter().enumerate() {
            print!("  {number:>0$}", width(i + 2));
        }
        println!();
    }
}
