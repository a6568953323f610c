//! Weights: from a safetensors file, in a const or at run time, or seeded.
//!
//! The tensors of a file are matched with the layers by name. A network that names no layer can also be matched in
//! order, if not one of its names is in the file: its layers with weights, one by one, with the file's modules in the
//! natural order of their names.

use crate::graph::{Graph, MAX_NODES};
use crate::layers::State;
use crate::name::Spelling;
use crate::state::Source;
use crate::text::Text;
use crate::{Network, RunError, Shape};

/// One tensor of a weight file. Those of a file stand in the order of their names.
#[derive(Clone, Copy, Debug)]
pub struct FileTensor<'a> {
    /// Its name: `features.0.weight`.
    pub name: &'a str,
    /// Its extents.
    pub shape: Shape,
    /// Where its data starts in the file, in bytes.
    pub start: usize,
}

/// The tensors of a weight file, without its data.
#[derive(Clone, Copy, Debug)]
pub struct FileIndex<'a> {
    /// In the order of their names, byte by byte.
    pub tensors: &'a [FileTensor<'a>],
    /// The same as indices, in the natural order of their names: `layer.2` before `layer.10`.
    pub natural: &'a [usize],
}

/// Why the tensors of a file are not those of a network. A layer's tensor is told by its node and its number there.
#[derive(Clone, Copy)]
pub(crate) enum MatchError {
    /// The network has a tensor that the file has not.
    Missing { node: usize, entry: usize },
    /// A tensor of the file has another shape than the network's.
    Shape { tensor: usize, node: usize, entry: usize },
    /// A tensor of the file is not of this network.
    Foreign { tensor: usize },
    /// Two layers of the network have one name.
    Twice { tensor: usize },
}

impl MatchError {
    /// Writes what is wrong.
    const fn describe<N: Network>(&self, index: &FileIndex<'_>) -> Text {
        let text = Text::new().str("the file's weights are not those of `").str(N::NAME).str("`: ");
        let text = match *self {
            MatchError::Missing { node, entry } => {
                let name = name_of(N::GRAPH, node, &N::GRAPH.state(node), entry);
                text.str("it has no tensor `").str(name.as_str()).str("`")
            }
            MatchError::Shape { tensor, node, entry } => {
                let state = N::GRAPH.state(node);
                let found = &index.tensors[tensor];
                text.str("its tensor `")
                    .str(found.name)
                    .str("` is ")
                    .shape(&found.shape)
                    .str(", and the network's `")
                    .str(name_of(N::GRAPH, node, &state, entry).as_str())
                    .str("` is ")
                    .shape(&state.entries[entry].shape)
            }
            MatchError::Foreign { tensor } => {
                text.str("its tensor `").str(index.tensors[tensor].name).str("` is not of this network")
            }
            MatchError::Twice { tensor } => text
                .str("two layers of the network take its tensor `")
                .str(index.tensors[tensor].name)
                .str("`; give each a name of its own"),
        };
        if is_by_name(N::GRAPH, index) {
            return text;
        }
        text.str("; no layer is named, so the file's are taken in the order of their names: name the layers as the file does")
    }
}

/// Which tensor of the file each entry of each layer's state is.
pub(crate) struct Matching {
    of: [[u16; 4]; MAX_NODES],
}

impl Matching {
    /// By name; or, where no layer is named and no name is in the file, in order.
    pub(crate) const fn new(graph: &Graph, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        if index.tensors.len() > 4 * MAX_NODES {
            return Err(MatchError::Foreign { tensor: index.tensors.len() - 1 });
        }
        if is_by_name(graph, index) { Matching::by_name(graph, index) } else { Matching::in_order(graph, index) }
    }

    const fn by_name(graph: &Graph, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        let mut matching = Matching { of: [[0; 4]; MAX_NODES] };
        let mut used = [false; 4 * MAX_NODES];
        let mut node = 0;
        while node < graph.len {
            let state = graph.state(node);
            let mut entry = 0;
            while entry < state.len {
                let name = name_of(graph, node, &state, entry);
                let Some(tensor) = find(index.tensors, name.as_str()) else {
                    return Err(MatchError::Missing { node, entry });
                };
                if !index.tensors[tensor].shape.same(&state.entries[entry].shape) {
                    return Err(MatchError::Shape { tensor, node, entry });
                }
                if used[tensor] {
                    return Err(MatchError::Twice { tensor });
                }
                matching.of[node][entry] = tensor as u16;
                used[tensor] = true;
                entry += 1;
            }
            node += 1;
        }
        let mut tensor = 0;
        while tensor < index.tensors.len() {
            if !used[tensor] && !is_counter(index.tensors[tensor].name) {
                return Err(MatchError::Foreign { tensor });
            }
            tensor += 1;
        }
        Ok(matching)
    }

