//! Keyword spotting, MLPerf Tiny's DS-CNN: as trained, and as deployed, with normalisations folded and activations in
//! place. `-- --profile` also times each layer on this machine.
//!
//! `cargo run --release --example keyword_spotting`

use netcost::Grouped;
use netcost::prelude::*;
use netcost_zoo::{DsCnn, DsCnnFused};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", DsCnnFused::report());

    println!("{:<28}{:>12}{:>12}", "", "trained", "deployed");
    for (what, trained, deployed) in [
        ("MACs", DsCnn::MACS, DsCnnFused::MACS),
        ("FLOPs", DsCnn::FLOPS, DsCnnFused::FLOPS),
        ("parameters", DsCnn::PARAMS, DsCnnFused::PARAMS),
        ("flash [B]", DsCnn::WEIGHT_BYTES, DsCnnFused::WEIGHT_BYTES),
        ("RAM [B]", DsCnn::ARENA_BYTES, DsCnnFused::ARENA_BYTES),
        ("traffic [B]", DsCnn::TRAFFIC.total(), DsCnnFused::TRAFFIC.total()),
    ] {
        println!("{what:<28}{:>12}{:>12}", Grouped(trained), Grouped(deployed));
    }

    // The numbers do not depend on the weights: any will do for the proof.
    let mut weights = vec![0.0; DsCnnFused::WEIGHTS_LEN];
    let mut arena = vec![0.0; DsCnnFused::ARENA_LEN];
    netcost::weights::seeded::<DsCnnFused>(1, &mut weights)?;
    let proof = DsCnnFused::validate(&weights, &mut arena, |_| ())?;
    println!(
        "\nmeasured = declared: {} MACs, {} FLOPs, {} B of parameters, {} B of arena",
        Grouped(proof.macs),
        Grouped(proof.census.total()),
        Grouped(proof.param_bytes),
        Grouped(proof.arena_bytes),
    );
    if std::env::args().any(|argument| argument == "--profile") {
        println!("\n{}", DsCnnFused::profile()?);
    }
    Ok(())
}
