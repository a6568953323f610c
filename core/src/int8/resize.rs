//! Images of another size: the nearest pixel, or a mixture of the nearest four.

use core::cell::Cell;

use crate::int8::quantization::round;
use crate::kernel::step::{Ran, rows};

/// Where the pixels of an output lie on the input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Grid {
    /// Corners on corners, as numbers of pixels: TensorFlow Lite's default.
    Corner,
    /// The first and last pixels on each other: `align_corners`.
    Aligned,
    /// Centres on centres: `half_pixel_centers`.
    Centres,
}

/// The size of both images.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    pub input: [u32; 2],
    pub output: [u32; 2],
    pub channels: u32,
}

/// TensorFlow Lite's `RESIZE_NEAREST_NEIGHBOR`.
#[derive(Clone, Copy)]
pub(crate) struct Nearest {
    sizes: Sizes,
    grid: Grid,
    scales: [f32; 2],
}

impl Nearest {
    pub const fn new(sizes: Sizes, grid: Grid) -> Self {
        let ([y, x], [to_y, to_x]) = (sizes.input, sizes.output);
        Nearest { sizes, grid, scales: [Self::scale(y, to_y, grid), Self::scale(x, to_x, grid)] }
    }

    const fn scale(input: u32, output: u32, grid: Grid) -> f32 {
        match grid {
            Grid::Aligned if output > 1 => (input - 1) as f32 / (output - 1) as f32,
            _ => input as f32 / output as f32,
        }
    }

    /// The input's pixel along an axis.
    #[inline(always)]
    fn nearest(&self, output: u32, scale: f32, input: u32) -> u32 {
        let at = match self.grid {
            Grid::Corner => (output as f32 * scale) as u32,
            Grid::Aligned => round(output as f32 * scale) as u32,
            Grid::Centres => ((output as f32 + 0.5) * scale) as u32,
        };
        at.min(input.saturating_sub(1))
    }

    /// The output must not lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        let Sizes { input: [height, width], output: [to_height, to_width], channels } = self.sizes;
        let [scale_y, scale_x] = self.scales;
        let mut outputs = rows(output, channels as usize);
        for y in 0..to_height {
            let row = self.nearest(y, scale_y, height) as usize * width as usize;
            for x in 0..to_width {
                let at = (row + self.nearest(x, scale_x, width) as usize) * channels as usize;
                for (input, output) in input.get(at..)?.iter().zip(outputs.next()?) {
                    output.set(input.get());
                }
            }
        }
        Some(())
    }
}

/// TensorFlow Lite's `RESIZE_BILINEAR`.
#[derive(Clone, Copy)]
pub(crate) struct Bilinear {
    sizes: Sizes,
    is_centred: bool,
    /// How far apart the output's pixels are on the input, in units of 2^-10.
    scales: [i32; 2],
}

/// One, in units of 2^-10.
const ONE: i32 = 1 << 10;

/// Two neighbours along an axis, and how much of each.
struct Mixture {
    at: [usize; 2],
    weights: [i32; 2],
}

impl Bilinear {
    pub const fn new(sizes: Sizes, grid: Grid) -> Self {
        let ([y, x], [to_y, to_x]) = (sizes.input, sizes.output);
        let scales = [Self::scale(y, to_y, grid), Self::scale(x, to_x, grid)];
        Bilinear { sizes, is_centred: matches!(grid, Grid::Centres), scales }
    }

    const fn scale(input: u32, output: u32, grid: Grid) -> i32 {
        let (input, output) = match grid {
            Grid::Aligned if output > 1 => (input - 1, output - 1),
            _ => (input, output),
        };
        ((ONE as u32 * input + output / 2) / output) as i32
    }

    #[inline(always)]
    fn mixture(&self, output: u32, scale: i32, input: u32) -> Mixture {
        let centre = if self.is_centred { scale / 2 - ONE / 2 } else { 0 };
        let place = (output as i32).wrapping_mul(scale).wrapping_add(centre);
        let lower = (place / ONE).max(0);
        let upper = (place.wrapping_add(ONE - 1) / ONE).min(input as i32 - 1);
        let weight = place.wrapping_sub(lower * ONE);
        Mixture { at: [lower as usize, upper as usize], weights: [ONE - weight, weight] }
    }

