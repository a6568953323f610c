//! The tensors of a layer in the state dict.

use crate::base::element::Element;
use crate::base::name::Name;
use crate::base::shape::Shape;

/// One tensor of a layer's state dict.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// Appended to the layer's name; empty if the tensor has the layer's name.
    pub name: Name,
    pub shape: Shape,
    /// A parameter rather than a buffer, such as a running mean.
    pub learned: bool,
    /// What its numbers are.
    pub element: Element,
}

impl Entry {
    const NONE: Entry = Entry { name: Name::EMPTY, shape: Shape::new(&[]), learned: false, element: Element::Value };

    pub const fn weight(shape: Shape) -> Self {
        Entry { name: Name::of(&["weight"]), shape, learned: true, element: Element::Value }
    }

    pub const fn bias(shape: Shape) -> Self {
        Entry { name: Name::of(&["bias"]), shape, learned: true, element: Element::Sum }
    }
}

/// A layer's tensors in the state dict, in PyTorch's order.
#[derive(Clone, Copy)]
pub(crate) struct State {
    pub entries: [Entry; 4],
    /// The entries of a stack, which may be many, in place of the others.
    pub stack: Option<Stacked>,
    pub len: usize,
    /// The epsilon of a normalisation, whose tensors are deployed as one scale and one shift per channel.
    pub normalisation: Option<f32>,
    /// In 8 bits, the layer is a table of what it makes of each number.
    pub table: bool,
    /// The tensors are entries of the [module](crate::op::module::Module) that the layer is part of, not of the layer.
    pub of_module: bool,
}

impl State {
    pub const NONE: State =
        State { entries: [Entry::NONE; 4], stack: None, len: 0, normalisation: None, table: false, of_module: false };

    /// That of a function of one number.
    pub const FUNCTION: State = State { table: true, ..State::NONE };

    /// The tensors of a normalisation, each with one number per channel.
    pub const fn normalisation(channels: Shape, affine: bool, eps: f32) -> Self {
        let weight = Entry::weight(channels);
        let bias = Entry::bias(channels);
        let mean = Entry { name: Name::of(&["running_mean"]), learned: false, ..bias };
        let var = Entry { name: Name::of(&["running_var"]), learned: false, ..bias };
        let entries = if affine { [weight, bias, mean, var] } else { [mean, var, Entry::NONE, Entry::NONE] };
        State { entries, len: if affine { 4 } else { 2 }, normalisation: Some(eps), ..State::NONE }
    }

    /// The tensors of a stack of recurrent layers.
    pub const fn stacked(layers: usize, stack: Stacked) -> Self {
        State { len: layers * stack.directions * stack.each(), stack: Some(stack), ..State::NONE }
    }

    /// The tensor with this index, which is below `len`.
    pub const fn entry(&self, index: usize) -> Entry {
        match &self.stack {
            Some(stack) => stack.entry(index),
            None => self.entries[index],
        }
    }

    /// Whether a normalisation has a learned weight and bias.
    pub const fn is_affine(&self) -> bool {
        self.len == 4
    }

    /// A weight of these extents and, if there is one, a bias along their first axis.
    pub const fn weight(shape: Shape, bias: bool) -> Self {
        let weight = Entry::weight(shape);
        let bias_entry = if bias { Entry::bias(Shape::of(1, [shape.at(0), 1, 1, 1, 1, 1])) } else { Entry::NONE };
        State { entries: [weight, bias_entry, Entry::NONE, Entry::NONE], len: 1 + bias as usize, ..State::NONE }
    }

    /// The same tensors as entries of the module that the layer is part of, by these names.
    pub const fn of_module(mut self, names: &[Name]) -> Self {
        self.of_module = true;
        let mut entry = 0;
        while entry < self.len {
            self.entries[entry].name = names[entry];
            entry += 1;
        }
        self
    }
}

/// The tensors of a stack of recurrent layers, each spelt out on request: layer by layer, forward and backward.
#[derive(Clone, Copy)]
pub(crate) struct Stacked {
    /// Whether it is a single step, whose tensors have no number.
    pub cell: bool,
    pub directions: usize,
    /// The features of the first layer's input.
    pub features: usize,
    /// The rows of all gates, in each weight and bias.
    pub rows: usize,
    pub hidden: usize,
    pub projected: usize,
    pub bias: bool,
}

/// Names that contain the number of a layer: forward, backward, and of a single step.
const NAMES: [[&[&str]; 3]; 5] = [
    [&["weight_ih_l", ""], &["weight_ih_l", "_reverse"], &["weight_ih"]],
    [&["weight_hh_l", ""], &["weight_hh_l", "_reverse"], &["weight_hh"]],
    [&["bias_ih_l", ""], &["bias_ih_l", "_reverse"], &["bias_ih"]],
    [&["bias_hh_l", ""], &["bias_hh_l", "_reverse"], &["bias_hh"]],
    [&["weight_hr_l", ""], &["weight_hr_l", "_reverse"], &[]],
];

impl Stacked {
    /// The number of tensors of one layer in one direction.
    const fn each(&self) -> usize {
        2 + 2 * self.bias as usize + (self.projected < self.hidden) as usize
    }

    const fn entry(&self, index: usize) -> Entry {
        let (pass, entry) = (index / self.each(), index % self.each());
        let (layer, reverse) = (pass / self.directions, pass % self.directions == 1);
        let (kind, shape) = match entry {
            0 if layer == 0 => (0, Shape::new(&[self.rows, self.features])),
            0 => (0, Shape::new(&[self.rows, self.directions * self.projected])),
            1 => (1, Shape::new(&[self.rows, self.projected])),
            2 | 3 if self.bias => (entry, Shape::new(&[self.rows])),
            _ => (4, Shape::new(&[self.projected, self.hidden])),
        };
        let [forward, backward, single] = NAMES[kind];
        let name = match (self.cell, reverse) {
            (true, _) => Name::new(single, &[]),
            (false, true) => Name::new(backward, &[layer]),
            (false, false) => Name::new(forward, &[layer]),
        };
        Entry { name, shape, learned: true, element: if matches!(kind, 2 | 3) { Element::Sum } else { Element::Value } }
    }
}