    const fn in_order(graph: &Graph, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        let mut matching = Matching { of: [[0; 4]; MAX_NODES] };
        let mut next = skip_counters(index, 0);
        let mut node = 0;
        while node < graph.len {
            let state = graph.state(node);
            let module = next;
            let mut entry = 0;
            while entry < state.len {
                // The tensors of a module stand together, but in alphabetical order.
                let mut tensor = module;
                loop {
                    if tensor == index.natural.len()
                        || !same_module(
                            index.tensors[index.natural[module]].name,
                            index.tensors[index.natural[tensor]].name,
                        )
                    {
                        return Err(MatchError::Missing { node, entry });
                    }
                    if ends_with(index.tensors[index.natural[tensor]].name, state.entries[entry].name) {
                        break;
                    }
                    tensor += 1;
                }
                let tensor = index.natural[tensor];
                if !index.tensors[tensor].shape.same(&state.entries[entry].shape) {
                    return Err(MatchError::Shape { tensor, node, entry });
                }
                matching.of[node][entry] = tensor as u16;
                next = skip_counters(index, next + 1);
                entry += 1;
            }
            node += 1;
        }
        if next < index.natural.len() {
            return Err(MatchError::Foreign { tensor: index.natural[next] });
        }
        Ok(matching)
    }

    /// The tensor of the file for an entry.
    const fn tensor<'a>(&self, index: &FileIndex<'a>, node: usize, entry: usize) -> &'a FileTensor<'a> {
        &index.tensors[self.of[node][entry] as usize]
    }
}

/// Whether a file is matched by name: a layer is named, or a name of the network is in the file.
const fn is_by_name(graph: &Graph, index: &FileIndex<'_>) -> bool {
    let mut named = graph.is_named();
    let mut node = 0;
    while node < graph.len && !named {
        let state = graph.state(node);
        let mut entry = 0;
        while entry < state.len && !named {
            named = find(index.tensors, name_of(graph, node, &state, entry).as_str()).is_some();
            entry += 1;
        }
        node += 1;
    }
    named
}

/// The name of an entry in the state dict: the layer's and its own, unless it has none.
pub(crate) const fn name_of(graph: &Graph, node: usize, state: &State, entry: usize) -> Spelling {
    let name = state.entries[entry].name;
    let layer = graph.spell(node);
    if name.is_empty() { layer } else { layer.str(".").str(name) }
}

/// PyTorch counts the batches a normalisation has seen; no network needs it.
const fn is_counter(name: &str) -> bool {
    ends_with(name, "num_batches_tracked")
}

const fn skip_counters(index: &FileIndex<'_>, mut next: usize) -> usize {
    while next < index.natural.len() && is_counter(index.tensors[index.natural[next]].name) {
        next += 1;
    }
    next
}

/// Whether a name is `last`, or ends with a dot and it.
const fn ends_with(name: &str, last: &str) -> bool {
    let (name, last) = (name.as_bytes(), last.as_bytes());
    if last.len() > name.len() {
        return false;
    }
    let before = name.len() - last.len();
    let mut i = 0;
    while i < last.len() {
        if name[before + i] != last[i] {
            return false;
        }
        i += 1;
    }
    before == 0 || name[before - 1] == b'.'
}

/// Whether two names are equal up to their last dots.
const fn same_module(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut a_dot, mut b_dot) = (a.len(), b.len());
    while a_dot > 0 && a[a_dot - 1] != b'.' {
        a_dot -= 1;
    }
    while b_dot > 0 && b[b_dot - 1] != b'.' {
        b_dot -= 1;
    }
    if a_dot != b_dot {
        return false;
    }
    let mut i = 0;
    while i < a_dot {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Binary search for a name.
const fn find(tensors: &[FileTensor<'_>], name: &str) -> Option<usize> {
    let (mut low, mut high) = (0, tensors.len());
    while low < high {
        let middle = (low + high) / 2;
        match order(tensors[middle].name, name) {
            0 => return Some(middle),
            less if less < 0 => low = middle + 1,
            _ => high = middle,
        }
    }
    None
}

/// Negative, zero or positive as `a` comes before, is, or comes behind `b`.
const fn order(a: &str, b: &str) -> i32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] as i32 - b[i] as i32;
        }
        i += 1;
    }
    a.len() as i32 - b.len() as i32
}

