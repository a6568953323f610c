//! Operators that compute element by element, or over some axes: arithmetic, activations, means; and those at the
//! borders of a network, which change the type.

use crate::base::dtype::DataType;
use crate::base::shape::Shape;
use crate::graph::tensor::Tensor;
use crate::layers::{LeakyRelu, Parameter, Reduce, Softmax};
use crate::tflite::element::Type;
use crate::tflite::fault::Fault;
use crate::tflite::flat::{List, attempt};
use crate::tflite::import::{Importer, axis_of, shape};
use crate::tflite::model::{Extents, Operator, TensorInfo};
use crate::tflite::moves::reshaped;
use crate::tflite::operator as code;
use crate::tflite::wrong::Wrong;

impl<'g> Importer<'g, 'static> {
    /// `ADD`, `SUB` and `MUL`, with NumPy's broadcasting; one of the operands may be a constant.
    pub const fn arithmetic(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let made = attempt!(attempt!(operator.output(&self.model, 0)).extents());
        let first = attempt!(operator.operand(&self.model, 0));
        if attempt!(first.is_constant()) && attempt!(attempt!(operator.operand(&self.model, 1)).is_constant()) {
            return Err(Fault::Words("has two constants as operands: its result is a constant, too"));
        }
        let a = attempt!(self.term(operator, 0, &made));
        let b = attempt!(self.term(operator, 1, &made));
        let shape = attempt!(shape(&made));
        if !broadcasts(&a.shape, &shape) || !broadcasts(&b.shape, &shape) {
            return Err(Fault::Shape);
        }
        let y = match operator.code {
            code::ADD => a.add(b),
            code::SUB => a.sub(b),
            _ => a.mul(b),
        };
        self.finish(operator, y)
    }

    /// An operand with as many axes as the result, or a constant of the file.
    const fn term(&self, operator: &Operator<'static>, input: usize, made: &Extents) -> Result<Tensor<'g>, Fault> {
        let info = attempt!(operator.operand(&self.model, input));
        if attempt!(info.is_constant()) {
            attempt!(self.check_value(&info));
            let shape = attempt!(shape(&attempt!(attempt!(info.extents()).align(made))));
            attempt!(info.check_data());
            return Ok(self.builder.parameter(Parameter::of(shape)));
        }
        self.aligned(operator, input, made)
    }

    /// Functions of one element.
    pub const fn function(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let y = match operator.code {
            // Not folded into the layer before it: its result may have another scale.
            code::RELU => x.clamp_apart(Some(0.0), None),
            code::RELU6 => x.clamp_apart(Some(0.0), Some(6.0)),
            code::RELU_N1_TO_1 => x.clamp_apart(Some(-1.0), Some(1.0)),
            code::LOGISTIC => x.sigmoid(),
            code::TANH => x.tanh(),
            code::HARD_SWISH => x.hard_swish(),
            _ => {
                let slope = attempt!(operator.f32(0));
                if !slope.is_finite() {
                    return Err(Fault::Words("has a slope that is not a number"));
                }
                x.leaky_relu(LeakyRelu::new().negative_slope(slope))
            }
        };
        self.named(operator, y)
    }

    /// `PRELU`, whose slopes are broadcast.
    pub const fn prelu(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let slopes = attempt!(operator.operand(&self.model, 1));
        attempt!(self.check_value(&slopes));
        attempt!(slopes.check_data());
        let slopes = attempt!(shape(&attempt!(attempt!(slopes.extents()).align(&input))));
        if !broadcasts(&slopes, &x.shape) {
            return Err(Fault::Shape);
        }
        self.named(operator, x.rectify(slopes))
    }

    /// `SOFTMAX`, along the last axis.
    pub const fn softmax(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let beta = attempt!(operator.f32(0));
        if !(beta > 0.0 && beta <= f32::MAX) {
            return Err(Fault::Words("has a factor (`beta`) that is not a positive number"));
        }
        if let DataType::F32 = self.dtype
            && beta != 1.0
        {
            return Err(Fault::Words("has a factor (`beta`) other than 1, which only networks of INT8 run"));
        }
        self.named(operator, x.softmax(Softmax::new().axis(0)))
    }

    /// `MEAN`, `SUM` and `REDUCE_MAX` over axes that the file states.
    pub const fn reduction(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let axes = attempt!(operator.integers(&self.model, 1));
        let count = attempt!(axes.integers());
        if count < 1 || count > 3 {
            return Err(Fault::Option("a number of axes that is", count as i64, "1 to 3"));
        }
        let (mut over, mut i) = ([0; 3], 0);
        while i < count {
            over[i] = attempt!(axis_of(&input, attempt!(axes.integer(i)))) as isize;
            if i > 0 && over[i] == over[i - 1] || i > 1 && over[i] == over[0] {
                return Err(Fault::Words("names an axis twice"));
            }
            i += 1;
        }
        let options = match count {
            1 => Reduce::new().axes([over[0]]),
            2 => Reduce::new().axes([over[0], over[1]]),
            _ => Reduce::new().axes(over),
        };
        // Without channels, the axis before them would be one of them.
        let of_channels = over[0] == 0 || count > 1 && over[1] == 0 || count > 2 && over[2] == 0;
        let options = options.keepdim(of_channels || attempt!(operator.i8(0)) != 0);
        let y = match operator.code {
            code::MEAN => x.mean(options),
            code::SUM => x.sum(options),
            _ => x.amax(options),
        };
        let made = attempt!(attempt!(operator.output(&self.model, 0)).extents());
        reshaped(attempt!(self.named(operator, y)), attempt!(shape(&made)))
    }

    /// `QUANTIZE` and `DEQUANTIZE`: between two scales, a product; between types, only at the borders of the network,
    /// where the caller converts.
    pub const fn conversion(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let from = attempt!(operator.operand(&self.model, 0));
        let to = attempt!(operator.output(&self.model, 0));
        match (from.element, to.element) {
            (Type::I8, Type::I8) => {
                attempt!(self.check_value(&to));
                let x = attempt!(self.input(operator, 0));
                // The same number at another scale.
                self.named(operator, x.scale(1.0))
            }
            (Type::I8, Type::U8 | Type::F32) if attempt!(self.is_border(operator, self.model.outputs, false)) => {
                attempt!(check_flip(&from, &to));
                self.input(operator, 0)
            }
            (Type::U8 | Type::F32, Type::I8) if attempt!(self.is_border(operator, self.model.inputs, true)) => {
                attempt!(check_flip(&to, &from));
                attempt!(self.check_value(&to));
                self.border(operator, attempt!(to.quantization()))
            }
            (other, _) if attempt!(from.is_constant()) => Err(from.fault(Wrong::Stored(other))),
            _ => {
                Err(Fault::Words("converts to another type within the network; only its inputs and outputs may differ"))
            }
        }
    }

    /// Whether the operand or the result of an operator is one of these tensors.
    const fn is_border(
        &self,
        operator: &Operator<'static>,
        tensors: List<'static>,
        operand: bool,
    ) -> Result<bool, Fault> {
        let this = attempt!(if operand { operator.inputs.i32(0) } else { operator.outputs.i32(0) });
        let mut i = 0;
        while i < tensors.len() {
            if attempt!(tensors.i32(i)) == this {
                return Ok(true);
            }
            i += 1;
        }
        Ok(false)
    }
}

/// Bytes from 0 to 255 become those of the network by a flip of the highest bit, if the scale is the same; floats are
/// converted by scale and zero point.
const fn check_flip(inside: &TensorInfo<'_>, outside: &TensorInfo<'_>) -> Result<(), Fault> {
    if !matches!(outside.element, Type::U8) {
        return Ok(());
    }
    let ((scales, points), (inner_scales, inner_points)) = (attempt!(outside.scales()), attempt!(inside.scales()));
    if attempt!(scales.f32(0)) == attempt!(inner_scales.f32(0))
        && attempt!(points.i64(0)) == attempt!(inner_points.i64(0)).wrapping_add(128)
    {
        return Ok(());
    }
    Err(Fault::Words("converts from or to UINT8 with another scale; only a flip of the highest bit is known"))
}

/// Whether a shape has the extents of another, or 1, along each axis.
const fn broadcasts(x: &Shape, made: &Shape) -> bool {
    let mut axis = 0;
    while axis < made.rank() && (x.at(axis) == 1 || x.at(axis) == made.at(axis)) {
        axis += 1;
    }
    axis == made.rank() && x.rank() == axis
}
