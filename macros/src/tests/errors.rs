//! All mistakes are reported at once, each at its token, and leave the name usable.

use proc_macro2::{TokenStream, TokenTree};

use super::expand;

/// The errors of a source, each as `the text it points at: the message`.
fn errors(source: &str) -> Vec<String> {
    errors_in(expand(source), source)
}

fn errors_in(tokens: TokenStream, source: &str) -> Vec<String> {
    let mut tokens = tokens.into_iter();
    let mut errors = Vec::new();
    while let Some(token) = tokens.next() {
        if let TokenTree::Group(group) = &token {
            errors.extend(errors_in(group.stream(), source));
        }
        // `::core::compile_error! { "message" }`
        if !matches!(&token, TokenTree::Ident(word) if word == "compile_error") {
            continue;
        }
        if let Some(TokenTree::Group(message)) = tokens.nth(1) {
            let from = token.span().byte_range().start;
            let message: syn::LitStr = syn::parse2(message.stream()).expect("a message");
            let to = message.span().byte_range().end;
            errors.push(format!("{}: {}", &source[from..to], message.value()));
        }
    }
    errors
}

/// The errors of a body of a block over `x`, `y: Tensor`, `n: usize`.
fn in_body(body: &str) -> Vec<String> {
    errors(&format!("#[block] fn f(x: Tensor, y: Tensor, n: usize) -> Tensor {{ {body} }}"))
}

/// The errors of the arguments of a budget.
fn in_budget(arguments: &str) -> Vec<String> {
    errors(&format!("#[network] #[budget({arguments})] fn Net(x: Tensor<3>) -> Tensor<3> {{ x.relu() }}"))
}

macro_rules! errors {
    ($($name:ident: $of:ident { $($source:literal => [$($error:literal),* $(,)?],)* })*) => {
        $(#[test]
        fn $name() {
            $(
                let expected: &[&str] = &[$($error),*];
                assert_eq!($of($source), expected, "{}", $source);
            )*
        })*
    };
}

