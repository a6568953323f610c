//! Reproducible random weights.

use crate::declared::Declared;
use crate::run::error::RunError;
use crate::tables::Tables;
use crate::weights::state_dict::Parameter;

/// Fills the weights of a network with pseudo-random numbers of sensible magnitude, always the same for the same seed:
/// for validations and benchmarks, whose results do not depend on the weights' values.
///
/// Weights are uniform in ±√(6 / fan-in), so that a layer and a `relu` preserve the magnitude of their input (He,
/// Zhang, Ren and Sun, "Delving deep into rectifiers", 2015). Scales and one-dimensional weights are in 0.5..1.5,
/// biases and shifts in ±0.1.
///
/// # Errors
/// If `weights` is not `N::WEIGHTS_LEN` long; nothing is written then.
pub fn seeded<N: Declared>(seed: u64, weights: &mut [f32]) -> Result<(), RunError> {
    let () = N::ASSERT;
    if weights.len() != Tables::<N>::WEIGHTS_LEN {
        return Err(RunError::Weights { expected: Tables::<N>::WEIGHTS_LEN, found: weights.len() });
    }
    fill_parameters(Tables::<N>::PARAMETERS, seed, weights);
    Ok(())
}

/// Fills tensors that lie one after another.
pub(crate) fn fill_parameters(parameters: &[Parameter], seed: u64, weights: &mut [f32]) {
    let mut random = SplitMix(seed);
    let mut rest = weights;
    for parameter in parameters {
        let len = parameter.shape.elements() as usize;
        let Some((tensor, after)) = core::mem::take(&mut rest).split_at_mut_checked(len) else { break };
        rest = after;
        let (centre, spread) = match parameter.name.as_str().rsplit('.').next() {
            Some("scale") => (1.0, 0.5),
            // A normalisation's.
            Some("weight") if parameter.shape.rank() == 1 => (1.0, 0.5),
            Some("shift") => (0.0, 0.1),
            // `bias`, `in_proj_bias`
            Some(name) if name.contains("bias") => (0.0, 0.1),
            _ => {
                let outputs = parameter.shape.dims().next().unwrap_or(1);
                (0.0, libm::sqrtf(6.0 * outputs as f32 / len as f32))
            }
        };
        for weight in tensor {
            *weight = centre + spread * random.next();
        }
    }
}

/// Fills a slice with pseudo-random numbers in −1..1.
#[cfg(feature = "std")]
pub(crate) fn fill(seed: u64, numbers: &mut [f32]) {
    let mut random = SplitMix(seed);
    numbers.fill_with(|| random.next());
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
