//! What a layer needs besides its file: whatever is missing fails here, or does not compile. See "Adding a layer" in
//! CONTRIBUTING.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use netcost::__macro::syntax::{self, Form, Syntax};

/// The Rust files of a folder and its subfolders, concatenated.
fn sources(folder: &str) -> String {
    fn read(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                *text += &fs::read_to_string(&path).expect("a text");
            }
        }
    }
    let mut text = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut text);
    text
}

/// Whether declarations use the layer: `.conv2d(`, `concat(`.
fn is_written(layer: &Syntax, declarations: &str) -> bool {
    let dot = if matches!(layer.form, Form::Method | Form::Plain) { "." } else { "" };
    declarations.contains(&format!("{dot}{}(", layer.name))
}

/// The layers that some declarations do not use.
fn unwritten(layers: impl Iterator<Item = &'static Syntax>, declarations: &str) -> Vec<&'static str> {
    layers.filter(|layer| !is_written(layer, declarations)).map(|layer| layer.name).collect()
}

/// The methods of a tensor that the files of the layers have, and the sources: `pub const fn conv2d(self, ..)`.
fn methods() -> BTreeSet<String> {
    let mut is_tensor = false;
    let mut methods = BTreeSet::new();
    for line in sources("core/src/layers").lines() {
        match line {
            "impl<'g> Tensor<'g> {" | "impl<'g> Builder<'g> {" => is_tensor = true,
            "}" => is_tensor = false,
            _ => (),
        }
        if let Some(method) = line.strip_prefix("    pub const fn ").filter(|_| is_tensor) {
            methods.extend(method.split(['(', '<']).next().map(str::to_owned));
        }
    }
    methods
}

#[test]
fn every_layer_is_in_the_table() {
    let words: BTreeSet<&str> = syntax::all().map(|layer| layer.name).collect();
    assert_eq!(words.len(), syntax::all().count(), "no word has two layers");
    let methods = methods();
    assert!(methods.len() > 60, "the files are read: {methods:?}");
    let missing: Vec<_> = methods.iter().filter(|method| !words.contains(&***method)).collect();
    assert!(missing.is_empty(), "layers that their `SYNTAX` does not name: {missing:?}");
}

#[test]
fn every_layer_is_run_against_pytorch() {
    // A layer of the user's own, one that only serves as another layer's option, and those that keep state, which
    // `tests/state.rs` compares with the run on a whole sequence.
    let others = ["custom", "causal_mask", "state", "update", "streaming_conv1d"];
    let layers = syntax::all().filter(|layer| !others.contains(&layer.name));
    let missing = unwritten(layers, &sources("tests/layers"));
    assert!(missing.is_empty(), "layers without a case in scripts/layer_cases and tests/layers: {missing:?}");
}

#[test]
fn every_layer_that_can_be_written_wrongly_is() {
    // Any number is a valid factor, and any activation a valid layer.
    let layers = syntax::all().filter(|layer| !["scale", "activation"].contains(&layer.name));
    let layers = layers.filter(|layer| !layer.positional.is_empty() || !layer.keywords.is_empty());
    let missing = unwritten(layers, &sources("tests/ui"));
    assert!(missing.is_empty(), "layers without a message in tests/ui/*/fail: {missing:?}");
}
