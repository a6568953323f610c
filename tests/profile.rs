//! The profile: one row per layer, with a time where something runs, and the declared numbers.

use netcost::prelude::*;
use netcost::{LayerRun, RunError};

#[network(fuse)]
fn Small(x: Tensor<1, 32, 32>) -> Tensor<10> {
    let x = x.conv2d(16, 3, padding = 1, bias = false, name = "stem").batch_norm().relu();
    x.max_pool2d(4).flatten().linear(10, name = "head")
}

#[test]
fn only_what_runs_takes_time() {
    let profile = Small::profile().unwrap();
    assert!(profile.runs >= 5);
    assert_eq!(profile.layers.len(), Small::LAYERS.len());
    for timed in profile.layers.iter().filter(|timed| timed.layer.run != LayerRun::Kernel) {
        assert_eq!((timed.nanoseconds, timed.gmacs_per_second()), (0, 0.0), "{}", timed.layer.operator);
    }
    assert!(profile.nanoseconds() > 0);
    assert_eq!(profile.nanoseconds(), profile.layers.iter().map(|timed| timed.nanoseconds).sum::<u64>());
    let head = profile.layers.last().unwrap();
    // 20 FLOPs for each of 1,024 inputs, by 4 bytes of each weight, input and output.
    assert_eq!(head.intensity(), 20_480.0 / (4.0 * (10_250.0 + 1024.0 + 10.0)));
}

#[test]
fn its_forms_hold_the_same_rows() {
    let profile = Small::profile().unwrap();
    let text = profile.to_string();
    assert!(text.starts_with("Small: f32, fused, portable engine, one thread, median of "), "{text}");
    let row = |name: &str| text.lines().find(|line| line.starts_with(name)).map(str::to_owned).unwrap();
    assert!(row("stem").contains("147,456"), "{text}");
    assert!(row("1 ").ends_with("folded"), "{text}");
    assert!(row("4 ").ends_with("view"), "{text}");
    assert!(row("total").contains("157,696"), "{text}");

    let markdown = profile.to_markdown();
    let rows: Vec<_> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), Small::LAYERS.len() + 3);
    assert!(rows.iter().all(|row| row.matches('|').count() == 10), "{markdown}");

    let json: serde_json::Value = serde_json::from_str(&profile.to_json()).expect("it is JSON");
    assert_eq!(json["macs"], Small::MACS);
    assert_eq!(json["nanoseconds"], profile.nanoseconds());
    assert_eq!(json["layers"].as_array().map(Vec::len), Some(Small::LAYERS.len()));
    assert_eq!(json["layers"][0]["nanoseconds"], profile.layers[0].nanoseconds);
    assert_eq!(json["layers"][4]["nanoseconds"], 0);
}

#[test]
fn weights_and_inputs_may_be_the_callers() {
    let weights = [0.5; Small::WEIGHTS_LEN];
    let mut runs = 0;
    let profile = Small::profile_with(&weights, |arena| {
        Small::input(arena).fill(1.0);
        runs += 1;
    });
    assert_eq!(profile.unwrap().runs + 1, runs, "one run is not counted");
    let error = Small::profile_with(&weights[1..], |_| ()).err();
    assert_eq!(error, Some(RunError::Weights { expected: Small::WEIGHTS_LEN, found: Small::WEIGHTS_LEN - 1 }));
}