/// The natural order of names: runs of digits compare as numbers, so that `layer.2` comes before `layer.10`.
pub fn natural_order(a: &str, b: &str) -> core::cmp::Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let ((m, rest_a), (n, rest_b)) = (a.split_at(digits(a)), b.split_at(digits(b)));
            let (m, n) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
            let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
            if order.is_ne() {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if x != y {
                return x.cmp(&y);
            }
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
        }
    }
}

/// The square root of a positive number, by Newton's method: `core` has none at compile time, and a normalisation
/// must come out the same there as at run time.
const fn sqrt(x: f64) -> f64 {
    // Halving the exponent is within a few percent of the root; each step doubles the digits.
    let mut root = f64::from_bits((x.to_bits() >> 1) + (0x3FF0_0000_0000_0000 >> 1));
    let mut i = 0;
    while i < 5 {
        root = 0.5 * (root + x / root);
        i += 1;
    }
    root
}

/// The file's data of a network, as it is read.
struct Reader<'a> {
    graph: &'a Graph,
    index: &'a FileIndex<'a>,
    matching: &'a Matching,
    bytes: &'a [u8],
}

impl Reader<'_> {
    /// Where the data of an entry lies in the file.
    const fn start(&self, node: usize, entry: usize) -> usize {
        self.matching.tensor(self.index, node, entry).start
    }

    /// One number of an entry.
    const fn read(&self, node: usize, entry: usize, element: usize) -> f64 {
        let at = self.start(node, entry) + 4 * element;
        let bytes = self.bytes;
        f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as f64
    }

    /// The scale and the shift of a normalisation's channel, or `None` if its variance is negative. A normalisation
    /// that is folded into the layer before it takes that layer's bias along.
    const fn channel(&self, norm: usize, state: &State, channel: usize) -> Option<(f32, f32)> {
        let Some(eps) = state.normalisation else { return None };
        let affine = state.is_affine();
        let statistics = state.len - 2;
        let (weight, bias) =
            if affine { (self.read(norm, 0, channel), self.read(norm, 1, channel)) } else { (1.0, 0.0) };
        let (mean, var) = (self.read(norm, statistics, channel), self.read(norm, statistics + 1, channel));
        let var = var + eps as f64;
        if var <= 0.0 {
            return None;
        }
        let scale = weight / sqrt(var);
        let mut shift = bias - mean * scale;
        if self.graph.nodes[norm].folded {
            let before = self.graph.operand(norm, 0);
            let state = self.graph.state(before);
            if state.len > 1 {
                shift += self.read(before, 1, channel) * scale;
            }
        }
        Some((scale as f32, shift as f32))
    }
}

/// The bytes of a network's weights, in the run's order, from a file's: what `weights!` evaluates.
///
/// # Panics
/// If the file's tensors are not the network's; that is, in a const, an error of compilation.
#[doc(hidden)]
pub const fn pack<N: Network, const BYTES: usize>(index: &FileIndex<'_>, bytes: &[u8]) -> [u8; BYTES] {
    if cfg!(target_endian = "big") {
        panic!("`weights!` does not support big-endian targets");
    }
    let graph = N::GRAPH;
    let matching = match Matching::new(graph, index) {
        Ok(matching) => matching,
        Err(error) => error.describe::<N>(index).fail(),
    };
    let reader = Reader { graph, index, matching: &matching, bytes };
    let mut packed = [0; BYTES];
    let mut rest: &mut [u8] = &mut packed;
    let mut node = 0;
    while node < graph.len {
        let state = graph.state(node);
        let mut i = 0;
        while i < graph.stored_count(node, &state) {
            let stored = graph.stored(node, &state, i);
            let len = stored.shape.elements() as usize;
            let (tensor, behind) = rest.split_at_mut(4 * len);
            match stored.source {
                Source::Entry(entry) => {
                    let (_, data) = bytes.split_at(reader.start(stored.node, entry));
                    tensor.copy_from_slice(data.split_at(4 * len).0);
                }
                Source::Scale | Source::Shift => {
                    let norm = graph.state(stored.node);
                    let mut channel = 0;
                    while channel < len {
                        let Some((scale, shift)) = reader.channel(stored.node, &norm, channel) else {
                            fail_variance(&graph.spell(stored.node), channel)
                        };
                        let value = if matches!(stored.source, Source::Scale) { scale } else { shift };
                        let [a, b, c, d] = value.to_le_bytes();
                        tensor[4 * channel] = a;
                        tensor[4 * channel + 1] = b;
                        tensor[4 * channel + 2] = c;
                        tensor[4 * channel + 3] = d;
                        channel += 1;
                    }
                }
            }
            rest = behind;
            i += 1;
        }
        node += 1;
    }
    packed
}

