//! Imports only go down: every path to a module of the core or of the macros, in a `use` or in the code, against the
//! order of the folders. Within a folder, there is no circle of files.
//!
//! Re-exports are followed to the file that defines the item. Tests may import anything, and so may the text of an
//! exported macro, which is expanded in the user's crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The folders and files of the core, from the ground up.
const CORE: &[&str] = &[
    "base",
    "quantity",
    "op",
    "kernel",
    "int8",
    "graph",
    "layers",
    "cost",
    "memory",
    "deploy",
    "stream",
    "tflite",
    "tools",
    "program",
    "weights/state_dict.rs",
    "declared.rs",
    "tables.rs",
    "budget",
    "run",
    "quantized",
    "validate",
    "session",
    "weights",
    "quantize",
    "device",
    "report",
    "command.rs",
    "network",
    "conventions.rs",
    "lib.rs",
];

/// The one knot of the core: a node of the graph holds its layer, and a layer is appended to the graph. A trait between
/// them would untie it, but a const fn cannot call the methods of a trait.
const KNOT: (&str, &str) = ("graph/", "layers/list.rs");

/// The files of the macros, from the ground up.
const MACROS: &[&str] = &[
    "manifest.rs",
    "span.rs",
    "diagnostics.rs",
    "budget.rs",
    "model.rs",
    "parse.rs",
    "check.rs",
    "imported.rs",
    "lower",
    "expand",
    "weights.rs",
    "pipeline.rs",
    "lib.rs",
];

/// The files of the command, from the ground up; `main.rs` is above all.
const COMMAND: &[&str] = &["answer.rs", "arguments.rs", "files.rs", "diff", "report.rs", "check.rs", "main.rs"];

/// Imports that go up, or close a circle, and are still to be fixed. One that is no longer needed fails the test.
const EXCEPTIONS: &[(&str, &str)] = &[("layers/custom.rs", "layers/list.rs"), ("layers/list.rs", "layers/custom.rs")];

#[test]
fn imports_of_the_core_go_down() {
    let sources = Sources::read("core/src");
    check(&sources, CORE, &[KNOT], EXCEPTIONS);
}

#[test]
fn imports_of_the_macros_go_down() {
    check(&Sources::read("macros/src"), MACROS, &[], &[]);
}

#[test]
fn imports_of_the_command_go_down() {
    check(&Sources::read("cli/src"), COMMAND, &[], &[]);
}

#[test]
fn folders_say_what_lives_there() {
    for root in ["core/src", "macros/src", "cli/src"] {
        for (file, text) in files(root).iter().filter(|(file, _)| file.ends_with("mod.rs")) {
            assert!(!docs(text).is_empty(), "{root}/{file} has no docs");
        }
    }
}

