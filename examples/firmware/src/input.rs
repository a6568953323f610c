//! What the runs of a golden file give a network.

/// The numbers of an input.
#[derive(Clone, Copy)]
pub enum Input {
    /// Those of a generator, in this state.
    Seed(u32),
    /// The same everywhere.
    Fill(i8),
}

impl Input {
    /// Writes the next numbers.
    pub fn write(&mut self, to: &mut [i8]) {
        match self {
            Input::Seed(state) => {
                for number in to {
                    *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    *number = ((*state >> 24) as u8 ^ 0x80) as i8;
                }
            }
            Input::Fill(value) => to.fill(*value),
        }
    }
}
