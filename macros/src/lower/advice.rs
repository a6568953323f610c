//! What to write instead: for arguments that a layer does not take, and for words that are no layer here.

use netcost_core::__macro::syntax::{self, Form, Syntax};
use syn::{Expr, Lit};

use super::kind::peel;
use crate::diagnostics::{alternatives, closest, list, spell};

/// PyTorch's words for options that have another name here.
const OPTIONS: &[(&str, &str)] = &[("kernel_size", "kernel"), ("dim", "axis")];

/// What other libraries' constructors are given and is known here: the layers, which argument it is, and what it says.
const KNOWN: &[(&[&str], usize, &str)] = &[
    (&["conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"], 0, "input channels"),
    (&["batch_norm", "instance_norm"], 0, "input channels"),
    (&["group_norm"], 1, "input channels"),
    (&["linear", "rnn", "lstm", "gru", "rnn_cell", "lstm_cell", "gru_cell"], 0, "input features"),
    (&["multi_head_attention", "transformer_encoder_layer"], 0, "input features"),
    (&["layer_norm", "rms_norm"], 0, "input extents"),
];

/// Other libraries' words for layers, without case and underscores, and what to write for them.
const LAYERS: &[(&[&str], &str)] = &[
    (&["view", "viewas", "reshapeas"], "x.reshape([64, 49])"),
    (&["cat", "concat", "concatenate", "stack", "hstack", "vstack"], "concat([x, y], axis = 0)"),
    (&["bn", "batchnormalization"], "x.batch_norm()"),
    (&["ln", "layernormalization"], "x.layer_norm()"),
    (&["gn", "groupnormalization"], "x.group_norm(32)"),
    (&["dense", "fc", "fullyconnected"], "x.linear(10)"),
    (&["conv", "convolution"], "x.conv2d(64, 3)"),
    (&["depthwiseconv", "depthwiseconv2d", "dwconv", "dwconv2d"], "x.conv2d(x.channels(), 3, groups = x.channels())"),
    (&["pointwiseconv", "pointwiseconv2d", "conv1x1"], "x.conv2d(64, 1)"),
    (&["deconv", "deconv2d", "convtranspose", "conv2dtranspose", "upconv"], "x.conv_transpose2d(64, 2, stride = 2)"),
    (&["pool", "maxpool", "maxpooling", "maxpooling2d"], "x.max_pool2d(2)"),
    (&["avgpool", "averagepool", "avgpooling", "averagepooling2d"], "x.avg_pool2d(2)"),
    (&["gap", "globalaveragepooling2d", "globalavgpool2d", "adaptiveavgpool"], "x.global_avg_pool()"),
    (&["globalmaxpool", "globalmaxpool2d", "globalmaxpooling2d", "adaptivemaxpool"], "x.adaptive_max_pool2d(1)"),
    (&["interpolate", "upsample", "upsampling", "upsampling2d", "resize"], "x.upsample2d(scale_factor = 2)"),
    (&["pad", "zeropad", "zeropad2d", "zeropadding", "zeropadding2d"], "x.pad2d(1)"),
    (&["dropout1d", "dropout2d", "dropout3d", "spatialdropout2d", "droppath", "stochasticdepth"], "x.dropout(0.1)"),
    (&["size", "shape"], "x.dim(0)"),
    (&["swish"], "x.silu()"),
    (&["hswish"], "x.hard_swish()"),
    (&["hsigmoid"], "x.hard_sigmoid()"),
    (&["pow", "square"], "x * x"),
    (&["rsqrt"], "1.0 / x.sqrt()"),
    (&["reciprocal"], "1.0 / x"),
    (&["max"], "x.amax()"),
    (&["min"], "x.amin()"),
    (&["attention", "selfattention", "mha", "multiheadattention"], "x.multi_head_attention(8)"),
    (&["se", "seblock", "squeezeexcite"], "x.squeeze_excitation(16)"),
    (&["mm", "dot"], "x.matmul(y)"),
    (&["t", "swapaxes", "swapdims"], "x.transpose(0, 1)"),
    (&["movedim", "moveaxis"], "x.permute([1, 2, 0])"),
    (&["slice", "select", "indexselect", "take"], "x.narrow(0, 0, 1)"),
    (&["ravel"], "x.flatten()"),
    (&["clone", "copy", "contiguous", "detach", "to", "cpu", "cuda", "float"], "x"),
];

/// Another library's option, or one that is misspelt.
pub fn unknown_option(word: &str, syntax: &Syntax) -> String {
    let layer = syntax.name;
    if let ("in_channels" | "in_features" | "num_features", true) = (word, syntax.form == Form::Method) {
        let inputs = if word == "in_features" { "features" } else { "channels" };
        return format!("`{layer}` has no option `{word}`: input {inputs} are known");
    }
    let is_word = |here: &&str| syntax.keywords.contains(here) || syntax.positional.contains(here);
    if let Some((_, here)) = OPTIONS.iter().find(|(there, here)| *there == word && is_word(here)) {
        return format!("`{layer}` has no option `{word}`: write `{here}`");
    }
    let words = syntax.keywords.iter().chain(syntax.positional).copied().chain(["name"]);
    format!("`{layer}` has no option `{word}`; {}", alternatives(word, words))
}

