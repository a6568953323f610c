//! Mutations of a weight file that keep it a weight file.

use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView, serialize};

use crate::random::Random;

struct Tensor {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    data: Vec<u8>,
}

/// The file with one tensor changed, if it parses.
pub fn changed(file: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut random = Random(seed.into());
    let mut tensors: Vec<Tensor> = SafeTensors::deserialize(file)
        .ok()?
        .iter()
        .map(|(name, view)| Tensor {
            name: name.to_owned(),
            dtype: view.dtype(),
            shape: view.shape().to_vec(),
            data: view.data().to_vec(),
        })
        .collect();
    tensors.sort_by(|a, b| a.name.cmp(&b.name));
    let names: Vec<String> = tensors.iter().map(|tensor| tensor.name.clone()).collect();
    if tensors.is_empty() {
        return None;
    }
    let at = random.below(tensors.len());
    match random.below(7) {
        0 => drop(tensors.swap_remove(at)),
        1 => {
            let Tensor { name, dtype, shape, data } = tensors.get(at)?;
            let copy =
                Tensor { name: renamed(name, &mut random), dtype: *dtype, shape: shape.clone(), data: data.clone() };
            tensors.push(copy);
        }
        2 => {
            let other = random.of(&names).clone();
            let tensor = tensors.get_mut(at)?;
            tensor.name = if random.below(2) == 0 { other } else { renamed(&tensor.name, &mut random) };
        }
        3 => reshape(tensors.get_mut(at)?, &mut random),
        4 => tensors.get_mut(at)?.retype(&mut random),
        _ => {
            const NUMBERS: &[f32] = &[
                0.0,
                -0.0,
                1.0,
                -1.0,
                -1e-5,
                1e-45,
                3.4e38,
                -3.4e38,
                1e20,
                f32::NAN,
                f32::INFINITY,
                f32::NEG_INFINITY,
            ];
            let data = tensors.get_mut(at)?.data.as_chunks_mut().0;
            let place = random.below(data.len());
            *data.get_mut(place)? = random.of(NUMBERS).to_le_bytes();
        }
    }
    // Names are unique.
    tensors.sort_by(|a, b| a.name.cmp(&b.name));
    tensors.dedup_by(|a, b| a.name == b.name);
    let views = tensors.iter().map(|Tensor { name, dtype, shape, data }| {
        TensorView::new(*dtype, shape.clone(), data).ok().map(|view| (name.as_str(), view))
    });
    serialize(views.collect::<Option<Vec<_>>>()?, None).ok()
}

/// Another, similar name.
fn renamed(name: &str, random: &mut Random) -> String {
    let (module, entry) = name.rsplit_once('.').unwrap_or(("", name));
    match random.below(7) {
        0 => format!("{module}.bias"),
        1 => format!("{module}.weight"),
        2 => format!("{module}.num_batches_tracked"),
        3 => format!("0{module}.{entry}"),
        4 => format!("{module}ü.{entry}"),
        5 => format!("{}.{entry}", random.below(6)),
        _ => format!("{module}{entry}"),
    }
}

/// Other extents for the same number of elements.
fn reshape(tensor: &mut Tensor, random: &mut Random) {
    let shape = &mut tensor.shape;
    match random.below(4) {
        0 => shape.reverse(),
        1 => shape.push(1),
        2 => *shape = vec![shape.iter().product()],
        _ => {
            shape.push(0);
            tensor.data.clear();
        }
    }
}

impl Tensor {
    fn retype(&mut self, random: &mut Random) {
        const TYPES: &[(Dtype, usize)] =
            &[(Dtype::F32, 4), (Dtype::F16, 2), (Dtype::BF16, 2), (Dtype::F64, 8), (Dtype::I64, 8), (Dtype::U8, 1)];
        let (dtype, bytes) = *random.of(TYPES);
        self.dtype = dtype;
        self.data.resize(bytes * self.shape.iter().product::<usize>(), 0);
    }
}
