//! What the networks of a folder take, known when this is compiled: wake words beside what ESPHome found by trial.
//!
//! `python scripts/wake_words.py models && NETCOST_MODELS=$PWD/models cargo run --release -p netcost-models`
//!
//! With the argument `time`, it answers lines `NAME COUNT` by the nanoseconds of so many runs: see `benches/inference`.

use std::error::Error;

use netcost::Grouped;
use netcost_models::MODELS;

const HEADINGS: [&str; 7] =
    ["network", "MACs a run", "flash [B]", "RAM [B]", "of it state", "ESPHome's [B]", "as LiteRT"];

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().nth(1).is_some_and(|argument| argument == "time") {
        return time();
    }
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

fn time() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lines() {
        let line = line?;
        let (name, count) = line.split_once(' ').ok_or("a line is a name and a count")?;
        let model = MODELS.iter().find(|model| model.name == name).ok_or("there is no such network")?;
        println!("{}", model.time(count.parse()?)?.as_nanos());
    }
    Ok(())
}
