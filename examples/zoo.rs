//! What well-known networks cost as declared, in `f32`. All numbers are constants; the program only prints the table.
//!
//! `cargo run --release --example zoo`

use netcost::{Grouped, Network, Port};
use netcost_zoo::*;

const HEADINGS: [&str; 8] = ["network", "input", "params", "MACs", "FLOPs", "flash [B]", "RAM [B]", "traffic [B]"];

struct Row {
    name: &'static str,
    inputs: &'static [Port],
    numbers: [u64; 6],
}

const fn row<N: Network>() -> Row {
    let numbers = [N::PARAMS, N::MACS, N::FLOPS, N::WEIGHT_BYTES, N::ARENA_BYTES, N::TRAFFIC.total()];
    Row { name: N::NAME, inputs: N::INPUTS, numbers }
}

const ROWS: &[Row] = &[
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
    row::<VitB16<224>>(),
    row::<Yolo11n<640>>(),
    row::<DcganGenerator>(),
    row::<LstmTagger<5, 9, 6, 6, 3>>(),
    row::<DsCnn>(),
    row::<VisualWakeWords>(),
    row::<ResNet8>(),
    row::<Autoencoder>(),
];

impl Row {
    fn cells(&self) -> Vec<String> {
        let inputs: Vec<String> = self.inputs.iter().map(|input| input.shape.to_string()).collect();
        let numbers = self.numbers.iter().map(|&number| Grouped(number).to_string());
        [self.name.to_owned(), inputs.join(", ")].into_iter().chain(numbers).collect()
    }
}

fn main() {
    let headings = HEADINGS.map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = [headings].into_iter().chain(ROWS.iter().map(Row::cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    for row in &rows {
        print!("{:<1$}", row[0], width(0));
        print!("  {:<1$}", row[1], width(1));
        for (column, number) in row.iter().enumerate().skip(2) {
            print!("  {number:>0$}", width(column));
        }
        println!();
    }
}
