//! AlexNet at 224 × 224, at 448 × 448, and with a batch of two: what grows with the image, and what with the batch.
//!
//! `cargo run --release --example compare`

use netcost::prelude::*;
use netcost::{Cost, Grouped, Memory};
use netcost_zoo::AlexNet;

type Small = AlexNet<224, 224>;
type Large = AlexNet<448, 448>;

/// All of these are constants; the program only prints them.
const COLUMNS: [(&str, Cost, Memory); 3] = [
    ("224 × 224", Small::COST, Small::MEMORY),
    ("448 × 448", Large::COST, Large::MEMORY),
    ("448 × 448, batch 2", Large::COST.batch(2), Large::MEMORY.batch(2)),
];

fn main() {
    print!("{:<26}", "AlexNet");
    for (name, ..) in COLUMNS {
        print!("{name:>22}");
    }
    println!();
    row("MACs", |cost, _| cost.macs);
    row("MACs executed", |cost, _| cost.macs_executed);
    row("FLOPs", |cost, _| cost.flops);
    row("parameters", |cost, _| cost.params);
    row("flash [B]", |cost, _| cost.weight_bytes);
    row("RAM [B]", |_, memory| memory.arena_bytes);
    row("traffic [B]", |cost, _| cost.traffic.total());
    row("  of it weights [B]", |cost, _| cost.traffic.weights);
}

fn row(what: &str, number: fn(&Cost, &Memory) -> u64) {
    print!("{what:<26}");
    for (_, cost, memory) in &COLUMNS {
        print!("{:>22}", Grouped(number(cost, memory)));
    }
    println!();
}