/// "Imports `base` to `op`": everything imported lies in that range, and something from its end is imported.
#[test]
fn folders_of_the_core_say_what_they_import() {
    let order: Vec<&str> = CORE.iter().map(|entry| entry.trim_end_matches(".rs")).collect();
    let imports = Sources::read("core/src").imports();
    let mut errors = Vec::new();
    for (file, text) in files("core/src") {
        let Some(folder) = file.strip_suffix("/mod.rs").filter(|folder| order.contains(folder)) else { continue };
        let found: BTreeSet<usize> = (imports.keys())
            .filter(|(from, to)| from.starts_with(&format!("{folder}/")) && !(from.starts_with(KNOT.0) && to == KNOT.1))
            .filter_map(|(_, to)| rank(to, CORE))
            .filter(|&entry| order[entry] != folder)
            .collect();
        let highest = found.last().map_or("nothing", |&entry| order[entry]);
        let docs = docs(&text);
        let Some((_, claim)) = docs.split_once("Imports ") else {
            errors.push(format!("{file} does not say what it imports: up to {highest}"));
            continue;
        };
        let claim = claim.split(['.', ',', ';']).next().unwrap_or_default();
        let names: Vec<&str> = claim.split('`').skip(1).step_by(2).collect();
        if *names.last().unwrap_or(&"nothing") != highest || !names.is_empty() && names[0] != order[0] {
            errors.push(format!("{file} says \"Imports {claim}\", and imports up to {highest}"));
        }
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// The docs of a file.
fn docs(text: &str) -> String {
    text.lines().map_while(|line| line.strip_prefix("//!")).collect()
}

fn check(sources: &Sources, order: &[&str], knots: &[(&str, &str)], exceptions: &[(&str, &str)]) {
    let mut errors = Vec::new();
    for file in sources.files.keys() {
        if rank(file, order).is_none() {
            errors.push(format!("{file} has no place in the order of tests/architecture.rs"));
        }
    }
    for entry in order {
        let is_in =
            |file: &&String| file.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if sources.files.keys().find(is_in).is_none() {
            errors.push(format!("{entry} is in the order of tests/architecture.rs, but does not exist"));
        }
    }
    let mut unused: BTreeSet<_> = exceptions.iter().copied().collect();
    let (mut inner, mut excepted) = (BTreeMap::<&str, BTreeSet<&str>>::new(), Vec::new());
    let imports = sources.imports();
    for ((from, to), import) in &imports {
        let (from, to) = (&**from, &**to);
        let (Some(above), Some(below)) = (rank(from, order), rank(to, order)) else {
            continue;
        };
        if above == below {
            inner.entry(from).or_default().insert(to);
            excepted.extend(exceptions.iter().filter(|exception| **exception == (from, to)));
        } else if above < below
            && !knots.iter().any(|knot| from.starts_with(knot.0) && to == knot.1)
            && !unused.remove(&(from, to))
        {
            let (here, there) = (order[above], order[below]);
            errors.push(format!("{from} imports `{import}` of {to}, but {here} is below {there}"));
        }
    }
    // An exception is needed as long as its two files are on a circle.
    for &(from, to) in excepted {
        if reaches(&inner, to, from) {
            unused.remove(&(from, to));
        }
    }
    for (from, to) in exceptions {
        if let Some(imported) = inner.get_mut(from) {
            imported.remove(to);
        }
    }
    for (from, imported) in &inner {
        for to in imported.iter().filter(|to| *to == from || reaches(&inner, to, from)) {
            errors.push(format!("{from} imports {to}, which imports it, directly or through others of its folder"));
        }
    }
    errors.extend(unused.iter().map(|(from, to)| format!("the exception {from} to {to} is no longer needed")));
    assert!(errors.is_empty(), "{} errors\n{}", errors.len(), errors.join("\n"));
}

/// The first entry of the order that names the file or a folder it is in, files before folders.
fn rank(file: &str, order: &[&str]) -> Option<usize> {
    let of = |name: &str| order.iter().position(|entry| *entry == name);
    of(file).or_else(|| of(file.split_once('/')?.0))
}

/// Whether imports lead from one file to another.
fn reaches(imports: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            next.extend(imports.get(file).into_iter().flatten());
        }
    }
    false
}

