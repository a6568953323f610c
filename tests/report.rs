//! The report, as text, Markdown and JSON.

use netcost::prelude::*;

#[network(fuse)]
#[budget(macs <= 20k, flash < 1 MiB, params == 826, layer.macs <= 9_216)]
fn Small(x: Tensor<1, 8, 8>) -> Tensor<10> {
    let x = x.conv2d(16, 3, padding = 1, bias = false, name = "stem").batch_norm().relu();
    x.max_pool2d(4).flatten().linear(10, name = "head")
}

#[test]
fn the_text_is_aligned() {
    assert_eq!(Small::report().to_string(), include_str!("report/small.txt"));
}

#[test]
fn the_markdown_is_a_table() {
    let markdown = Small::report().to_markdown();
    let mut rows = markdown.lines().skip_while(|line| !line.starts_with('|'));
    let columns = rows.next().expect("there is a table").matches('|').count();
    for row in rows.take_while(|line| line.starts_with('|')) {
        assert!(row.matches('|').count() >= columns, "{row}");
    }
    assert!(markdown.contains("| `params == 826` |"), "{markdown}");
}

#[test]
fn the_json_holds_every_number() {
    let json: serde_json::Value = serde_json::from_str(&Small::report().to_json()).expect("it is JSON");
    assert_eq!(json["network"], "Small");
    assert_eq!(json["fused"], true);
    assert_eq!(json["macs"], Small::MACS);
    assert_eq!(json["arena_bytes"], Small::ARENA_BYTES);
    assert_eq!(json["census"]["cmp"], Small::CENSUS.cmp);
    assert_eq!(json["layers"].as_array().map(Vec::len), Some(Small::LAYERS.len()));
    assert_eq!(json["layers"][0]["name"], "stem");
    assert_eq!(json["layers"][1]["run"], "folded");
    assert_eq!(json["layers"][0]["output"], serde_json::json!([16, 8, 8]));
    assert_eq!(json["budget"][0], serde_json::json!({"limit": "macs <= 20k", "value": 20_000, "used": Small::MACS}));
}

#[test]
fn another_order_of_branches_is_told() {
    #[block]
    fn branches(x: Tensor) -> Tensor {
        let narrow = x.linear(100).linear(64);
        let wide = x.linear(1112).linear(64);
        narrow + wide + x
    }
    #[network]
    fn Chosen(x: Tensor<64>) -> Tensor<64> {
        branches(x)
    }
    #[network(declared_order)]
    fn Declared(x: Tensor<64>) -> Tensor<64> {
        branches(x)
    }
    #[network(fuse, dtype = i8)]
    fn Rows(x: Tensor<4, 16, 16>) -> Tensor<4, 8, 8> {
        let narrow = x.conv2d(8, 1).relu().conv2d(4, 1);
        let wide = x.conv2d(64, 1).relu().conv2d(4, 1);
        (narrow + wide + x).max_pool2d(2)
    }
    let holds = |report: String, line: &str| assert!(report.contains(line), "{report}");
    holds(Chosen::report().to_string(), "\n  branches as declared            5,216 B (5.1 KiB)\n");
    holds(Declared::report().to_string(), "\n  branches in another order       4,960 B (4.8 KiB)\n");
    let rows = Rows::report().to_string();
    assert!(rows.contains("branches as declared") && rows.contains("row by row"), "{rows}");
    assert!(!Small::report().to_string().contains("branches"));
}

#[test]
fn the_first_layer_at_the_peak_is_marked() {
    let report = Small::report();
    assert_eq!(report.peak().map(|layer| layer.operator), Some("conv2d"));
    assert_eq!(report.to_string().matches("<- RAM peak").count(), 1);
}