/// A layer without some of its positional arguments.
pub fn missing(places: &[Option<Expr>], syntax: &Syntax) -> String {
    let missing = syntax.positional.iter().zip(places).filter(|(_, place)| place.is_none());
    let missing: Vec<String> = missing.map(|(name, _)| format!("`{name}`")).collect();
    let missing = list(missing.iter().map(String::as_str));
    let receiver = if matches!(syntax.form, Form::Method | Form::Plain) { "x." } else { "" };
    let (layer, positional) = (syntax.name, syntax.positional.join(", "));
    format!("`{layer}` needs {missing}: write {receiver}{layer}({positional})")
}

/// More positional arguments than a layer has. Other libraries begin with the number of inputs, which is known here, and
/// take options by position, which have names here.
pub fn too_many(arguments: &[Expr], syntax: &Syntax) -> String {
    let layer = syntax.name;
    let extra = arguments.len() - syntax.positional.len();
    let only_a_switch = extra == 1 && arguments.last().is_some_and(is_bool);
    let known = KNOWN.iter().find(|(layers, at, _)| layers.contains(&layer) && *at < arguments.len());
    if let Some((_, at, what)) = known.filter(|_| !only_a_switch) {
        let mut others = arguments.to_vec();
        let inputs = others.remove(*at);
        let mut options = Vec::new();
        if let (Expr::Array(extents), ["axes", ..]) = (peel(&inputs), syntax.keywords) {
            options.extend((extents.elems.len() > 1).then(|| format!("axes = {}", extents.elems.len())));
        }
        let first = format!("{what} are known: write `{}`", call(&others, options, syntax));
        // What is one too many may be an option as well.
        return match syntax.keywords.first() {
            Some(&("stride" | "num_layers")) if extra == 1 => {
                format!("{first}; an option goes by its name: `{}`", call(arguments, Vec::new(), syntax))
            }
            _ => first,
        };
    }
    if takes_array(syntax) && !arguments.first().is_some_and(is_array) {
        return format!("`{layer}` takes an array: write `{layer}([{}])`", spelt(arguments));
    }
    let takes = match syntax.positional {
        [] => "no positional argument".to_owned(),
        positional => format!("({})", positional.join(", ")),
    };
    if syntax.keywords.is_empty() {
        return format!("`{layer}` takes {takes}");
    }
    let keywords = list(syntax.keywords.iter().copied());
    format!("`{layer}` takes {takes}, and by keyword {keywords}: write `{}`", call(arguments, Vec::new(), syntax))
}

/// The call of a layer with these arguments by position, those that have no place as options.
fn call(arguments: &[Expr], mut options: Vec<String>, syntax: &Syntax) -> String {
    let (positional, rest) = arguments.split_at(syntax.positional.len().min(arguments.len()));
    // An upsampling is by a factor.
    let first = syntax.keywords.iter().position(|word| *word == "scale_factor").unwrap_or(0);
    // There is one axis, or an array of axes.
    let other = if rest.first().is_some_and(is_array) { "axis" } else { "axes" };
    for (word, value) in syntax.keywords[first..].iter().filter(|word| **word != other).zip(rest) {
        options.push(format!("{word} = {}", spell(value)));
    }
    let arguments: Vec<String> = positional.iter().map(spell).chain(options).collect();
    format!("{}({})", syntax.name, arguments.join(", "))
}

/// Whether the one argument of a layer is an array, of tensors or with a number for each axis.
fn takes_array(syntax: &Syntax) -> bool {
    matches!(syntax.positional, ["tensors" | "axes" | "shape" | "output_size"])
}

fn is_array(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::Array(_) | Expr::Macro(_) => true,
        Expr::Reference(reference) => is_array(&reference.expr),
        _ => false,
    }
}

fn spelt(arguments: &[Expr]) -> String {
    arguments.iter().map(spell).collect::<Vec<_>>().join(", ")
}

fn is_bool(expr: &Expr) -> bool {
    matches!(peel(expr), Expr::Lit(lit) if matches!(lit.lit, Lit::Bool(_)))
}

/// Options for a layer that has none.
pub fn no_options(syntax: &Syntax) -> String {
    let layer = syntax.name;
    match syntax.positional {
        [] => format!("`{layer}` takes no options"),
        arguments => format!("`{layer}` takes no options: write `{layer}({})`", arguments.join(", ")),
    }
}

/// What to write for a word of another library's, if it is one.
pub fn of_other_library(word: &str) -> Option<&'static str> {
    let word = plain(word);
    LAYERS.iter().find(|(words, _)| words.contains(&&*word)).map(|(_, code)| *code)
}

/// A word that is no layer.
pub fn unknown_layer(word: &str) -> String {
    let layers = || syntax::all().map(|syntax| syntax.name);
    if let Some(code) = of_other_library(word) {
        return format!("there is no layer `{word}`: write `{code}`");
    }
    let same = layers().find(|layer| plain(layer) == plain(word));
    match same.or_else(|| closest(word, layers())) {
        Some(layer) => format!("there is no layer `{word}`; did you mean `{layer}`?"),
        None => format!(
            "there is no layer `{word}`: a #[block] makes one of others, `custom` one with a kernel of your own"
        ),
    }
}

/// A word without case and underscores.
fn plain(word: &str) -> String {
    word.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}