const fn fail_variance(layer: &Spelling, channel: usize) -> ! {
    Text::new()
        .str("the file's `")
        .str(layer.as_str())
        .str(".running_var` is negative at channel ")
        .number(channel as u64)
        .fail()
}

/// The floats that these bytes are.
#[doc(hidden)]
pub const fn floats<const BYTES: usize, const N: usize>(bytes: [u8; BYTES]) -> [f32; N] {
    bytemuck::must_cast(bytes)
}

/// Fills the weights of a network with pseudo-random numbers of sensible magnitude, always the same for a seed: for
/// validations and benchmarks, which do not depend on what the weights are.
///
/// Weights are uniform in ±√(3 / fan-in), scales in 0.5..1.5, biases and shifts in ±0.1.
///
/// # Errors
/// If `weights` is not `N::WEIGHTS_LEN` long; nothing is written then.
pub fn seeded<N: Network>(seed: u64, weights: &mut [f32]) -> Result<(), RunError> {
    if weights.len() != N::WEIGHTS_LEN {
        return Err(RunError::Weights { expected: N::WEIGHTS_LEN, found: weights.len() });
    }
    let mut random = SplitMix(seed);
    let mut rest = weights;
    for parameter in N::PARAMS_TABLE {
        let len = parameter.shape.elements() as usize;
        let Some((tensor, behind)) = core::mem::take(&mut rest).split_at_mut_checked(len) else { break };
        rest = behind;
        let (centre, spread) = match parameter.name.as_str().rsplit('.').next() {
            Some("scale") => (1.0, 0.5),
            Some("shift" | "bias") => (0.0, 0.1),
            _ => {
                let outputs = parameter.shape.dims().next().unwrap_or(1);
                (0.0, libm::sqrtf(3.0 * outputs as f32 / len as f32))
            }
        };
        for weight in tensor {
            *weight = centre + spread * random.next();
        }
    }
    Ok(())
}

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix(u64);

impl SplitMix {
    /// A number in −1..1.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = (z ^ (z >> 31)) >> 40;
        bits as f32 / (1 << 23) as f32 - 1.0
    }
}

#[cfg(feature = "std")]
pub use load::{LoadError, load};

#[cfg(feature = "std")]
mod load {
    use std::string::{String, ToString};
    use std::vec::Vec;

    use safetensors::{Dtype, SafeTensors};

    use super::{FileIndex, FileTensor, Matching, Reader, natural_order};
    use crate::shape::MAX_RANK;
    use crate::state::Source;
    use crate::{Network, Shape};

    /// Why weights were not loaded.
    #[derive(Clone, PartialEq, Eq, Debug)]
    #[non_exhaustive]
    pub enum LoadError {
        /// The bytes are not a safetensors file, or it is damaged.
        File(String),
        /// The tensor is not of `F32`.
        Type {
            /// The tensor.
            tensor: String,
            /// Its type.
            found: String,
        },
        /// The tensors are not those of the network: which one, and how.
        Network(String),
        /// The tensor holds a number that is not finite.
        NotFinite {
            /// The tensor.
            tensor: String,
            /// Which of its elements.
            element: usize,
        },
        /// The variance of a normalisation is negative.
        Variance {
            /// The layer.
            layer: String,
            /// Which of its channels.
            channel: usize,
        },
        /// The slice for the weights has another length than the network's.
        Length {
            /// The network's.
            expected: usize,
            /// The slice's.
            found: usize,
        },
    }

