//! A fully connected layer, four outputs at a time.

use core::array;
use core::cell::Cell;

use crate::int8::channels::Channels;
use crate::int8::dsp::rows::{FOUR, multiply};
use crate::int8::linear::Linear;
use crate::kernel::step::{Ran, rows};

impl Linear {
    /// The outputs of a row of inputs, if the weights' zero point is zero.
    pub fn by_fours(&self, input: &[Cell<i8>], matrix: &[u8], channels: Channels<'_>, output: &[Cell<i8>]) -> Ran {
        let mut rest = output;
        while !rest.is_empty() {
            let first = output.len() - rest.len();
            let (weights, of_rest) = (matrix.get(first * self.row()..)?, channels.from(first)?);
            let done = multiply(input, self.input_zero_point, weights, of_rest, self.rounds_once, self.end, rest)?;
            rest = rest.get(done..)?;
            // Those that are scaled in another way, or are less than four.
            let first = first + done;
            let mut next = rows(matrix.get(first * self.row()..)?, self.row()).zip(channels.from(first)?.iter());
            let (outputs, after) = rest.split_at_checked(FOUR).unwrap_or((rest, &[]));
            for output in outputs {
                self.multiply(&mut next, input, 0, array::from_ref(output))?;
            }
            rest = after;
        }
        Some(())
    }
}