errors! {
    keywords: in_body {
        "x.conv2d(64, 3, strides = 2)" => [
            "strides: `conv2d` has no option `strides`; did you mean `stride`? \
             There are stride, padding, dilation, groups, bias, out_channels, kernel and name",
        ],
        "x.conv2d(64, kernel_size = 3)" => ["kernel_size: `conv2d` has no option `kernel_size`: write `kernel`"],
        "x.conv2d(in_channels = 3, out_channels = 64, kernel = 3)" => [
            "in_channels: `conv2d` has no option `in_channels`: input channels are known",
        ],
        "x.linear(64, in_features = 3)" => [
            "in_features: `linear` has no option `in_features`: input features are known",
        ],
        "concat([x, y], dim = 1)" => ["dim: `concat` has no option `dim`: write `axis`"],
        "x.linear(64, activation = 2)" => [
            "activation: `linear` has no option `activation`; there are bias, out_features and name",
        ],
        "x.conv2d(64, 3, stride = 2, stride = 1)" => ["stride = 1: `stride` is given twice"],
        "x.conv2d(64, 3, kernel = 5)" => ["kernel = 5: `kernel` is given twice: it is the second argument already"],
        "x.conv2d(64, stride = 2, 3)" => [
            "3: positional arguments come before those by keyword: move it before `stride = ..`",
        ],
        "x.linear(1, name = \"a\", name = \"b\")" => ["name = \"b\": `name` is given twice"],
        "x.relu(inplace = true)" => ["inplace = true: `relu` takes no options"],
        "x.clamp(min = 0.0)" => ["min = 0.0: `clamp` takes no options: write `clamp(min, max)`"],
        "x.conv2(64, 3, stride = 2, padding = 1)" => ["conv2: there is no layer `conv2`; did you mean `conv2d`?"],
        "x.conv2d(64, 3, stried = 2).linear(biass = true, 10).relu(a = 1)" => [
            "stried: `conv2d` has no option `stried`; did you mean `stride`? \
             There are stride, padding, dilation, groups, bias, out_channels, kernel and name",
            "10: positional arguments come before those by keyword: move it before `biass = ..`",
            "biass: `linear` has no option `biass`; did you mean `bias`? There are bias, out_features and name",
            "a = 1: `relu` takes no options",
        ],
    }

    attributes_of_arguments: in_body {
        "x.conv2d(64, 3, #[cfg(any())] stride = 2)" => [
            "#[cfg(any())]: an attribute cannot go on an option; \
             write the call twice, each under its own `#[cfg]`",
        ],
        "x.conv2d(64, 3, #[cfg(a)] stride = 2, #[cfg(b)] stride = 1)" => [
            "#[cfg(a)]: an attribute cannot go on an option; write the call twice, each under its own `#[cfg]`",
            "#[cfg(b)]: an attribute cannot go on an option; write the call twice, each under its own `#[cfg]`",
        ],
        "x.conv2d(64, #[cfg(any())] 3, padding = 1).relu(#[cfg(any())] name = \"a\")" => [
            "#[cfg(any())]: an attribute cannot go on an argument; \
             write the call twice, each under its own `#[cfg]`",
            "#[cfg(any())]: an attribute cannot go on an option; \
             write the call twice, each under its own `#[cfg]`",
        ],
        "concat(#[a] [x, y], #[b] axis = 0)" => [
            "#[a]: an attribute cannot go on an argument; write the call twice, each under its own `#[cfg]`",
            "#[b]: an attribute cannot go on an option; write the call twice, each under its own `#[cfg]`",
        ],
        "block(x, #[a] 3 + n, name = \"a\")" => [
            "#[a]: an attribute cannot go on an argument; write the call twice, each under its own `#[cfg]`",
        ],
    }

    numbers_of_arguments: in_body {
        "x.conv2d(64)" => ["conv2d: `conv2d` needs `kernel`: write x.conv2d(out_channels, kernel)"],
        "x.conv2d()" => [
            "conv2d: `conv2d` needs `out_channels` and `kernel`: write x.conv2d(out_channels, kernel)",
        ],
        "x.conv2d(3, 64, 7)" => [
            "7: input channels are known: write `conv2d(64, 7)`; \
             an option goes by its name: `conv2d(3, 64, stride = 7)`",
        ],
        "x.conv2d(3, 64, 7, n + 1)" => [
            "7, n + 1: input channels are known: write `conv2d(64, 7, stride = n + 1)`",
        ],
        "x.linear(128, 10)" => ["10: input features are known: write `linear(10)`"],
        "x.linear(10, false)" => [
            "false: `linear` takes (out_features), and by keyword bias: write `linear(10, bias = false)`",
        ],
        "x.batch_norm(64)" => ["64: input channels are known: write `batch_norm()`"],
        "x.group_norm(32, 64)" => ["64: input channels are known: write `group_norm(32)`"],
        "x.layer_norm([64, 7, 7])" => ["[64, 7, 7]: input extents are known: write `layer_norm(axes = 3)`"],
        "x.multi_head_attention(64, 8)" => ["8: input features are known: write `multi_head_attention(8)`"],
        "let (y, _) = x.lstm(64, 128); y" => [
            "128: input features are known: write `lstm(128)`; \
             an option goes by its name: `lstm(64, num_layers = 128)`",
        ],
        "x.leaky_relu(0.1)" => [
            "0.1: `leaky_relu` takes no positional argument, and by keyword negative_slope: \
             write `leaky_relu(negative_slope = 0.1)`",
        ],
        "x.upsample2d(2)" => [
            "2: `upsample2d` takes no positional argument, and by keyword size, scale_factor, mode and align_corners: \
             write `upsample2d(scale_factor = 2)`",
        ],
        "x.mean([1, 2], true)" => [
            "[1, 2], true: `mean` takes no positional argument, and by keyword axis, axes and keepdim: \
             write `mean(axes = [1, 2], keepdim = true)`",
        ],
        "x.permute(1, 2, 0)" => ["2, 0: `permute` takes an array: write `permute([1, 2, 0])`"],
        "x.flatten(1)" => ["1: `flatten` takes no positional argument"],
        "x.clamp(0.0)" => ["clamp: `clamp` needs `max`: write x.clamp(min, max)"],
        "parameter()" => ["parameter: `parameter` needs `shape`: write parameter(shape)"],
        "concat()" => ["concat: `concat` needs `tensors`: write concat(tensors)"],
        "concat(x, y)" => ["y: `concat` takes an array: write `concat([x, y])`"],
        "concat(&[x, y], 1)" => ["1: `concat` takes (tensors), and by keyword axis: write `concat(&[x, y], axis = 1)`"],
        "constant([1], 0.0, 2)" => ["2: `constant` takes (shape, value)"],
    }

    words: in_body {
        "x.view(n, 7)" => ["view: there is no layer `view`: write `x.reshape([64, 49])`"],
        "x.relu().BatchNorm2d(64)" => ["BatchNorm2d: there is no layer `BatchNorm2d`; did you mean `batch_norm`?"],
        "x.hardswish()" => ["hardswish: there is no layer `hardswish`; did you mean `hard_swish`?"],
        "x.Dense(units = 10, activation = 1)" => ["Dense: there is no layer `Dense`: write `x.linear(10)`"],
        "x.interpolate(size = 2)" => [
            "interpolate: there is no layer `interpolate`: write `x.upsample2d(scale_factor = 2)`",
        ],
        "x.grid_sample(y)" => [
            "grid_sample: there is no layer `grid_sample`: \
             a #[block] makes one of others, `custom` one with a kernel of your own",
        ],
        "x.relu().concat(y).relu()" => ["concat: there is no layer `concat`: write `concat([x, y], axis = 0)`"],
        "cat([x, y], dim = 1)" => ["dim = 1: there is no layer `cat`: write `concat([x, y], axis = 0)`"],
        "x.linear(x.shape[0])" => ["shape: there is no layer `shape`: write `x.dim(0)`"],
        "x[0]" => ["0: a tensor has no elements here: a part of it is `x.narrow(axis, start, len)`"],
        "-x" => ["-: the negative of a tensor is a layer: write `x.neg()`"],
        "helper(x).view(3)" => [],
    }

    blocks: in_body {
        "separable(x, out = 64)" => [
            "out = 64: blocks take positional arguments: give `separable` this one without `out =`",
        ],
        "blocks::separable(x, nme = \"a\")" => ["nme = \"a\": a block has no option `nme`; did you mean `name`?"],
    }

    names: in_body {
        "x.relu(name = \"a{i:02}\")" => ["\"a{i:02}\": a name has no format: write `{i}`"],
        "x.relu(name = \"a{}\")" => ["\"a{}\": `{}` names no number: write `{i}`"],
        "x.relu(name = \"a{i\")" => ["\"a{i\": a `{` without `}`; a brace in a name is written `{{`"],
        "x.relu(name = \"a}\")" => ["\"a}\": a `}` without `{`; a brace in a name is written `}}`"],
        "x.relu(name = \"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
          01234567890123456789012345678\")" => [
            "\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
              01234567890123456789012345678\": a layer's name has 128 bytes at most, those of its blocks included",
        ],
        "x.relu(name = \"a{let}\")" => ["\"a{let}\": `let` is not an expression"],
        "x.relu(name = n + 1)" => ["n + 1: a name is a string, such as \"layer{i}.conv\", or a constant"],
    }

    loops: in_body {
        "for (a, b) in xs.iter().zip(ys) {} x" => [
            "zip: `zip` cannot run at compile time; a `for` loop takes iter, into_iter, copied, rev, enumerate and step_by",
        ],
        "for a in (0..n).map(f) {} x" => [
            "map: `map` cannot run at compile time; a `for` loop takes rev, enumerate and step_by",
        ],
        "for a in xs.iter_mut() {} x" => [
            "iter_mut: a loop cannot lend elements to be changed: write `for i in 0..list.len() { list[i] = .. }`",
        ],
        "for a in 5 {} x" => ["5: `for` runs over a range, an array or a list: write `0..5`"],
        "for a in x.channels() {} x" => [
            "x.channels(): `for` runs over a range, an array or a list: write `0..x . channels ()`",
        ],
        "for a in 0.. { x.relu(a = 1); } x" => [
            "0..: the range of a `for` loop has a start and an end: write `0..n`",
            "a = 1: `relu` takes no options",
        ],
    }

    what_cannot_run: in_body {
        "let f = |t| t.relu(); f(x)" => [
            "|t|: closures cannot run at compile time; write a `for` loop or a #[block]",
        ],
        "let sum = xs.iter().map(|x| x.channels()).sum(); x" => [
            "map: `map` cannot run at compile time: iterators belong in the head of a `for` loop, \
             with iter, into_iter, copied, rev, enumerate and step_by",
        ],
        "let all = xs.iter(); x" => [
            "iter: `iter` cannot run at compile time: iterators belong in the head of a `for` loop, \
             with iter, into_iter, copied, rev, enumerate and step_by",
        ],
        "let all = (0..n).map(f).collect(); x" => [
            "map: `map` cannot run at compile time: iterators belong in the head of a `for` loop, \
             with iter, into_iter, copied, rev, enumerate and step_by",
        ],
        "layers.pop()?" => [
            "?: `?` cannot run at compile time; write `match`, or `let Some(x) = .. else { .. }`",
        ],
        "x.relu().await" => ["await: a declaration runs at compile time: it cannot `await`"],
        "async { x }" => ["async: a declaration runs at compile time: it cannot be `async`"],
        "println!(\"{}\", n); x" => [
            "println!: `println!` cannot run at compile time; print the network's `report()` when it runs",
        ],
        "let name = format!(\"{}\", n); x" => [
            "format!: `format!` cannot run at compile time; \
             a layer is named with numbers by `name = \"layer{i}\"`",
        ],
        "fn nested() { println!(\"not ours\"); } x" => [],
    }

    budgets: in_budget {
        "" => ["#[budget()]: a budget has a limit: write `#[budget(macs <= 3M)]`"],
        "mac <= 3M" => [
            "mac: unknown quantity `mac`; did you mean `macs`? There are macs, macs_executed, macs_live, dead_channels, \
             flops, params, flash, ram, peak_live, peak_live_in_place, traffic and traffic_uncached, and those of \
             other tools, such as `fvcore.flops`",
        ],
        "layer.peak_live <= 3" => [
            "layer.peak_live: `peak_live` is a number of the whole network; \
             a layer has macs, macs_executed, macs_live, dead_channels, flops, params, flash, ram, traffic and traffic_uncached",
        ],
        "macs <= 3Q, ram <= 3 Kb" => [
            "3Q: unknown unit `Q`; `macs` takes k, M, G and T",
            "Kb: unknown unit `Kb`; did you mean `kB`? `ram` takes B, kB, MB, GB, KiB, MiB and GiB",
        ],
        "macs <= 3 MiB" => ["MiB: `MiB` is a unit of bytes; `macs` takes k, M, G and T"],
        "ram <= 3k" => ["3k: `k` is a unit of counts; `ram` takes B, kB, MB, GB, KiB, MiB and GiB"],
        "macs <=" => ["<=: a value is missing: write `macs <= 3M`"],
        "ram <=, macs <= 1" => ["<=: a value is missing: write `ram <= 64 KiB`"],
        "macs > 3M" => [">: a limit is written `macs <= ..`, `macs < ..`, or `macs == ..` to pin it"],
        "macs = 3M" => ["=: a limit is written `macs <= ..`, `macs < ..`, or `macs == ..` to pin it"],
        "macs" => ["macs: a limit is written `macs <= ..`, `macs < ..`, or `macs == ..` to pin it"],
        "macs <= -3M" => ["-3M: a limit is not negative"],
        "macs <= 0.0000001M" => ["0.0000001M: `0.0000001M` is not a whole number"],
        "flash <= 0.3 KiB" => ["0.3 KiB: `0.3 KiB` is not a whole number"],
        "macs <= 1.5e-9223372036854775808" => [
            "1.5e-9223372036854775808: `1.5e-9223372036854775808` is not a whole number",
        ],
        "macs <= 1e-9223372036854775809" => [
            "1e-9223372036854775809: `1e-9223372036854775809` is not a whole number",
        ],
        "macs <= 20000000T" => ["20000000T: `20000000T` is too large: a limit is below 2^64"],
        "macs <= 3M k" => ["k: two units, `M` and `k`"],
        "macs <= 3M, warn = 0%" => ["0: `warn` is a percentage of the limit, from 1% to 100%"],
        "macs <= 3M, warn = 101%" => ["101: `warn` is a percentage of the limit, from 1% to 100%"],
        "macs <= 3M, warn = 90, params <= 1" => [",: a warning comes near the limit: write `warn = 90%`"],
        "warn = 90%" => [
            "warn = 90%: `warn` needs a limit to compare with: write `macs <= 3M, warn = 90%`",
        ],
        "mac <= 3, warn = 90%" => [
            "mac: unknown quantity `mac`; did you mean `macs`? There are macs, macs_executed, macs_live, dead_channels, \
             flops, params, flash, ram, peak_live, peak_live_in_place, traffic and traffic_uncached, and those of \
             other tools, such as `fvcore.flops`",
        ],
        "warn = 80%, macs <= 3M, warn = 90%" => ["warn = 90%: `warn` is given twice: one applies to all limits beside it"],
        "macs <= 3M, warn = 99.5%" => ["99.5: `warn` is a whole number of percent, from 1 to 100"],
        "macs <= 3M, warn = \"90\"" => ["\"90\": a warning comes near the limit: write `warn = 90%`"],
        "macs <= 3M, warn = 99.5" => ["warn: a warning comes near the limit: write `warn = 90%`"],
        "macs <= A +, params <= 1" => ["A +: unexpected end of input, expected an expression"],
        "macs <= 1, , params <= 1, 3 <= macs" => [
            ",: a comma too many: no limit is before it",
            "3: a limit begins with a quantity: write `macs <= 3M`",
        ],
        "macs <= 3M; params <= 2" => [";: expected a comma after the limit"],
        "macs < 1_000, macs == 1.5e3, macs <= 1u64, ram <= 64, ram <= 1.5 KiB, layer.flops < 2 * LIMIT" => [],
    }

    attributes: errors {
        "#[network(fus)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "fus: unknown option `fus`; did you mean `fuse`? There are fuse, dtype, declared_order, stream, typelevel, file, micro and crate",
        ],
        "#[network(dtype = u8)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "u8: `u8` is not a data type of weights; there are f32, f16, bf16, i16, i8",
        ],
        "#[network(declared_ordr)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "declared_ordr: unknown option `declared_ordr`; did you mean `declared_order`? There are fuse, dtype, declared_order, stream, typelevel, file, micro and crate",
        ],
        "#[network(declared_order = false)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "false: `declared_order` takes no value: write `declared_order`, or leave it out",
        ],
        "#[network(fuse, fuse)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => ["fuse: `fuse` is given twice"],
        "#[network(fuse = true, typelevel = 1, dtype = \"i8\")] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "true: `fuse` takes no value: write `fuse`, or leave it out",
            "1: `typelevel` takes no value: write `typelevel`, or leave it out",
            "\"i8\": a type of weights is a word: write `dtype = i8`",
        ],
        "#[network(dtype, crate = \"netcost\")] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "dtype: a type of weights is a word: write `dtype = i8`",
            "\"netcost\": a crate is a path: write `crate = netcost`",
        ],
        "#[network(dtype = \"f16\", crate = \"my::netcost\")] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "\"f16\": a type of weights is a word: write `dtype = f16`",
            "\"my::netcost\": a crate is a path: write `crate = my::netcost`",
        ],
        "#[network(crate = \"\", dtype = 8 bits)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "\"\": a crate is a path: write `crate = netcost`",
            "8 bits: a type of weights is a word: write `dtype = i8`",
        ],
        "#[network(dtype =, fuse)] fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "dtype: a type of weights is a word: write `dtype = i8`",
        ],
        "#[block(fuse)] fn b(x: Tensor) -> Tensor { x }" => ["fuse: unknown option `fuse`; there are crate"],
        "#[network(file = PATH)] struct N;" => ["PATH: a file is a path in quotes: write `file = \"kws.tflite\"`"],
        "#[network(file)] struct N;" => ["file: a file is a path in quotes: write `file = \"kws.tflite\"`"],
        "#[network] struct N;" => ["struct: #[network] belongs on a function"],
        "#[block] enum N {}" => ["enum: #[block] belongs on a function"],
        "#[budget(macs <= 1)] fn f() {}" => [
            "fn: #[budget] belongs on a #[network] function or on a type alias of a network",
        ],
        "#[budget(macs <= 1)] type A<const N: usize> = B<N>;" => [
            "<const N: usize>: a budget is of one network: name an instance, such as `type Small = AlexNet<224, 224>;`",
        ],
        "#[budget(mac <= 1)] type A = B<1>;" => [
            "mac: unknown quantity `mac`; did you mean `macs`? There are macs, macs_executed, macs_live, dead_channels, \
             flops, params, flash, ram, peak_live, peak_live_in_place, traffic and traffic_uncached, and those of \
             other tools, such as `fvcore.flops`",
        ],
    }

    signatures: errors {
        "#[network] fn N(x: Tensor<3>, width: usize) -> Tensor<1> { x }" => [
            "width: usize: a network's inputs are tensors; make `width` a const generic of the network",
        ],
        "#[network] fn N(x: [[f32; 32]; 3], y: &[f32], z: Vec<f32>) -> Tensor<1> { x }" => [
            "x: [[f32; 32]; 3]: an input is a tensor: write `x: Tensor<3, 32>`",
            "y: &[f32]: an input is a tensor: write `y: Tensor<N>`",
            "z: Vec<f32>: an input is a tensor: write `z: Tensor<N>`",
        ],
        "#[network] fn N(x: Option<Tensor<3>>, config: &Config) -> Tensor<3> { x }" => [
            "x: Option<Tensor<3>>: an input is always there: write `x: Tensor<3>`",
            "config: &Config: a network's inputs are tensors; \
             make `config` a constant, or the argument of a #[block] that it calls",
        ],
        "#[network] fn N<const S: &'static str>(x: Tensor<3>) -> Tensor<3> { x }" => [
            "&'static str: a const generic is a number, a `bool` or a `char`",
        ],
        "#[block] fn b(x: Tensor, f: impl Fn(Tensor) -> Tensor, g: fn(usize)) -> Tensor { x }" => [
            "impl Fn(Tensor) -> Tensor: a block cannot be given a function at compile time: \
             give it an enum, and `match` on that",
            "fn(usize): a block cannot be given a function at compile time: give it an enum, and `match` on that",
        ],
        "#[network] fn N(x: Tensor<3>, #[cfg(any())] y: Tensor<3>) -> Tensor<3> { x }" => [
            "#[cfg(any())]: an attribute cannot go on an input; \
             write the network twice, each under its own `#[cfg]`",
        ],
        "#[network] fn N((x, y): (Tensor<4>, Tensor<{ N }, 4>)) -> Tensor<4> { x + y }" => [
            "(x, y): (Tensor<4>, Tensor<{ N }, 4>): several inputs are several parameters: \
             write `x: Tensor<4>, y: Tensor<{ N }, 4>`",
        ],
        "#[network] fn N(p: (Tensor<4>, Tensor<4>), q: [Tensor<4>; 3]) -> Tensor<4> { p.0 }" => [
            "p: (Tensor<4>, Tensor<4>): several inputs are several parameters: write `x0: Tensor<4>, x1: Tensor<4>`",
            "q: [Tensor<4>; 3]: several inputs are several parameters: write `x0: Tensor<4>, x1: Tensor<4>`",
        ],
        "#[network] fn N(x: &Tensor<4>) -> Tensor<4> { x.relu() }" => [
            "x: &Tensor<4>: an input is the tensor itself: drop the `&`, and write `x: Tensor<4>`",
        ],
        "#[network] fn N(x: Tensor) -> Tensor { x }" => [
            "Tensor: an input states its extents, without a batch axis: write `Tensor<C, H, W>`",
            "Tensor: an output states its extents: write `Tensor<10>`, or `Tensor<C, H, W>`",
        ],
        "#[network] fn N(x: Tensor<_>) -> Tensor<1> { x }" => [
            "_: an extent is a number, a constant, or an expression in braces: `Tensor<3, SIZE, { SIZE / 2 }>`",
        ],
        "#[network] fn N() -> Tensor<1> { parameter([1]) }" => [
            "N: a network has an input: write `fn N(x: Tensor<3, 224, 224>)`",
        ],
        "#[network] fn N(x: Tensor<1>) { x }" => [
            "N: a network states its output: write `-> Tensor<10>` after its inputs",
        ],
        "#[network] fn N(x: Tensor<1>) -> usize { 1 }" => [
            "usize: a network gives `Tensor<10>`, a tuple of such, or an array: `[Tensor<10>; 2]`",
        ],
        "#[network] fn N(&self, (x, y): Tensor<1>) -> Tensor<1> { x }" => [
            "&self: a network is a free function: it has no `self`",
            "(x, y): an input of a network is a plain name: write `x: Tensor<..>`",
        ],
        "#[network] fn N<'a, T, const C: usize>(x: Tensor<C>) -> Tensor<C> { x }" => [
            "'a: a network needs no lifetime: its tensors get theirs from `#[network]`",
            "T: a network's generics are numbers: write `const T: usize`",
        ],
        "#[network(typelevel)] fn N<const C: usize>(x: Tensor<C>) -> Tensor<C> { x }" => [
            "typelevel: a generic network has no numbers at type level before its generics are known: wrap an instance, \
             `#[network(typelevel)] fn Small(x: Tensor<..>) -> Tensor<..> { N::<..>(x) }`",
        ],
        "#[network] async unsafe extern \"C\" fn N(x: Tensor<1>) -> Tensor<1> { x }" => [
            "async: a network runs at compile time: it cannot be `async`",
            "unsafe: a network runs at compile time: it cannot be `unsafe`",
            "extern \"C\": a network runs at compile time: it cannot be `extern`",
        ],
        "#[block] async fn b(x: Tensor) -> Tensor { x }" => [
            "async: a block runs at compile time: it cannot be `async`",
        ],
        "#[block] fn b(n: usize) -> Tensor { parameter([n]) }" => [
            "parameter: the block needs a tensor among its arguments, from which it takes the graph: give it one",
        ],
        "#[block] fn b(n: usize) -> Tensor { other(n, name = \"a\") }" => [
            "name: the block needs a tensor among its arguments, from which it takes the graph: give it one",
        ],
    }
}

#[test]
fn a_body_that_syn_cannot_parse_leaves_a_fallback() {
    let tokens = "fn N(x: Tensor<1>) -> Tensor<1> { x.relu(,) }".parse().expect("tokens");
    let expanded = crate::pipeline::network(proc_macro2::TokenStream::new(), tokens, "".as_ref()).to_string();
    assert!(expanded.contains("compile_error"));
    assert!(expanded.contains("enum N"));
}
