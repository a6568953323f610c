//! Networks that run row by row, against the same networks run layer by layer.

use netcost::prelude::*;
use netcost::{Arena, RunError, Weights};

/// Numbers of all sizes, the same in every run.
fn numbers(mut seed: u32) -> impl FnMut() -> i8 {
    move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as i8
    }
}

/// Holds a network against its twin that runs by rows.
macro_rules! twins {
    ($($test:ident: $Plain:ident, $Rows:ident in $file:literal;)*) => {
        $(
            #[network(file = $file)]
            struct $Plain;

            #[network(file = $file, stream)]
            struct $Rows;

            #[test]
            fn $test() {
                static PLAIN: Weights<$Plain> = $Plain::weights();
                static ROWS: Weights<$Rows> = $Rows::weights();
                let (mut plain, mut rows) = (Arena::new(), Arena::new());
                let input_len = <$Plain as Network>::INPUTS[0].shape.elements() as usize;
                for seed in 0..4 {
                    let mut next = numbers(seed);
                    let input: Vec<i8> = (0..input_len).map(|_| next()).collect();
                    plain.input().copy_from_slice(&input);
                    let expected = $Plain::run(&PLAIN, &mut plain).unwrap().to_vec();
                    assert_eq!(*$Rows::run(&ROWS, &mut rows, &input).unwrap(), expected);
                    // Row by row, twice, in an arena with anything in it.
                    let [height, row] = [1, 0].map(|axis| <$Plain as Network>::INPUTS[0].shape.dim(axis));
                    let row = row * input_len / height / <$Plain as Network>::INPUTS[0].shape.dim(0);
                    let mut net = $Rows::start(&ROWS, &mut rows);
                    for _ in 0..2 {
                        input.chunks(row).for_each(|row| net.feed_row(row).unwrap());
                        assert_eq!(*net.run().unwrap(), expected);
                    }
                }
                let input = vec![1; input_len];
                plain.input().copy_from_slice(&input);
                let expected = $Plain::run(&PLAIN, &mut plain).unwrap().to_vec();
                assert_eq!(*$Rows::validate(&ROWS, &mut rows, &input).unwrap(), expected);
                assert!($Rows::validate(&ROWS, &mut rows, &input[1..]).is_err());
                assert!($Rows::ARENA_BYTES <= $Plain::ARENA_BYTES);
                assert_eq!($Rows::MACS, $Plain::MACS);
            }
        )*
    };
}
twins! {
    ds_cnn: DsCnn, DsCnnRows in "tests/fixtures/tflite/ds_cnn.tflite";
    mobilenet: Mobilenet, MobilenetRows in "tests/fixtures/tflite/mobilenet.tflite";
    resnet: Resnet, ResnetRows in "tests/fixtures/tflite/resnet.tflite";
}

#[test]
fn rows_of_another_length_or_number_are_refused_and_lose_nothing() {
    static WEIGHTS: Weights<MobilenetRows> = MobilenetRows::weights();
    let [channels, height, width] = [0, 1, 2].map(|axis| MobilenetRows::INPUTS[0].shape.dim(axis));
    let row = vec![3; width * channels];
    let mut arena = Arena::new();
    let expected = MobilenetRows::run(&WEIGHTS, &mut arena, &row.repeat(height)).unwrap().to_vec();
    let mut net = MobilenetRows::start(&WEIGHTS, &mut arena);
    assert_eq!(net.run().unwrap_err(), RunError::Rows { expected: height, found: 0 });
    for at in 0..height {
        let wrong = net.feed_row(&row[1..]).unwrap_err();
        assert_eq!(wrong, RunError::Row { expected: row.len(), found: row.len() - 1 });
        assert_eq!(net.feed(&[]).unwrap_err(), RunError::Row { expected: row.len(), found: 0 });
        assert_eq!(net.run().unwrap_err(), RunError::Rows { expected: height, found: at });
        net.feed_row(&row).unwrap();
    }
    let error = net.feed_row(&row).unwrap_err();
    assert_eq!(error, RunError::Rows { expected: height, found: height + 1 });
    assert!(error.to_string().contains("is given one more"), "{error}");
    assert_eq!(*net.run().unwrap(), expected);
    assert_eq!(net.run().unwrap_err(), RunError::Rows { expected: height, found: 0 });
    net.feed(&row.repeat(2)).unwrap();
    assert_eq!(net.feed(&row.repeat(height)).unwrap_err(), RunError::Rows { expected: height, found: height + 2 });
    net.feed(&row.repeat(height - 2)).unwrap();
    assert_eq!(*net.run().unwrap(), expected);
    net.feed_row(&row).unwrap();
    net.reset();
    net.feed(&row.repeat(height)).unwrap();
    assert_eq!(*net.run().unwrap(), expected);
    let error = MobilenetRows::run(&WEIGHTS, &mut arena, &row.repeat(height - 1)).unwrap_err();
    assert_eq!(error, RunError::Rows { expected: height, found: height - 1 });
}
