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
/// time, and what is about to be written must lie in none that is.
///
/// # Errors
/// If the input has the wrong length; or naming the first layer that overwrites what is read later, or whose rows differ.
#[doc(hidden)]
pub fn validate_by_rows<'a, N: Streamed>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    input: &[i8],
) -> Result<Outputs<'a, i8>, ValidateError> {
    let passes = const { Tables::<N>::PASSES }.len();
    let fault = first_fault(passes, |poison| {
        let outputs = engine::run_watched(weights, arena, input, poison)?;
        (0..).map_while(|index| outputs.get(index)).for_each(|output| poison.row(passes, output));
        Ok(())
    })?;
    let of = |pass| {
        let layer = weights.layer_of_step(pass).unwrap_or(0);
        Tables::<N>::LAYERS.get(layer).ok_or(RunError::Program { layer })
    };
    match fault {
        Some(Fault::Overwrites(pass)) => Err(ValidateError::Overwrites { layer: of(pass)? }),
        Some(Fault::Differs(pass)) => Err(ValidateError::Unwritten { layer: of(pass)? }),
        None => Ok(engine::run_by_rows(weights, arena, input, |_| ())?),
    }
}

/// What is wrong with a plan: at which layer, by its place among those that run by rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It writes where something is that is still read.
    Overwrites(usize),
    /// It is the first whose rows differ with what lies in memory that is not in use. After those that run by rows come
    /// the outputs, for all other layers.
    Differs(usize),
}

/// What is wrong with the plan of a network of which so many layers run by rows, if anything is.
pub(crate) fn first_fault(
    passes: usize,
    mut run: impl FnMut(&mut Poison) -> Result<(), RunError>,
) -> Result<Option<Fault>, RunError> {
    let mut compare = |layer| -> Result<Option<Fault>, RunError> {
        let [mut first, mut second] = SEEDS.map(|seed| Poison::new(seed, layer));
        let ran = run(&mut first);
        if let Some(layer) = first.overwrites {
            // Whatever came of it.
            return Ok(Some(Fault::Overwrites(layer)));
        }
        ran?;
        run(&mut second)?;
        Ok(if first.digest == second.digest { None } else { Some(Fault::Differs(layer)) })
    };
    let fault = compare(passes)?;
    if let Some(Fault::Differs(_)) = fault {
        for layer in 0..passes {
            if let Some(fault) = compare(layer)? {
                return Ok(Some(fault));
            }
        }
    }
    Ok(fault)
}

/// Overwrites all memory that is not in use, and takes in the rows of a layer.
pub(crate) struct Poison {
    seed: u32,
    layer: usize,
    /// FNV-1a.
    digest: u64,
    /// The first layer that writes where something is in use.
    overwrites: Option<usize>,
}

impl Poison {
    pub(crate) fn new(seed: u32, layer: usize) -> Self {
        Poison { seed, layer, digest: 0xCBF2_9CE4_8422_2325, overwrites: None }
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
    fn before(&mut self, feed: &Feed<'_>, arena: &mut [i8], made: &[Made], segment: &Segment, layer: usize) {
        if self.overwrites.is_none() && overwrites(feed, made, segment, layer) {
            self.overwrites = Some(layer);
        }
        self.overwrite(arena, |each| {
            feed.in_use(made, segment, each);
        });
    }

    fn row(&mut self, layer: usize, row: &[i8]) {
        if layer == self.layer {
            for &byte in row {
                self.digest = (self.digest ^ byte as u8 as u64).wrapping_mul(0x100_0000_01B3);
            }
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

/// Whether a layer that makes its next row writes where something is in use, or what is in use lies in one place.
fn overwrites(feed: &Feed<'_>, made: &[Made], segment: &Segment, layer: usize) -> bool {
    let overlap = |(start, end): (usize, usize), (from, to): (usize, usize)| start.max(from) < end.min(to);
    let mut found = false;
    feed.writes(layer, made, &mut |start, end, is_elementwise| {
        feed.in_use(made, segment, &mut |from, to| {
            // A row over an operand's. If it is another's, both are found in one place later.
            let is_in_place = is_elementwise && from == start;
            found |= overlap((start, end), (from, to)) && !is_in_place;
        });
    });
    let mut parts = 0;
    feed.in_use(made, segment, &mut |start, end| {
        let mut part = 0;
        feed.in_use(made, segment, &mut |from, to| {
            found |= part < parts && overlap((start, end), (from, to));
            part += 1;
        });
        parts += 1;
    });
    found
}
