//! A rectifier whose slope for negative numbers is a parameter.

use core::cell::Cell;

use crate::int8::channels::End;
use crate::int8::elementwise::{Operand, binary};
use crate::int8::fixed::Multiplier;
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::walk::Walk;
use crate::kernel::step::Ran;

/// TensorFlow Lite's `PRELU`. The second operand is the slopes.
#[derive(Clone, Copy)]
pub(crate) struct PRelu {
    walk: Walk<2>,
    positive: Multiplier,
    negative: Multiplier,
    zero_points: [i8; 2],
    end: End,
}

impl PRelu {
    pub const fn new(walk: Walk<2>, input: Quantization, slopes: Quantization, output: Quantization) -> Self {
        PRelu {
            walk,
            // In 32 bits.
            positive: Multiplier::of((input.scale / output.scale) as f64),
            negative: Multiplier::of((input.scale * slopes.scale / output.scale) as f64),
            zero_points: [input.zero_point, slopes.zero_point],
            end: End::new(output, Activation::None),
        }
    }

    /// Whether each row has the same slopes.
    pub const fn repeats(&self) -> bool {
        self.walk.outermost()[1] == 0
    }

    pub const fn by_rows(self, height: u32) -> Self {
        PRelu { walk: self.walk.by_rows(height), ..self }
    }

    pub fn run(&self, input: &[Cell<i8>], slopes: Operand<'_>, output: &[Cell<i8>]) -> Ran {
        let [zero_point, zero_slope] = self.zero_points.map(i32::from);
        binary(&self.walk, input, slopes, output, |x, slope| {
            let x = x as i32 - zero_point;
            self.end.finish(if x >= 0 {
                self.positive.round_twice(x)
            } else {
                self.negative.round_twice(x * (slope as i32 - zero_slope))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{any_quantization, bytes, finish, numbers, run};

    proptest! {
        #[test]
        fn negative_numbers_are_multiplied_by_the_slope_of_their_channel(
            pixels in 1usize..5, channels in 1usize..9, input in any_quantization(), slopes in any_quantization(),
            output in any_quantization(), seed: u16,
        ) {
            let x = numbers(seed as u32, pixels * channels);
            let of_channels = numbers(seed as u32 + 1, channels);
            let shape = [pixels as u32, channels as u32];
            let walk = Walk::broadcast(&shape, &[1, shape[1]], &shape).unwrap();
            let prelu = PRelu::new(walk, input, slopes, output);
            let y = run(&x, x.len(), 0, |x, y| prelu.run(x, Operand::Constant(&bytes(&of_channels)), y).unwrap());
            for (i, (x, y)) in x.into_iter().zip(y).enumerate() {
                let x = x as i32 - input.zero_point as i32;
                let slope = of_channels[i % channels] as i32 - slopes.zero_point as i32;
                let (x, scale) = if x < 0 {
                    (x * slope, input.scale * slopes.scale / output.scale)
                } else {
                    (x, input.scale / output.scale)
                };
                let scaled = Multiplier::of(scale as f64).round_twice(x);
                prop_assert_eq!(y, finish(scaled, output, Activation::None));
            }
        }
    }
}