    impl core::fmt::Display for LoadError {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            match self {
                LoadError::File(error) => write!(f, "this is not a safetensors file, or it is damaged: {error}"),
                LoadError::Type { tensor, found } => {
                    write!(f, "the file's tensor `{tensor}` is of {found}: only F32 is read")
                }
                LoadError::Network(text) => f.write_str(text),
                LoadError::NotFinite { tensor, element } => {
                    write!(f, "the file's tensor `{tensor}` is not finite at element {element}")
                }
                LoadError::Variance { layer, channel } => {
                    write!(f, "the file's `{layer}.running_var` is negative at channel {channel}")
                }
                LoadError::Length { expected, found } => {
                    write!(f, "the network has {expected} weights, and the slice for them is {found} long")
                }
            }
        }
    }

    impl core::error::Error for LoadError {}

    /// Loads the weights of a network from the bytes of a safetensors file, by name.
    ///
    /// The names are those of the state dict: the layer's, and `weight`, `bias`, `running_mean` or `running_var`; an
    /// unnamed layer is called by its index, as in PyTorch's `Sequential`. A network without a single name whose
    /// indices are not in the file is matched in order instead: its layers with the file's modules, in the natural
    /// order of their names.
    ///
    /// # Errors
    /// If the file is damaged, a tensor is missing, misshapen, not of `F32`, not finite, or not of this network, or
    /// `weights` has the wrong length; nothing is written then.
    pub fn load<N: Network>(file: &[u8], weights: &mut [f32]) -> Result<(), LoadError> {
        if weights.len() != N::WEIGHTS_LEN {
            return Err(LoadError::Length { expected: N::WEIGHTS_LEN, found: weights.len() });
        }
        let parsed = SafeTensors::deserialize(file).map_err(|error| LoadError::File(error.to_string()))?;
        let mut views = parsed.tensors();
        views.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut tensors = Vec::with_capacity(views.len());
        for (name, view) in &views {
            if super::is_counter(name) {
                continue;
            }
            if view.dtype() != Dtype::F32 {
                return Err(LoadError::Type { tensor: name.clone(), found: std::format!("{:?}", view.dtype()) });
            }
            if view.shape().len() > MAX_RANK || view.shape().contains(&0) {
                return Err(LoadError::Network(std::format!(
                    "the file's tensor `{name}` has the shape {:?}, which no tensor of a network can have",
                    view.shape()
                )));
            }
            let data = view.data();
            let not_finite = |bytes: &[u8; 4]| !f32::from_le_bytes(*bytes).is_finite();
            if let Some(element) = data.as_chunks::<4>().0.iter().position(not_finite) {
                return Err(LoadError::NotFinite { tensor: name.clone(), element });
            }
            let start = data.as_ptr() as usize - file.as_ptr() as usize;
            tensors.push(FileTensor { name, shape: Shape::new(view.shape()), start });
        }
        let mut natural: Vec<usize> = (0..tensors.len()).collect();
        natural.sort_by(|&a, &b| natural_order(tensors[a].name, tensors[b].name));
        let index = FileIndex { tensors: &tensors, natural: &natural };
        let matching = Matching::new(N::GRAPH, &index)
            .map_err(|error| LoadError::Network(error.describe::<N>(&index).as_str().to_string()))?;
        let reader = Reader { graph: N::GRAPH, index: &index, matching: &matching, bytes: file };
        // Nothing is written before everything is known to be right.
        let mut loaded = Vec::with_capacity(weights.len());
        for node in 0..N::GRAPH.len {
            let state = N::GRAPH.state(node);
            for i in 0..N::GRAPH.stored_count(node, &state) {
                let stored = N::GRAPH.stored(node, &state, i);
                let norm = N::GRAPH.state(stored.node);
                for element in 0..stored.shape.elements() as usize {
                    loaded.push(match stored.source {
                        Source::Entry(entry) => reader.read(stored.node, entry, element) as f32,
                        Source::Scale | Source::Shift => {
                            let Some((scale, shift)) = reader.channel(stored.node, &norm, element) else {
                                let layer = N::GRAPH.spell(stored.node).to_string();
                                return Err(LoadError::Variance { layer, channel: element });
                            };
                            if matches!(stored.source, Source::Scale) { scale } else { shift }
                        }
                    });
                }
            }
        }
        weights.copy_from_slice(&loaded);
        Ok(())
    }
}
