//! The transform of `examples/classify` against torchvision 0.29.2 with Pillow 13.0.0: every byte of the cropped image.

#[path = "../examples/classify/transform.rs"]
mod transform;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use transform::{CROP, Cropped, crop, normalise};

/// A PNG of a pattern with no smooth areas.
fn png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let noise = 3 * x * x + 5 * y * y + 7 * x * y;
        Rgb([0, 85, 170].map(|offset| ((noise + offset) ^ (x * y / 3)) as u8))
    });
    encode(DynamicImage::ImageRgb8(image))
}

fn encode(image: DynamicImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).expect("an image can be encoded");
    file.into_inner()
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[test]
fn the_crop_is_torchvisions_to_the_last_bit() {
    for (size, resized, expected) in [
        ((640, 480), (341, 256), 0x0E64_EF31),
        ((301, 500), (256, 425), 0xBC78_9FEA),
        ((100, 80), (320, 256), 0x436B_FA32),
        ((1001, 257), (997, 256), 0xD8DB_9987),
        ((256, 256), (256, 256), 0xF0A8_B805),
        ((333, 777), (256, 597), 0x845F_783F),
    ] {
        let found = crop(&png(size.0, size.1)).unwrap();
        assert_eq!(found.size, (size.0 as usize, size.1 as usize));
        assert_eq!(found.resized, resized);
        assert_eq!(hash(&found.pixels), expected, "{size:?}");
    }
}

#[test]
fn channels_are_normalised_each_by_its_own_numbers() {
    let Cropped { pixels, .. } = crop(&png(640, 480)).unwrap();
    let normalised = normalise(&pixels);
    assert_eq!(normalised.len(), 3 * CROP * CROP);
    // The first and the last pixel of torchvision's tensor.
    let first = [-0.097_183_03, 0.537_815_2, 0.217_342_12];
    let last = [-0.867_796_9, 0.642_857_25, 0.618_213_7];
    for (channel, (first, last)) in first.into_iter().zip(last).enumerate() {
        let plane = &normalised[channel * CROP * CROP..][..CROP * CROP];
        assert!((plane[0] - first).abs() < 1e-6, "{} and {first}", plane[0]);
        assert!((plane[CROP * CROP - 1] - last).abs() < 1e-6, "{} and {last}", plane[CROP * CROP - 1]);
    }
}

#[test]
fn grey_is_three_channels_and_transparency_is_dropped() {
    let pixels = |image: DynamicImage| crop(&encode(image)).unwrap().pixels;
    let rgb = |value| DynamicImage::ImageRgb8(RgbImage::from_pixel(300, 260, Rgb([value; 3])));
    assert_eq!(pixels(DynamicImage::ImageLuma8(rgb(77).into_luma8())), pixels(rgb(77)));
    assert_eq!(pixels(DynamicImage::ImageRgba8(rgb(9).into_rgba8())), pixels(rgb(9)));
}

#[test]
fn what_is_no_image_is_refused() {
    let right = png(64, 64);
    let files = [b"".as_slice(), b"no image", &right[..40], &right[..right.len() / 2]];
    for file in files {
        let error = crop(file).err().expect("it is refused");
        assert!(error.starts_with("this is no PNG or JPEG image: "), "{error}");
    }
    let error = crop(&png(1, 1000)).err();
    assert_eq!(error.as_deref(), Some("an image of 1 × 1000 pixels is too narrow"));
}