    /// The output must not lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        let Sizes { input: [height, width], output: [to_height, to_width], channels } = self.sizes;
        let [scale_y, scale_x] = self.scales;
        let mut outputs = rows(output, channels as usize);
        let channels = channels as usize;
        for y in 0..to_height {
            let Mixture { at: [upper, lower], weights: [of_upper, of_lower] } = self.mixture(y, scale_y, height);
            for x in 0..to_width {
                let Mixture { at: [left, right], weights: [of_left, of_right] } = self.mixture(x, scale_x, width);
                let pixel = |y: usize, x: usize| input.get((y * width as usize + x) * channels..)?.get(..channels);
                let upper = pixel(upper, left)?.iter().zip(pixel(upper, right)?);
                let lower = pixel(lower, left)?.iter().zip(pixel(lower, right)?);
                for ((upper, lower), output) in upper.zip(lower).zip(outputs.next()?) {
                    let mix = |(left, right): (&Cell<i8>, &Cell<i8>)| {
                        (left.get() as i32 * of_left).wrapping_add(right.get() as i32 * of_right)
                    };
                    let sum = mix(upper).wrapping_mul(of_upper).wrapping_add(mix(lower).wrapping_mul(of_lower));
                    // Rounded half away from zero.
                    let half = if sum > 0 { 1 << 19 } else { -(1 << 19) };
                    output.set((sum.wrapping_add(half) / (1 << 20)) as i8);
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, cells, numbers, values, vec};

    fn any_grid() -> impl Strategy<Value = Grid> {
        prop::sample::select(&[Grid::Corner, Grid::Aligned, Grid::Centres][..])
    }

    /// Where a pixel of the output lies on the input.
    fn place(grid: Grid, output: u32, [from, to]: [u32; 2]) -> f64 {
        match grid {
            Grid::Aligned if to > 1 => output as f64 * (from - 1) as f64 / (to - 1) as f64,
            Grid::Centres => (output as f64 + 0.5) * from as f64 / to as f64 - 0.5,
            _ => output as f64 * from as f64 / to as f64,
        }
    }

    proptest! {
        #[test]
        fn pixels_are_mixed_by_their_distance(
            input in prop::array::uniform2(1u32..7), output in prop::array::uniform2(1u32..12), channels in 1u32..4,
            grid in any_grid(),
        ) {
            let x = numbers(4, (input[0] * input[1] * channels) as usize);
            let y = cells(&vec![0; (output[0] * output[1] * channels) as usize]);
            Bilinear::new(Sizes { input, output, channels }, grid).run(&cells(&x), &y).unwrap();
            let mut outputs = values(&y).into_iter();
            for i in 0..output[0] {
                for j in 0..output[1] {
                    let places: Vec<_> = [i, j].iter().enumerate().map(|(axis, &at)| {
                        let last = input[axis] as f64 - 1.0;
                        let place = place(grid, at, [input[axis], output[axis]]).clamp(0.0, last);
                        (place as u32, (place as u32 + 1).min(last as u32), place % 1.0)
                    }).collect();
                    let [(up, down, dy), (left, right, dx)] = places[..] else { unreachable!() };
                    for channel in 0..channels {
                        let pixel = |row: u32, column: u32| x[((row * input[1] + column) * channels + channel) as usize] as f64;
                        let mix = |row| pixel(row, left) * (1.0 - dx) + pixel(row, right) * dx;
                        let exact = mix(up) * (1.0 - dy) + mix(down) * dy;
                        let y = outputs.next().unwrap() as f64;
                        // A place is rounded to 2^-10, for each pixel before it.
                        prop_assert!((y - exact).abs() < 0.5 + 256.0 * 12.0 / 1024.0, "{} is not {}", y, exact);
                    }
                }
            }
        }

        #[test]
        fn the_nearest_pixel_is_at_most_half_a_pixel_away(
            input in prop::array::uniform2(1u32..7), output in prop::array::uniform2(1u32..12), channels in 1u32..4,
            grid in any_grid(),
        ) {
            let x = numbers(5, (input[0] * input[1] * channels) as usize);
            let y = cells(&vec![0; (output[0] * output[1] * channels) as usize]);
            let nearest = Nearest::new(Sizes { input, output, channels }, grid);
            nearest.run(&cells(&x), &y).unwrap();
            let mut outputs = values(&y).into_iter();
            for i in 0..output[0] {
                let row = nearest.nearest(i, nearest.scales[0], input[0]);
                // The default takes the pixel whose corner is before it.
                let exact = place(grid, i, [input[0], output[0]]) - if grid == Grid::Corner { 0.5 } else { 0.0 };
                prop_assert!((row as f64 - exact).abs() < 0.501);
                for j in 0..output[1] {
                    let column = nearest.nearest(j, nearest.scales[1], input[1]);
                    for channel in 0..channels {
                        let at = (row * input[1] + column) * channels + channel;
                        prop_assert_eq!(outputs.next(), Some(x[at as usize]));
                    }
                }
            }
        }
    }
}
