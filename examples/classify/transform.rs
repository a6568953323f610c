//! Torchvision's evaluation transform for ImageNet: resize the shorter side to 256, crop the central 224 × 224, normalise
//! each channel.
//!
//! The resize reproduces Pillow's, which torchvision calls, to the bit: bilinear and antialiased, in fixed point, rounded
//! to 8 bits after each axis. The filter `Triangle` of the crate `image` has the same weights but rounds only once, so some
//! pixels differ by one level: enough to swap two classes of similar probability. JPEGs are not decoded by Pillow's
//! library, and may differ by a few levels before the resize.

use image::RgbImage;

/// The width and height of the cropped image.
pub const CROP: usize = 224;

const SHORTER_SIDE: usize = 256;

/// The longest side a resized image may have: a very long and narrow one would not fit in memory.
const LONGEST_SIDE: usize = 16 * 1024;

/// The mean and standard deviation of ImageNet's channels, with pixels in 0..1.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// Red, green and blue of a pixel.
const CHANNELS: usize = 3;

/// An image, cropped.
pub struct Cropped {
    /// `CROP` × `CROP` pixels of three bytes.
    pub pixels: Vec<u8>,
    /// Width and height in the file.
    pub size: (usize, usize),
    /// Width and height before the crop.
    pub resized: (usize, usize),
}

/// Reads a PNG or JPEG, resizes and crops it. Transparency is dropped, and EXIF orientation is ignored.
pub fn crop(file: &[u8]) -> Result<Cropped, String> {
    let image = image::load_from_memory(file).map_err(|error| format!("this is no PNG or JPEG image: {error}"))?;
    let image: RgbImage = image.into_rgb8();
    let (width, height) = (image.width() as usize, image.height() as usize);
    let shorter = width.min(height);
    let resized = (SHORTER_SIDE * width / shorter, SHORTER_SIDE * height / shorter);
    if resized.0.max(resized.1) > LONGEST_SIDE {
        return Err(format!("an image of {width} × {height} pixels is too narrow"));
    }
    // Pillow 13 resizes the height first where that saves most; the order shows in the rounding between the axes.
    let pixels = if height > 2 * width && resized.1 < height {
        let pixels = resize(image.as_raw(), CHANNELS * width, height, resized.1);
        resize(&pixels, CHANNELS, width, resized.0)
    } else {
        let pixels = resize(image.as_raw(), CHANNELS, width, resized.0);
        resize(&pixels, CHANNELS * resized.0, height, resized.1)
    };
    let (left, top) = (margin(resized.0), margin(resized.1));
    let rows = pixels.chunks_exact(CHANNELS * resized.0).skip(top).take(CROP);
    let pixels = rows.flat_map(|row| &row[CHANNELS * left..][..CHANNELS * CROP]).copied().collect();
    Ok(Cropped { pixels, size: (width, height), resized })
}

/// The pixels as the networks expect them: channel by channel, normalised.
pub fn normalise(pixels: &[u8]) -> Vec<f32> {
    let channel = |channel: usize| {
        let bytes = pixels.iter().skip(channel).step_by(CHANNELS);
        bytes.map(move |&byte| (f32::from(byte) / 255.0 - MEAN[channel]) / DEVIATION[channel])
    };
    (0..CHANNELS).flat_map(channel).collect()
}

/// What is cut off before the crop: half the excess, with ties rounded to even as in Python.
fn margin(extent: usize) -> usize {
    ((extent - CROP) as f64 / 2.0).round_ties_even() as usize
}

/// The fraction bits of a weight in fixed point.
const FRACTION_BITS: u32 = 22;

/// Resizes the middle axis of `[.., from, inner]` to `to`.
fn resize(bytes: &[u8], inner: usize, from: usize, to: usize) -> Vec<u8> {
    let windows: Vec<_> = (0..to).map(|at| window(at, from, to)).collect();
    let mut out = Vec::with_capacity(bytes.len() / from * to);
    for block in bytes.chunks_exact(from * inner) {
        for (first, weights) in &windows {
            for i in 0..inner {
                let taps = block[first * inner + i..].iter().step_by(inner);
                let sum: i32 = taps.zip(weights).map(|(&byte, weight)| i32::from(byte) * weight).sum();
                out.push(((sum + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS).clamp(0, 255) as u8);
            }
        }
    }
    out
}

/// The elements of the original axis that contribute to one of the resized axis: the first index, and the weight of
/// each. The weights form a triangle around its centre, two elements of the coarser axis wide.
fn window(at: usize, from: usize, to: usize) -> (usize, Vec<i32>) {
    let scale = from as f64 / to as f64;
    let support = scale.max(1.0);
    let centre = (at as f64 + 0.5) * scale;
    let first = (centre - support + 0.5).max(0.0) as usize;
    let end = ((centre + support + 0.5) as usize).min(from);
    let distances = (first..end).map(|element| (element as f64 - centre + 0.5) / support);
    let weights: Vec<f64> = distances.map(|distance| (1.0 - distance.abs()).max(0.0)).collect();
    let total: f64 = weights.iter().sum();
    let fixed = |weight: &f64| (0.5 + weight / total * f64::from(1 << FRACTION_BITS)) as i32;
    (first, weights.iter().map(fixed).collect())
}