/// The Rust files of a folder and of those below it, by their paths in it.
fn files(root: &str) -> BTreeMap<String, String> {
    fn read(root: &Path, folder: PathBuf, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(root, path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("a path in the folder");
                let name =
                    name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                files.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut found = BTreeMap::new();
    read(&root, root.clone(), &mut found);
    found
}

/// A path of modules from the crate's root, or of a module and an item.
type Names = Vec<String>;

/// A module, of a file or of a block in one.
struct Module {
    file: String,
    /// What is imported into it, and under which name: `*` is everything.
    uses: Vec<(String, Names)>,
    /// The items it defines.
    items: BTreeSet<String>,
}

/// The sources of a crate, without tests.
struct Sources {
    /// The module of each file.
    files: BTreeMap<String, Names>,
    modules: BTreeMap<Names, Module>,
    /// The paths that a module names, absolute.
    paths: Vec<(Names, Names)>,
}

impl Sources {
    fn read(root: &str) -> Self {
        let texts = files(root);
        let mut sources = Sources { files: BTreeMap::new(), modules: BTreeMap::new(), paths: Vec::new() };
        // From the root, so that a module under `#[cfg(test)]` is left out.
        let root = if texts.contains_key("lib.rs") { "lib.rs" } else { "main.rs" };
        let mut next = vec![(root.to_owned(), Names::new())];
        while let Some((file, module)) = next.pop() {
            sources.files.insert(file.clone(), module.clone());
            let tokens: TokenStream = texts[&file].parse().expect("Rust");
            for child in sources.read_module(tokens, module.clone(), &file) {
                let path = [&module[..], &[child]].concat();
                let name = path.join("/");
                let file =
                    [format!("{name}.rs"), format!("{name}/mod.rs")].into_iter().find(|file| texts.contains_key(file));
                next.push((file.expect("a file of the module"), path));
            }
        }
        sources
    }

    /// Reads the items of a module; returns the modules in files of their own.
    fn read_module(&mut self, tokens: TokenStream, module: Names, file: &str) -> Vec<String> {
        let mut children = Vec::new();
        let mut found = Module { file: file.to_owned(), uses: Vec::new(), items: BTreeSet::new() };
        let mut tokens = without_tests(tokens);
        let mut at = 0;
        while at < tokens.len() {
            match (&*word(&tokens, at), tokens.get(at + 1), tokens.get(at + 2)) {
                ("use", ..) => {
                    let end = (at..tokens.len()).find(|i| word(&tokens, *i) == ";").expect("the end of a `use`");
                    tree(&tokens[at + 1..end], &Names::new(), &mut found.uses);
                    at = end;
                }
                ("mod", Some(name), Some(TokenTree::Group(block))) => {
                    let inner = [&module[..], &[name.to_string()]].concat();
                    self.read_module(block.stream(), inner, file);
                    tokens.remove(at + 2);
                }
                ("mod", Some(name), _) => children.push(name.to_string()),
                ("fn" | "struct" | "enum" | "trait" | "const" | "static" | "type", Some(name), _) => {
                    found.items.insert(name.to_string());
                }
                _ => {}
            }
            at += 1;
        }
        let mut paths = Vec::new();
        inline(&tokens, &mut paths);
        self.paths.extend(paths.into_iter().map(|path| (module.clone(), path)));
        self.modules.insert(module, found);
        children
    }

    /// The imports between files, each with a path that names it.
    fn imports(&self) -> BTreeMap<(String, String), String> {
        let mut imports = BTreeMap::new();
        for (module, path) in &self.paths {
            let from = &self.modules[module].file;
            if let Some(to) = self.absolute(module, path).map(|path| self.defined(&path, 0)).filter(|to| to != from) {
                imports.entry((from.clone(), to)).or_insert(path.join("::"));
            }
        }
        imports
    }

    /// A path from the root, if it is one of this crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Names> {
        let mut base = module.to_vec();
        let mut rest = path;
        while let [first, others @ ..] = rest {
            match &**first {
                "crate" => base.clear(),
                "self" => {}
                "super" => drop(base.pop()),
                _ => break,
            }
            rest = others;
        }
        let is_relative = rest.len() == path.len();
        let is_child = || self.modules.contains_key(&[&base[..], &rest[..1]].concat());
        (!is_relative || !rest.is_empty() && is_child()).then(|| [&base[..], rest].concat())
    }

    /// The file that defines what a path names.
    fn defined(&self, path: &[String], depth: usize) -> String {
        assert!(depth < 20, "{path:?} is re-exported in a circle");
        let len = (0..=path.len()).rev().find(|len| self.modules.contains_key(&path[..*len])).unwrap_or(0);
        let (module, rest) = path.split_at(len);
        let found = &self.modules[module];
        let Some(name) = rest.first().filter(|name| !found.items.contains(*name)) else {
            return found.file.clone();
        };
        let through = |target: &Names| self.absolute(module, target).map(|target| self.defined(&target, depth + 1));
        if let Some(file) = found.uses.iter().find(|(alias, _)| alias == name).and_then(|(_, target)| through(target)) {
            return file;
        }
        let everything = found.uses.iter().filter(|(alias, _)| alias == "*");
        let targets = everything.filter_map(|(_, target)| self.absolute(module, target));
        targets
            .filter(|target| self.modules.get(target).is_some_and(|module| module.items.contains(name)))
            .map(|target| self.defined(&[target, vec![name.clone()]].concat(), depth + 1))
            .next()
            .unwrap_or_else(|| found.file.clone())
    }
}

/// The word or sign at a position.
fn word(tokens: &[TokenTree], at: usize) -> String {
    match tokens.get(at) {
        Some(TokenTree::Ident(word)) => word.to_string(),
        Some(TokenTree::Punct(sign)) => sign.to_string(),
        _ => String::new(),
    }
}

/// The tokens of a module without the items under `#[cfg(test)]`, and without exported macros.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let attribute =
            tokens.get(at + 1).filter(|_| word(&tokens, at) == "#").map(|group| group.to_string().replace(' ', ""));
        if attribute.is_some_and(|attribute| ["[cfg(test)]", "[macro_export]"].contains(&&*attribute)) {
            // To the end of the item.
            at += 2;
            while at < tokens.len() && !is_end(&tokens[at]) {
                at += 1;
            }
        } else {
            kept.push(tokens[at].clone());
        }
        at += 1;
    }
    kept
}

