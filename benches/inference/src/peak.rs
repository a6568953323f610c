//! The peak of one core: fused multiply-adds that depend on nothing but registers.

use std::hint::black_box;

use cpu_time::ProcessTime;

/// Accumulators in flight: four cycles of latency on each of two ports, and some to spare.
const CHAINS: usize = 12;

/// Steps of all chains in one measurement: some four milliseconds.
const STEPS: usize = 2_000_000;

/// Defines a loop of `STEPS` multiply-adds on `CHAINS` vectors, for one instruction set.
#[cfg(target_arch = "x86_64")]
macro_rules! chains {
    ($name:ident, $features:literal, $set1:ident, $fmadd:ident, $first:expr) => {
        #[target_feature(enable = $features)]
        fn $name() -> f32 {
            use std::arch::x86_64::*;
            let (factor, term) = ($set1(black_box(0.5)), $set1(black_box(1.0)));
            let mut sums = [$set1(0.0); CHAINS];
            for _ in 0..STEPS {
                for sum in &mut sums {
                    *sum = $fmadd(*sum, factor, term);
                }
            }
            sums.map($first).iter().sum()
        }
    };
}

#[cfg(target_arch = "x86_64")]
chains!(avx512, "avx512f", _mm512_set1_ps, _mm512_fmadd_ps, |sum| _mm512_cvtss_f32(sum));

#[cfg(target_arch = "x86_64")]
chains!(avx2, "avx2,fma", _mm256_set1_ps, _mm256_fmadd_ps, |sum| _mm256_cvtss_f32(sum));

/// The same with what the compiler makes of scalars: four lanes on most targets.
fn portable() -> f32 {
    let (factor, term) = (black_box(0.5), black_box(1.0));
    let mut sums = [[0.0f32; 4]; CHAINS];
    for _ in 0..STEPS {
        for sum in &mut sums {
            for lane in sum {
                *lane = *lane * factor + term;
            }
        }
    }
    sums.iter().flatten().sum()
}

/// A loop of multiply-adds for the widest vectors of this machine.
pub struct Peak {
    /// The instruction set.
    pub name: &'static str,
    lanes: usize,
    run: fn() -> f32,
}

impl Peak {
    pub fn of_this_machine() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                // SAFETY: the machine has AVX-512F, which is all that the function is compiled for.
                return Peak { name: "AVX-512", lanes: 16, run: || unsafe { avx512() } };
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                // SAFETY: the machine has AVX2 and FMA, which is all that the function is compiled for.
                return Peak { name: "AVX2 and FMA", lanes: 8, run: || unsafe { avx2() } };
            }
        }
        Peak { name: "portable code", lanes: 4, run: portable }
    }

    /// GFLOP/s, measured once; a multiply-add is two operations.
    pub fn measure(&self) -> f64 {
        let start = ProcessTime::now();
        black_box((self.run)());
        let nanoseconds = start.elapsed().as_nanos() as f64;
        (2 * CHAINS * STEPS * self.lanes) as f64 / nanoseconds
    }
}
