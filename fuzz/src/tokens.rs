//! Mutations of a source that keep it a sequence of tokens.

use netcost_core::__macro::{quantities, syntax};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::random::Random;

/// The first token in parentheses that represent a `macro_rules`' invisible delimiters.
const INVISIBLE: &str = "__invisible";

/// Fragments of declarations.
const SNIPPETS: &[&str] = &[
    "x",
    "y",
    "n",
    "self",
    "_",
    "0",
    "1",
    "2.5",
    "3M",
    "1e9",
    "6.2e-3",
    "\"a\"",
    "\"layer{i + 1}.{n:?}\"",
    "b'x'",
    "'c'",
    "r#type",
    "'a",
    "'a:",
    "..",
    "..=",
    "=>",
    "->",
    "::",
    ";",
    ",",
    ".",
    "=",
    "==",
    "!=",
    "<",
    "<=",
    "<<",
    ">>",
    "&",
    "&mut",
    "&&",
    "|",
    "||",
    "!",
    "?",
    "-",
    "+",
    "*",
    "/",
    "%",
    "+=",
    "-=",
    "*=",
    "/=",
    "@",
    "#",
    "$",
    "#![a]",
    "#[cfg(a)]",
    "#[allow(b)]",
    "#[network]",
    "#[network(fuse)]",
    "#[block]",
    "#[budget(macs <= 3M)]",
    "fn",
    "pub",
    "const",
    "async",
    "unsafe",
    "extern \"C\"",
    "type",
    "enum",
    "impl",
    "dyn",
    "for",
    "in",
    "while",
    "loop",
    "if",
    "else",
    "match",
    "let",
    "ref",
    "mut",
    "move",
    "return",
    "break",
    "break 'a",
    "continue",
    "as",
    "where",
    "use a::b as c;",
    "()",
    "[]",
    "{}",
    "Tensor",
    "Tensor<3, N>",
    "Tensor<'_>",
    "[Tensor<1>; 2]",
    "(Tensor<1>, Tensor<2>)",
    "Vec",
    "Vec<Tensor>",
    "Vec::new()",
    "usize",
    "impl Trait",
    "vec![x]",
    "vec![x; 3]",
    "vec![]",
    "println!(\"{}\", x)",
    "panic!()",
    "(x, y)",
    "[x, y]",
    "[x; 2]",
    "0..4",
    "(0..n)",
    "..=4",
    "for i in 0..n { x }",
    "for (i, &c) in [1, 2].iter().enumerate() { x }",
    ".iter()",
    ".rev()",
    ".enumerate()",
    ".step_by(2)",
    ".copied()",
    ".into_iter()",
    ".map(|x| x)",
    ".pop()",
    ".push(x)",
    ".await",
    ".0",
    ".chunk(2)",
    "while let Some(x) = y.pop() { }",
    "if let A(x) = y { x } else { y }",
    "let [a, b] = x;",
    "let (a, .., b) = x;",
    "let x: Tensor<1, 2> = x;",
    "let A { b, .. } = x else { return y };",
    "match x { A::B => x, c @ 1..=2 if y => c, _ => y }",
    "name = \"a\"",
    "name = \"{n}b{i}\"",
    "stride = 2",
    "axis = -1",
    "padding = Same",
    "crate = a::b",
    "warn = 90%",
    "layer.",
    "dtype = i8",
    "typelevel",
    "fuse",
    "KiB",
    "== Act::Relu",
    "<A as B>::C",
    "::<3>",
    "{ H / 2 }",
    "|a, b| a",
];

/// The tokens of a source, if it has any and they are nested no deeper than a compiler's stack allows.
pub fn parse(source: &str) -> Option<TokenStream> {
    // Lexing does not recurse, so that deep nesting is rejected before anything recurses on it.
    let mut depth = 0_usize;
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 32 {
            return None;
        }
    }
    source.parse().ok().map(invisible)
}

/// Replaces marked parentheses by invisible delimiters.
fn invisible(tokens: TokenStream) -> TokenStream {
    let change = |tree| match tree {
        TokenTree::Group(group) => {
            let inner = group.stream();
            let marked = matches!(inner.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == INVISIBLE);
            let delimiter = if marked { Delimiter::None } else { group.delimiter() };
            Group::new(delimiter, invisible(inner.into_iter().skip(usize::from(marked)).collect())).into()
        }
        tree => tree,
    };
    tokens.into_iter().map(change).collect()
}

/// The source with some of its tokens changed, if it has tokens.
pub fn changed(source: &str, seed: u32) -> Option<String> {
    let mut random = Random(seed.into());
    parse(source)?;
    let mut tokens: TokenStream = source.parse().ok()?;
    for _ in 0..1 + random.below(4) {
        let all = trees(&tokens);
        let mut at = random.below(all.len() + 1);
        tokens = change(tokens, &mut at, &all, &mut random);
    }
    Some(tokens.to_string())
}

/// Every token and group, at any depth.
fn trees(tokens: &TokenStream) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for tree in tokens.clone() {
        if let TokenTree::Group(group) = &tree {
            all.extend(trees(&group.stream()));
        }
        all.push(tree);
    }
    all
}

/// Changes the tree at this index.
fn change(tokens: TokenStream, at: &mut usize, all: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let here = *at == 0;
        *at = at.wrapping_sub(1);
        match tree {
            tree if here => out.extend(replaced(tree, all, random)),
            TokenTree::Group(group) => {
                out.push(Group::new(group.delimiter(), change(group.stream(), at, all, random)).into());
            }
            tree => out.push(tree),
        }
    }
    if out.is_empty() {
        out.extend(snippet(random));
    }
    out.into_iter().collect()
}

fn replaced(tree: TokenTree, all: &[TokenTree], random: &mut Random) -> TokenStream {
    let one = TokenStream::from(tree.clone());
    let both = |first: TokenStream, second: TokenStream| first.into_iter().chain(second).collect();
    match (random.below(10), &tree) {
        (0, _) => TokenStream::new(),
        (1, _) => both(one.clone(), one),
        (2, _) => random.of(all).clone().into(),
        (3, _) => both(one, random.of(all).clone().into()),
        (4 | 5, _) => snippet(random),
        (6, _) => both(one, snippet(random)),
        (7, TokenTree::Group(group)) => group.stream(),
        (7 | 8, _) => {
            let delimiter = *random.of(&[Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket]);
            TokenTree::from(Group::new(delimiter, one)).into()
        }
        _ => {
            let mark = INVISIBLE.parse().unwrap_or_default();
            TokenTree::from(Group::new(Delimiter::Parenthesis, both(mark, one))).into()
        }
    }
}

/// A word of the language, or a call of a layer with all its options.
fn snippet(random: &mut Random) -> TokenStream {
    let source = match random.below(8) {
        0 => {
            let layers: Vec<_> = syntax::all().collect();
            let layer = random.of(&layers);
            let positional: String = layer.positional.iter().map(|_| "2, ").collect();
            let keywords: String = layer.keywords.iter().map(|word| format!("{word} = 1, ")).collect();
            format!(".{}({positional}{keywords})", layer.name)
        }
        1 => format!(
            "{} <= {}",
            random.of(&quantities::all().collect::<Vec<_>>()).word,
            random.of(&["3M", "64 KiB", "A + 1", "1.5e3", "-2"])
        ),
        _ => (*random.of(SNIPPETS)).to_owned(),
    };
    source.parse().unwrap_or_default()
}
