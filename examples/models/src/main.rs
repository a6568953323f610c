//! What the networks of a folder take, known when this is compiled: wake words beside what ESPHome found by trial.
//!
//! `python scripts/wake_words.py models && NETCOST_MODELS=$PWD/models cargo run --release -p netcost-models`

use std::error::Error;

use netcost::Grouped;
use netcost_models::MODELS;

const HEADINGS: [&str; 7] =
    ["network", "MACs a run", "flash [B]", "RAM [B]", "of it state", "ESPHome's [B]", "as LiteRT"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    for model in MODELS {
        let grouped = |number| Grouped(number).to_string();
        let [macs, flash, ram, state] =
            [model.macs, model.weight_bytes, model.arena_bytes, model.state_bytes].map(grouped);
        let (equal, runs) = model.compare()?;
        let esphome = model.tensor_arena_size().map(grouped).unwrap_or_default();
        let as_litert = if runs == 0 { String::new() } else { format!("{equal} of {runs}") };
        rows.push([model.name.to_owned(), macs, flash, ram, state, esphome, as_litert]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    for row in &rows {
        print!("{:<1$}", row[0], width(0));
        for (column, cell) in row.iter().enumerate().skip(1) {
            print!("  {cell:>0$}", width(column));
        }
        println!();
    }
    Ok(())
}
