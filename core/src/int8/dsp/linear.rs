//! A fully connected layer, four outputs at a time.

use core::cell::Cell;

use crate::int8::channels::Channels;
use crate::int8::dsp::rows::{FOUR, multiply};
use crate::int8::linear::Linear;
use crate::kernel::step::Ran;

impl Linear {
    /// The outputs of a row of inputs, if the weights' zero point is zero.
    pub fn by_fours(&self, input: &[Cell<i8>], matrix: &[u8], channels: Channels<'_>, output: &[Cell<i8>]) -> Ran {
        let (mut matrix, mut first) = (matrix, 0);
        while first < output.len() {
            let (of_rest, rest) = (channels.from(first)?, output.get(first..)?);
            let done = multiply(input, self.input_zero_point, matrix, of_rest, self.rounds_once, self.end, rest)?;
            matrix = matrix.get(done * self.row()..)?;
            // Those that are dead, are scaled in another way, or are less than four.
            let rest = rest.get(done..)?;
            let rest = rest.get(..FOUR).unwrap_or(rest);
            let rows = self.each(input, 0, matrix, of_rest.from(done)?, rest)?;
            matrix = matrix.get(rows * self.row()..)?;
            first += done + rest.len();
        }
        Some(())
    }
}
