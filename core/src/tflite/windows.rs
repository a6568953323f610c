//! Operators with weights or windows: convolutions, pools, products with a matrix.

use crate::base::per_axis::Same;
use crate::base::shape::Shape;
use crate::graph::tensor::Tensor;
use crate::layers::{AvgPool2d, Conv1d, Conv2d, Linear, MaxPool2d};
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::import::{Importer, shape};
use crate::tflite::model::{Extents, Operator};
use crate::tflite::moves::reshaped;
use crate::tflite::operator as code;

/// The stride, the dilation and the padding of a window over height and width.
struct Slide {
    kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
    same: bool,
}

impl Slide {
    /// Checks that a window fits its input, `[batch, height, width, channels]`.
    const fn new(
        kernel: [i64; 2],
        stride: [i32; 2],
        dilation: [i32; 2],
        padding: i8,
        input: &Extents,
    ) -> Result<Self, Fault> {
        const MOST: i64 = 1 << 14;
        if padding < 0 || padding > 1 {
            return Err(Fault::Option("the padding", padding as i64, "0 (SAME), 1 (VALID)"));
        }
        let mut axis = 0;
        while axis < 2 {
            let (kernel, stride, dilation) = (kernel[axis], stride[axis] as i64, dilation[axis] as i64);
            if kernel < 1 || kernel > MOST {
                return Err(Fault::Option("a kernel of", kernel, "1 to 16,384"));
            }
            if stride < 1 || stride > MOST {
                return Err(Fault::Option("a stride of", stride, "1 to 16,384"));
            }
            if dilation < 1 || dilation > MOST {
                return Err(Fault::Option("a dilation of", dilation, "1 to 16,384"));
            }
            let span = (kernel - 1) * dilation + 1;
            if span > 1 << 20 || padding == 1 && span > input.at[1 + axis] as i64 {
                return Err(Fault::Words("has a kernel larger than its input"));
            }
            axis += 1;
        }
        Ok(Slide {
            kernel: [kernel[0] as usize, kernel[1] as usize],
            stride: [stride[0] as usize, stride[1] as usize],
            dilation: [dilation[0] as usize, dilation[1] as usize],
            same: padding == 0,
        })
    }
}

impl<'g> Importer<'g, 'static> {
    /// `CONV_2D` and `DEPTHWISE_CONV_2D`.
    pub const fn convolution(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let depthwise = operator.code == code::DEPTHWISE_CONV_2D;
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).image());
        let weight = attempt!(attempt!(operator.operand(&self.model, 1)).extents());
        let (channels, outputs, groups) = match (weight.rank, weight.at, input.at[3]) {
            (4, [1, _, _, outputs, ..], channels) if depthwise => (channels, outputs, channels),
            (4, [outputs, _, _, of_group, ..], channels) if !depthwise => (channels, outputs, channels / of_group),
            _ => return Err(Fault::Shape),
        };
        let divides = groups > 0 && channels.is_multiple_of(groups) && outputs.is_multiple_of(groups);
        if !divides || !depthwise && channels != groups * weight.at[3] {
            return Err(Fault::Shape);
        }
        // The multiplier of a depthwise convolution comes before its activation and dilation.
        let after = depthwise as usize;
        let slide = attempt!(Slide::new(
            [weight.at[1] as i64, weight.at[2] as i64],
            [attempt!(operator.i32(2, 0)), attempt!(operator.i32(1, 0))],
            [attempt!(operator.i32(5 + after, 1)), attempt!(operator.i32(4 + after, 1))],
            attempt!(operator.i8(0)),
            &input,
        ));
        let (bias, dead) = attempt!(self.weights(operator, outputs, if depthwise { 3 } else { 0 }));
        let options = Conv2d::new(outputs, slide.kernel).stride(slide.stride).dilation(slide.dilation);
        let options = options.groups(groups).bias(bias).dead(dead);
        let y = x.conv2d(if slide.same { options.padding(Same) } else { options });
        self.finish(operator, y)
    }

    /// `AVERAGE_POOL_2D`, which divides by the number of taps on data, and `MAX_POOL_2D`.
    pub const fn pool(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).image());
        let slide = attempt!(Slide::new(
            [attempt!(operator.i32(4, 0)) as i64, attempt!(operator.i32(3, 0)) as i64],
            [attempt!(operator.i32(2, 0)), attempt!(operator.i32(1, 0))],
            [1, 1],
            attempt!(operator.i8(0)),
            &input,
        ));
        let y = if operator.code == code::MAX_POOL_2D {
            let options = MaxPool2d::new(slide.kernel).stride(slide.stride);
            x.max_pool2d(if slide.same { options.padding(Same) } else { options })
        } else {
            let options = AvgPool2d::new(slide.kernel).stride(slide.stride).count_include_pad(false);
            x.avg_pool2d(if slide.same { options.padding(Same) } else { options })
        };
        self.finish(operator, y)
    }

    /// `FULLY_CONNECTED`: a product with a matrix at each position of all axes but the last, or of the input as one
    /// vector.
    pub const fn fully_connected(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        if attempt!(operator.i8(1)) != 0 {
            return Err(Fault::Words(
                "has weights in a shuffled format, which only TensorFlow Lite's own kernels read",
            ));
        }
        let x = attempt!(self.input(operator, 0));
        let weight = attempt!(attempt!(operator.operand(&self.model, 1)).extents());
        let (2, [outputs, inputs, ..]) = (weight.rank, weight.at) else { return Err(Fault::Shape) };
        let elements = x.elements();
        if !elements.is_multiple_of(inputs) {
            return Err(Fault::Shape);
        }
        let (bias, dead) = attempt!(self.weights(operator, outputs, 0));
        let made = attempt!(attempt!(operator.output(&self.model, 0)).extents());
        let made = attempt!(shape(&made));
        let positions = elements / inputs;
        if made.elements() != (positions * outputs) as u64 {
            return Err(Fault::Shape);
        }
        let y = if positions == 1 {
            let x = if x.rank() == 1 { x } else { attempt!(reshaped(x, Shape::vector(inputs))) };
            x.linear(Linear::new(outputs).bias(bias).dead(dead))
        } else {
            // A window of one element over the channels, which are the first axis.
            attempt!(reshaped(x, Shape::new(&[inputs, positions])))
                .conv1d(Conv1d::new(outputs, 1).bias(bias).dead(dead))
        };
        reshaped(attempt!(self.finish(operator, y)), made)
    }
}