fn is_end(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => token.to_string() == ";",
    }
}

/// The paths of a use tree, each under the name it brings in.
fn tree(tokens: &[TokenTree], before: &Names, uses: &mut Vec<(String, Names)>) {
    let mut path = before.clone();
    let mut alias = None;
    for (i, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if name == "as" => {
                alias = Some(word(tokens, i + 1));
                break;
            }
            TokenTree::Ident(name) => path.push(name.to_string()),
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                inner.split(|token| token.to_string() == ",").for_each(|part| tree(part, &path, uses));
                return;
            }
            token if token.to_string() == "*" => alias = Some("*".to_owned()),
            _ => {}
        }
    }
    if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
        path.pop();
    }
    if let Some(last) = path.last().cloned().filter(|_| path.len() > before.len() || alias.is_some()) {
        uses.push((alias.unwrap_or(last), path));
    }
}

/// The paths of every `use`, and those in code that begin with `crate`, `$crate` or `super`.
fn inline(tokens: &[TokenTree], paths: &mut Vec<Names>) {
    let mut at = 0;
    while at < tokens.len() {
        if word(tokens, at) == "use" {
            let end = (at..tokens.len()).find(|i| word(tokens, *i) == ";").unwrap_or(tokens.len());
            let mut uses = Vec::new();
            tree(&tokens[at + 1..end], &Names::new(), &mut uses);
            paths.extend(uses.into_iter().map(|(_, path)| path));
            at = end;
        }
        match tokens.get(at) {
            Some(TokenTree::Ident(first)) if first == "crate" || first == "super" => {
                let mut path = vec![first.to_string()];
                while word(tokens, at + 1) == ":" && word(tokens, at + 2) == ":" {
                    match tokens.get(at + 3) {
                        Some(TokenTree::Ident(name)) => path.push(name.to_string()),
                        _ => break,
                    }
                    at += 3;
                }
                if path.len() > 1 {
                    paths.push(path);
                }
            }
            Some(TokenTree::Group(group)) => inline(&without_tests(group.stream()), paths),
            _ => {}
        }
        at += 1;
    }
}
