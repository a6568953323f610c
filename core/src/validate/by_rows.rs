//! The proof of a run by rows: with whatever in all memory that is not in use, it gives the same.

use crate::quantized::engine;
use crate::quantized::feed::{Feed, Made, Watch};
use crate::quantized::memory::{Arena, Weights};
use crate::quantized::network::Streamed;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
use crate::stream::stream::Segment;
use crate::tables::Tables;
use crate::validate::error::ValidateError;

/// What memory is overwritten with, in two runs.
const SEEDS: [u32; 2] = [1, 2];

/// Runs a network by rows, twice: before each row, all memory that is not in use is overwritten, with other numbers each
/// time. Rows that are read too late, or overwritten too early, make a difference.
///
/// # Errors
/// If the input has the wrong length; or naming the first layer whose rows differ.
#[doc(hidden)]
pub fn validate_by_rows<'a, N: Streamed>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    input: &[i8],
) -> Result<Outputs<'a, i8>, ValidateError> {
    let layers = Tables::<N>::LAYERS;
    if differs(weights, arena, input, usize::MAX)? {
        let passes = const { Tables::<N>::PASSES }.len();
        for pass in 0..passes {
            if differs(weights, arena, input, pass)? {
                let layer = weights.layer_of_step(pass).and_then(|layer| layers.get(layer));
                return Err(
                    layer.map_or(RunError::Program { layer: 0 }.into(), |layer| ValidateError::Unwritten { layer })
                );
            }
        }
        let layer = layers.last().ok_or(RunError::Program { layer: 0 })?;
        return Err(ValidateError::Unwritten { layer });
    }
    Ok(engine::run_by_rows(weights, arena, input, |_| ())?)
}

/// Whether the rows of a layer differ between the two runs; if there is no such layer, the outputs.
fn differs<N: Streamed>(
    weights: &Weights<N>,
    arena: &mut Arena<N>,
    input: &[i8],
    layer: usize,
) -> Result<bool, RunError> {
    let [mut first, mut second] = SEEDS.map(|seed| Poison::new(seed, layer));
    for poison in [&mut first, &mut second] {
        let outputs = engine::run_watched(weights, arena, input, poison)?;
        if layer == usize::MAX {
            let mut index = 0;
            while let Some(output) = outputs.get(index) {
                poison.digest.add(output);
                index += 1;
            }
        }
    }
    Ok(first.digest.0 != second.digest.0)
}

/// Overwrites all memory that is not in use, and takes in the rows of a layer.
pub(crate) struct Poison {
    seed: u32,
    layer: usize,
    digest: Digest,
}

impl Poison {
    pub(crate) fn new(seed: u32, layer: usize) -> Self {
        Poison { seed, layer, digest: Digest(0xCBF2_9CE4_8422_2325) }
    }

    /// Overwrites what lies in none of the parts that `each` is called with.
    fn overwrite(&mut self, arena: &mut [i8], parts: impl Fn(&mut dyn FnMut(usize, usize))) {
        let mut at = 0;
        while at < arena.len() {
            let (mut used, mut next) = (at, arena.len());
            parts(&mut |start, end| {
                if start <= at {
                    used = used.max(end);
                } else {
                    next = next.min(start);
                }
            });
            if used == at {
                for byte in arena.get_mut(at..next).unwrap_or(&mut []) {
                    self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    *byte = (self.seed >> 24) as i8;
                }
                used = next;
            }
            at = used;
        }
    }
}

impl Watch for Poison {
    fn before(&mut self, feed: &Feed<'_>, arena: &mut [i8], made: &[Made], segment: &Segment) {
        self.overwrite(arena, |each| {
            feed.in_use(made, segment, each);
        });
    }

    fn row(&mut self, layer: usize, row: &[i8]) {
        if layer == self.layer {
            self.digest.add(row);
        }
    }

    fn rest(&mut self, feed: &Feed<'_>, arena: &mut [i8]) {
        self.overwrite(arena, |each| {
            if let Some(ring) = feed.rings.last() {
                each(ring.at(0), ring.at(ring.height));
            }
        });
    }

    fn after(&mut self, _: usize) {}
}

/// FNV-1a.
struct Digest(u64);

impl Digest {
    fn add(&mut self, bytes: &[i8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ byte as u8 as u64).wrapping_mul(0x100_0000_01B3);
        }
    }
}
