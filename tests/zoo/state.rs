//! State dicts load just as PyTorch saves them, buffers included.

use netcost::Network;
use netcost_zoo::*;
use safetensors::tensor::{Dtype, TensorView, serialize};

use crate::layers::rows;

/// The state dict of a network with these facts as a safetensors file of ones, with batch counters.
fn file(facts: &'static str) -> Vec<u8> {
    let mut tensors = Vec::new();
    for row in rows(facts) {
        for (entry, extents) in &row.state {
            let shape: Vec<usize> = extents.split('x').map(|extent| extent.parse().expect("an extent")).collect();
            let ones = 1.0_f32.to_le_bytes().repeat(shape.iter().product());
            if row.operator == "batch_norm" && *entry == "weight" {
                for buffer in ["running_mean", "running_var"] {
                    tensors.push((format!("{}.{buffer}", row.name), Dtype::F32, shape.clone(), ones.clone()));
                }
                tensors.push((format!("{}.num_batches_tracked", row.name), Dtype::I64, vec![], vec![0; 8]));
            }
            tensors.push((format!("{}.{entry}", row.name), Dtype::F32, shape, ones));
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, data)| {
        (name, TensorView::new(*dtype, shape.clone(), data).expect("the shape is that of the data"))
    });
    serialize(views, None).expect("tensors serialize")
}

fn check<N: Network>(facts: &'static str) {
    let mut weights = vec![f32::NAN; N::WEIGHTS_LEN];
    netcost::weights::load::<N>(&file(facts), &mut weights).expect("the state dict is the network's");
    assert!(weights.iter().all(|weight| weight.is_finite()), "{}", N::NAME);
}

#[test]
fn a_state_dict_is_loaded_as_it_is() {
    check::<SqueezeNet<224, 224>>(include_str!("../facts/squeezenet.txt"));
    check::<DenseNet121<224>>(include_str!("../facts/densenet121.txt"));
    check::<MobileNetV3Small<224>>(include_str!("../facts/mobilenet_v3_small.txt"));
    check::<EfficientNetB0<224>>(include_str!("../facts/efficientnet_b0.txt"));
    check::<Yolo11n<640>>(include_str!("../facts/yolo11n.txt"));
    check::<DcganGenerator>(include_str!("../facts/dcgan_generator.txt"));
}
