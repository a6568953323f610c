//! Arithmetic with a number: `x + 1.5`, `2.0 / x`, `scale`.

use crate::graph::io::Io;
use crate::graph::tensor::{Operands, Tensor};
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::table::Kind;
use crate::kernel::elementwise::Elements;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("scale", &["factor"])];

/// One operation with one number, the same for all elements.
#[derive(Clone, Copy)]
pub(crate) struct Scalar {
    layer: &'static str,
    pub function: Function,
    pub number: f32,
}

/// What is done to an element; a subtraction is the addition of the negative, exactly.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(crate) enum Function {
    /// `x + number`
    Add,
    /// `number - x`
    SubtractFrom,
    /// `x · number`
    Multiply,
    /// `x / number`
    Divide,
    /// `number / x`
    DivideInto,
}

impl<'g> Tensor<'g> {
    /// `x · factor`, element by element: `x.scale(0.5)`, which is `x * 0.5`.
    #[track_caller]
    pub const fn scale(self, factor: f32) -> Tensor<'g> {
        self.scalar("scale", Function::Multiply, factor)
    }

    #[track_caller]
    const fn scalar(self, layer: &'static str, function: Function, number: f32) -> Tensor<'g> {
        self.builder.push_one(Op::Scalar(Scalar { layer, function, number }), self.node, self.shape)
    }
}

macro_rules! operators {
    ($($number:ty)*) => {
        $(impl<'g> Operands<Tensor<'g>, $number> {
            /// `x + number`
            #[track_caller]
            pub const fn add(self) -> Tensor<'g> {
                self.0.scalar("add", Function::Add, self.1 as f32)
            }

            /// `x - number`
            #[track_caller]
            pub const fn sub(self) -> Tensor<'g> {
                self.0.scalar("sub", Function::Add, -(self.1 as f32))
            }

            /// `x * number`
            #[track_caller]
            pub const fn mul(self) -> Tensor<'g> {
                self.0.scalar("mul", Function::Multiply, self.1 as f32)
            }

            /// `x / number`
            #[track_caller]
            pub const fn div(self) -> Tensor<'g> {
                self.0.scalar("div", Function::Divide, self.1 as f32)
            }
        }

        impl<'g> Operands<$number, Tensor<'g>> {
            /// `number + x`
            #[track_caller]
            pub const fn add(self) -> Tensor<'g> {
                self.1.scalar("add", Function::Add, self.0 as f32)
            }

            /// `number - x`
            #[track_caller]
            pub const fn sub(self) -> Tensor<'g> {
                self.1.scalar("sub", Function::SubtractFrom, self.0 as f32)
            }

            /// `number * x`
            #[track_caller]
            pub const fn mul(self) -> Tensor<'g> {
                self.1.scalar("mul", Function::Multiply, self.0 as f32)
            }

            /// `number / x`
            #[track_caller]
            pub const fn div(self) -> Tensor<'g> {
                self.1.scalar("div", Function::DivideInto, self.0 as f32)
            }
        })*
    };
}

operators!(f32 i32);

impl Scalar {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn work(&self, io: Io<'_>) -> Work {
        let one = match self.function {
            Function::Add | Function::SubtractFrom => Census::ZERO.add(1),
            Function::Multiply => Census::ZERO.mul(1),
            Function::Divide | Function::DivideInto => Census::ZERO.div(1),
        };
        Work::of(one.times(io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::FUNCTION
    }

    pub const fn conventions(&self, _: Io<'_>) -> Row {
        Row::UNCOUNTED
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    /// Its kernel over integers of 8 bits: of a product.
    pub const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        match self.function {
            Function::Multiply => {
                let mut input = numbers.inputs[0];
                input.scale *= self.number;
                Some(Kernel::table(Kind::Rescale, input, numbers.output))
            }
            _ => None,
        }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.elements()).push(self.function as u32).float(self.number)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        const ADD: u32 = Function::Add as u32;
        const SUBTRACT_FROM: u32 = Function::SubtractFrom as u32;
        const MULTIPLY: u32 = Function::Multiply as u32;
        const DIVIDE: u32 = Function::Divide as u32;
        const DIVIDE_INTO: u32 = Function::DivideInto as u32;

        let elements = Elements::read(machine, &mut step)?;
        let [function, number] = step.words()?;
        let number = f32::from_bits(number);
        match function {
            ADD => elements.map(machine, |machine, x| machine.add(x, number)),
            SUBTRACT_FROM => elements.map(machine, |machine, x| machine.sub(number, x)),
            MULTIPLY => elements.map(machine, |machine, x| machine.mul(x, number)),
            DIVIDE => elements.map(machine, |machine, x| machine.div(x, number)),
            DIVIDE_INTO => elements.map(machine, |machine, x| machine.div(number, x)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer};

    #[test]
    fn an_operator_with_a_number_is_applied_to_each_element() {
        let x = &Array::numbers(&[3, 7]);
        let check = |census: Census, y: (Array, crate::cost::cost::Cost), formula: fn(f32) -> f32| {
            y.0.assert_close(&x.map(formula));
            assert_eq!(y.1.census, census.times(21));
        };
        let zero = Census::ZERO;
        check(zero.add(1), layer(x, |x| Operands(x, 1.5).add()), |x| x + 1.5);
        check(zero.add(1), layer(x, |x| Operands(x, 1.5).sub()), |x| x - 1.5);
        check(zero.mul(1), layer(x, |x| Operands(x, 1.5).mul()), |x| x * 1.5);
        check(zero.div(1), layer(x, |x| Operands(x, 1.5).div()), |x| x / 1.5);
        check(zero.add(1), layer(x, |x| Operands(1.5, x).add()), |x| 1.5 + x);
        check(zero.add(1), layer(x, |x| Operands(1.5, x).sub()), |x| 1.5 - x);
        check(zero.mul(1), layer(x, |x| Operands(1.5, x).mul()), |x| 1.5 * x);
        check(zero.div(1), layer(x, |x| Operands(1.5, x).div()), |x| 1.5 / x);
        check(zero.mul(1), layer(x, |x| Operands(x, 2).mul()), |x| x * 2.0);
        check(zero.add(1), layer(x, |x| Operands(1, x).sub()), |x| 1.0 - x);
        check(zero.mul(1), layer(x, |x| x.scale(0.25)), |x| x * 0.25);
    }
}
