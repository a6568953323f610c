//! Kernels over integers of 8 bits, equal to the bit to TensorFlow Lite's reference kernels.
//!
//! Tensors lie channel-last, `[height, width, channels]`. Kernels write outputs in order, each after everything it
//! depends on was read, so that an output may lie in the memory of its input, from the same place on or before it, where
//! a kernel says so. Layers with windows also go backward: then the output ends with its input or after it, by a multiple
//! of its channels if each is computed from one.
//!
//! Imports `base` to `kernel`.

pub(crate) mod avg_pool;
pub(crate) mod channels;
pub(crate) mod column;
pub(crate) mod conv;
pub(crate) mod depthwise;
#[cfg(dsp)]
mod dsp;
pub(crate) mod elementwise;
pub(crate) mod fixed;
pub(crate) mod gather;
pub(crate) mod kernel;
pub(crate) mod linear;
pub(crate) mod max_pool;
#[cfg(not(dsp))]
mod portable;
pub(crate) mod prelu;
pub(crate) mod quantization;
pub(crate) mod reduce;
pub(crate) mod resize;
pub(crate) mod scatter;
pub(crate) mod softmax;
mod sums;
pub(crate) mod table;
#[cfg(test)]
mod testing;
pub(crate) mod walk;
pub(crate) mod windows;
