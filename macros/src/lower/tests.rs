//! What lowering knows about an expression.

use syn::{Block, Expr, Type, parse_quote, parse_str};

use super::Lower;
use super::kind::Kind::{self, Constant, Never, Number, Plain, Tensor, Unknown};
use super::scope::Scopes;
use crate::diagnostics::Report;
use crate::span::Crate;

fn list(element: Kind) -> Kind {
    Kind::list(element)
}

fn array(element: Kind) -> Kind {
    Kind::array(element)
}

/// The kind of an expression over `x: Tensor`, `n: usize`, `xs: Vec<Tensor>`, `config: &Config`, and `u`, of which nothing
/// is known.
fn kind(source: &str) -> Kind {
    let (krate, mut report) = (Crate::new(None), Report::default());
    let mut scopes = Scopes::default();
    scopes.enter();
    let variables: [(&str, Type); 6] = [
        ("x", parse_quote!(Tensor)),
        ("n", parse_quote!(usize)),
        ("xs", parse_quote!(Vec<Tensor>)),
        ("u", parse_quote!(Held<'_>)),
        ("config", parse_quote!(&Config)),
        ("pair", parse_quote!((&Tensor, [f32; 2]))),
    ];
    for (name, ty) in variables {
        scopes.insert(&parse_str(name).expect("a name"), Kind::of_parameter(&ty));
    }
    let mut lower = Lower {
        krate: &krate,
        report: &mut report,
        scopes,
        leaves: None,
        left: false,
        graph: None,
        conditional: false,
        chooses: false,
    };
    let mut block: Block = parse_str(&format!("{{ {source} }}")).expect("a block");
    let kind = lower.block(&mut block);
    assert!(report.is_empty(), "{source}");
    kind
}

macro_rules! kinds {
    ($($name:ident { $($source:literal is $kind:expr,)* })*) => {
        $(#[test]
        fn $name() {
            $(assert_eq!(kind($source), $kind, "{}", $source);)*
        })*
    };
}

kinds! {
    numbers {
        "1" is Number,
        "0.5f32" is Number,
        "true" is Number,
        "u as usize" is Number,
        "n" is Number,
        "-n" is Number,
        "n + 1" is Number,
        "n * u" is Unknown,
        "u < u" is Number,
        "u % 2" is Number,
        "act == Act::Relu" is Number,
        "n.pow(2)" is Number,
    }

    what_holds_no_tensor {
        "WIDTH" is Constant,
        "config::WIDTHS" is Constant,
        "config::WIDTHS[2]" is Constant,
        "TABLE[1].channels" is Constant,
        "u64::MAX" is Constant,
        "u64::MAX / 2" is Number,
        "Act::Relu" is Plain,
        "Act::Scaled(n)" is Plain,
        "Act::Held(x)" is Unknown,
        "None" is Unknown,
        "Config { n, m: 1 }" is Plain,
        "Config { n, x }" is Unknown,
        "config" is Plain,
        "config.stages[1]" is Plain,
        "config.mean()" is Plain,
        "config.linear(8)" is Plain,
        "config.linear(8).apply(x)" is Unknown,
        "config.apply(u, name = \"a\")" is Unknown,
        "CONFIG.apply(x)" is Unknown,
        "TABLE[n].act.apply(x)" is Unknown,
        "Config::new(n).mean()" is Plain,
        "concat(8)" is Plain,
        "constant(n)" is Plain,
        "if u { n } else { WIDTH }" is Constant,
        "if u { n } else { config }" is Plain,
        "config.width / 2" is Plain,
    }

    queries_are_numbers {
        "x.channels()" is Number,
        "u.height()" is Number,
        "x.width() / 2" is Number,
        "x.dim(-1)" is Number,
        "x.rank()" is Number,
        "x.elements()" is Number,
        "xs.len()" is Number,
        "x.shape()" is array(Number),
    }

    tensors {
        "x" is Tensor,
        "x.relu()" is Tensor,
        "u.conv2d(8, 3)" is Tensor,
        "u.relu(name = \"a\")" is Tensor,
        "u.anything()" is Unknown,
        "concat([u, u])" is Tensor,
        "parameter([n])" is Tensor,
        "constant([n], 0.5)" is Tensor,
        "x + u" is Tensor,
        "0.5 * x" is Tensor,
        "block(x)" is Unknown,
        "block(x, name = \"b\")" is Unknown,
    }

    collections {
        "[x, u]" is array(Unknown),
        "[x, x]" is array(Tensor),
        "[(1, x); 3]" is array(Kind::Tuple(vec![Number, Tensor])),
        "[x, x][0]" is Tensor,
        "vec![]" is list(Unknown),
        "Vec::new()" is list(Unknown),
        "List::new()" is list(Unknown),
        "vec![x, x]" is list(Tensor),
        "vec![n; 3]" is list(Number),
        "vec![vec![n]][0][1]" is Number,
        "xs[0]" is Tensor,
        "&xs[n]" is Tensor,
        "(n, x).1" is Tensor,
        "*pair.0" is Tensor,
        "pair.1[0]" is Number,
    }

    branches {
        "if u { x } else { x.relu() }" is Tensor,
        "if u { x } else { u }" is Unknown,
        "if u { n } else { return x }" is Number,
        "if u { n }" is Unknown,
        "match u { A => 1, B => n, _ => panic!() }" is Number,
        "match u { A => 1, B => x }" is Unknown,
        "return x" is Never,
        "{ let y = x; y }" is Tensor,
        "{ x; }" is Unknown,
        "loop { break x }" is Unknown,
    }

    bindings {
        "let (a, b) = (n, x); b" is Tensor,
        "let (a, .., b) = (n, u, x); b" is Tensor,
        "let [a, b] = x.chunk(2); a" is Tensor,
        "let [first, rest @ ..] = [n; 3]; rest" is array(Number),
        "let y: usize = u; y" is Number,
        "let y: Vec<usize> = u; y" is list(Number),
        "let y; y" is Unknown,
        "let Some(y) = u else { return x }; y" is Unknown,
        "let x = n; x" is Number,
        "{ let x = n; } x" is Tensor,
        "if let y = n { y } else { n }" is Number,
        "match (n, x) { (a, b) => b }" is Tensor,
        "match pair { &(a, [b, c]) => c }" is Number,
        "fn x() {} x" is Unknown,
        "let X = x; X" is Tensor,
        "let (Q, K) = (x, n); Q" is Tensor,
        "match x { X => X }" is Constant,
        "let mut c = config; c" is Unknown,
        "use a::b as n; n" is Unknown,
    }

    loops {
        "let mut y = u; for i in 0..n { y = i; break; } y" is Unknown,
        "for (i, (c, d)) in [(96, 3)].iter().enumerate() { let k: () = c + d * i; } n" is Number,
    }
}

/// In a loop, the kinds of what the pattern binds decide about the operators.
#[test]
fn loops_bind_their_patterns() {
    let lowered = |source: &str| {
        let (krate, mut report) = (Crate::new(None), Report::default());
        let mut block: Block = parse_str(&format!("{{ {source} }}")).expect("a block");
        super::lower(&mut block, Vec::new(), None, &krate, &mut report);
        quote::quote!(#block).to_string().contains("Operands")
    };
    assert!(!lowered("for i in 0..u { i + 1; }"));
    assert!(!lowered("for (i, w) in WIDTHS.iter().enumerate() { i * w; }"));
    assert!(!lowered("for (i, (c, d)) in [(96, 3), (192, 3)].iter().enumerate() { c * d + i; }"));
    assert!(!lowered("for (i, _) in (0..4).enumerate().rev() { i * 2; }"));
    assert!(lowered("for (i, y) in u.iter().enumerate() { i * y; }"));
    assert!(lowered("for y in vec![parameter([1])] { y + y; }"));
}

/// Rust's own precedence survives: what is lowered is printed as one operand.
#[test]
fn lowered_operands_stay_whole() {
    let (krate, mut report) = (Crate::new(None), Report::default());
    let mut block: Block = parse_quote!({
        let y = (x + z).relu() - -(x * 2.0) / w;
    });
    super::lower(&mut block, Vec::new(), None, &krate, &mut report);
    let reparsed: Expr = parse_quote!(#block);
    assert_eq!(quote::quote!(#block).to_string(), quote::quote!(#reparsed).to_string());
}
