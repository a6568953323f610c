//! Elements within limits: `clamp`, `clamp_min`, `clamp_max`, `hard_tanh`.

use crate::base::message::Text;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::quantization::Activation;
use crate::int8::table::Kind;
use crate::kernel::elementwise::Elements;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

// Numbers have a method `clamp` too: a method of that name takes no keywords, and types decide which one is meant.
pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::plain("clamp", &["min", "max"]),
    Syntax::plain("clamp_min", &["min"]),
    Syntax::plain("clamp_max", &["max"]),
    HardTanh::syntax("hard_tanh", "HardTanh"),
];

options! {
    /// The options of [`Tensor::hard_tanh`], PyTorch's `Hardtanh`.
    pub struct HardTanh {}

    /// From −1 to 1.
    new();

    /// The least element.
    min_val: f32 = -1.0;

    /// The greatest element.
    max_val: f32 = 1.0;
}

/// One or two limits.
#[derive(Clone, Copy)]
pub(crate) struct Clamp {
    layer: &'static str,
    /// Whether PyTorch has it as a module, and not as a function.
    is_module: bool,
    /// Whether it is a step of its own in any case.
    is_apart: bool,
    pub min: Option<f32>,
    pub max: Option<f32>,
}

impl<'g> Tensor<'g> {
    /// `min(max(x, least), greatest)`, element by element: `x.clamp(0.0, 6.0)`. NaN stays NaN.
    ///
    /// With only one limit, use [`clamp_min`](Tensor::clamp_min) or [`clamp_max`](Tensor::clamp_max).
    #[track_caller]
    pub const fn clamp(self, min: f32, max: f32) -> Tensor<'g> {
        self.limit(Clamp { layer: "clamp", is_module: false, is_apart: false, min: Some(min), max: Some(max) })
    }

    /// `max(x, least)`, element by element: `x.clamp_min(0.0)`. NaN stays NaN.
    #[track_caller]
    pub const fn clamp_min(self, min: f32) -> Tensor<'g> {
        self.limit(Clamp { layer: "clamp_min", is_module: false, is_apart: false, min: Some(min), max: None })
    }

    /// `min(x, greatest)`, element by element: `x.clamp_max(1.0)`. NaN stays NaN.
    #[track_caller]
    pub const fn clamp_max(self, max: f32) -> Tensor<'g> {
        self.limit(Clamp { layer: "clamp_max", is_module: false, is_apart: false, min: None, max: Some(max) })
    }

    /// `min(max(x, min_val), max_val)`, element by element: `x.hard_tanh()`, from −1 to 1, or
    /// `x.hard_tanh(min_val = 0.0, max_val = 20.0)`.
    #[track_caller]
    pub const fn hard_tanh(self, options: HardTanh) -> Tensor<'g> {
        self.limit(Clamp {
            layer: "hard_tanh",
            is_module: true,
            is_apart: false,
            min: Some(options.min_val),
            max: Some(options.max_val),
        })
    }

    /// Limits that are not folded into the layer before, in 8-bit integers: the result has a scale of its own.
    pub(crate) const fn clamp_apart(self, min: Option<f32>, max: Option<f32>) -> Tensor<'g> {
        self.limit(Clamp { layer: "clamp", is_module: false, is_apart: true, min, max })
    }

    #[track_caller]
    const fn limit(self, op: Clamp) -> Tensor<'g> {
        match (op.min, op.max) {
            (Some(limit), _) | (_, Some(limit)) if limit.is_nan() => fail(op.layer, "a limit is not a number"),
            (Some(min), Some(max)) if min > max => {
                fail(op.layer, "the lower limit is above the upper one; exchange them")
            }
            _ => self.builder.push_one(Op::Clamp(op), self.node, self.shape),
        }
    }
}

#[track_caller]
const fn fail(layer: &str, what: &str) -> ! {
    Text::new().str("`").str(layer).str("`: ").str(what).fail()
}

impl Clamp {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn work(&self, io: Io<'_>) -> Work {
        let limits = self.min.is_some() as u64 + self.max.is_some() as u64;
        Work::of(Census::ZERO.cmp(limits).times(io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::FUNCTION
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        if self.is_module { Row::stateless(io) } else { Row::UNCOUNTED }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        if self.is_apart { Storage::IN_PLACE } else { Storage::CLAMP }
    }

    /// Its kernel over integers of 8 bits, for the limits of activations.
    pub const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        match self.activation() {
            Some(activation) => Some(Kernel::table(Kind::Activation(activation), numbers.inputs[0], numbers.output)),
            None => None,
        }
    }

    /// The activation of that range that a kernel over integers of 8 bits knows.
    pub const fn activation(&self) -> Option<Activation> {
        match (self.min, self.max) {
            (Some(0.0), None) => Some(Activation::Relu),
            (Some(0.0), Some(6.0)) => Some(Activation::Relu6),
            (Some(-1.0), Some(1.0)) => Some(Activation::ReluN1To1),
            _ => None,
        }
    }

    /// Which limits there are, and the limits.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let words = words.count(io.elements());
        match (self.min, self.max) {
            (Some(min), Some(max)) => words.push(Self::BOTH).float(min).float(max),
            (Some(min), None) => words.push(Self::MIN).float(min).float(0.0),
            (None, Some(max)) => words.push(Self::MAX).float(0.0).float(max),
            (None, None) => words,
        }
    }

    const BOTH: u32 = 0;
    const MIN: u32 = 1;
    const MAX: u32 = 2;

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let elements = Elements::read(machine, &mut step)?;
        let [limits, min, max] = step.words()?;
        let (min, max) = (f32::from_bits(min), f32::from_bits(max));
        match limits {
            Self::BOTH => elements.map(machine, |machine, x| {
                let above = machine.max(x, min);
                machine.min(above, max)
            }),
            Self::MIN => elements.map(machine, |machine, x| machine.max(x, min)),
            Self::MAX => elements.map(machine, |machine, x| machine.min(x, max)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer};

    #[test]
    fn elements_stay_within_the_limits() {
        let mut x = Array::numbers(&[3, 8]);
        x.data[5] = f32::NAN;
        let check = |limits: u64, y: (Array, crate::cost::cost::Cost), formula: fn(f32) -> f32| {
            y.0.assert_close(&x.map(|x| if x.is_nan() { x } else { formula(x) }));
            assert_eq!(y.1.census, Census::ZERO.cmp(limits).times(24));
        };
        check(2, layer(&x, |x| x.clamp(-0.5, 0.75)), |x| x.clamp(-0.5, 0.75));
        check(2, layer(&x, |x| x.clamp(0.25, 0.25)), |_| 0.25);
        check(1, layer(&x, |x| x.clamp_min(0.5)), |x| x.max(0.5));
        check(1, layer(&x, |x| x.clamp_max(0.5)), |x| x.min(0.5));
        check(2, layer(&x, |x| x.hard_tanh(HardTanh::new())), |x| x.clamp(-1.0, 1.0));
        let options = HardTanh::new().min_val(-0.1).max_val(1.5);
        check(2, layer(&x, |x| x.hard_tanh(options)), |x| x.clamp(-0.1, 1.5));
    }

    #[test]
    #[should_panic(expected = "`clamp`: the lower limit is above the upper one; exchange them")]
    fn the_lower_limit_comes_first() {
        layer(&Array::numbers(&[4]), |x| x.clamp(1.0, 0.0));
    }

    #[test]
    #[should_panic(expected = "`clamp_max`: a limit is not a number")]
    fn limits_are_numbers() {
        layer(&Array::numbers(&[4]), |x| x.clamp_max(f32::NAN));
    }
}
