//! `docs/conventions.md` matches the output of `--example conventions`.

#[allow(dead_code)]
#[path = "../../examples/conventions.rs"]
mod example;

#[test]
fn it_is_what_the_example_prints() {
    let printed = example::page();
    let committed = include_str!("../../docs/conventions.md");
    for (printed, committed) in printed.lines().zip(committed.lines()) {
        assert_eq!(printed, committed, "cargo run --release --example conventions > docs/conventions.md");
    }
    assert_eq!(printed.len(), committed.len());
}
