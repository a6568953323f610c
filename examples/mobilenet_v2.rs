//! The report of MobileNetV2, a network of 300 million MACs; as Markdown with `-- --markdown`, as JSON with `-- --json`.
//!
//! `cargo run --release --example mobilenet_v2`

use netcost::Network;

type Net = netcost_zoo::MobileNetV2<224>;

fn main() {
    let report = Net::report();
    match std::env::args().nth(1).as_deref() {
        Some("--markdown") => println!("{}", report.to_markdown()),
        Some("--json") => println!("{}", report.to_json()),
        _ => println!("{report}"),
    }
}
