//! Operators that move elements, or say nothing but their shape: concatenations, parts, paddings, other orders.

use crate::base::shape::Shape;
use crate::graph::tensor::{Tensor, Tensors};
use crate::layers::{Concat, Pad3d, Upsample2d, UpsampleMode};
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::import::{Importer, axis_of, shape};
use crate::tflite::model::{MAX_AXES, Operator, TensorInfo};
use crate::tflite::operator as code;

/// The most operands of a concatenation.
const MAX_JOINED: usize = 64;

impl<'g> Importer<'g, 'static> {
    /// `RESHAPE`, `SQUEEZE` and `EXPAND_DIMS`: the shape is that of the result.
    pub const fn reshape(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let made = attempt!(attempt!(operator.output(&self.model, 0)).extents());
        let made = attempt!(shape(&made));
        self.named(operator, attempt!(reshaped(x, made)))
    }

    /// `CONCATENATION`.
    pub const fn concatenation(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let count = operator.inputs.len();
        if count < 1 || count > MAX_JOINED {
            return Err(Fault::Option("a number of operands that is", count as i64, "1 to 64"));
        }
        let first = attempt!(self.input(operator, 0));
        let axis = attempt!(operator.i32(0, 0)) as i64;
        let axis = attempt!(axis_of(&attempt!(attempt!(operator.operand(&self.model, 0)).extents()), axis));
        let made = attempt!(operator.output(&self.model, 0));
        let (mut tensors, mut i) = ([first; MAX_JOINED], 0);
        while i < count {
            if made.is_value()
                && !attempt!(attempt!(operator.operand(&self.model, i)).quantisation())
                    .same(&attempt!(made.quantisation()))
            {
                return Err(Fault::Words("joins tensors whose scales or zero points differ from those of the result"));
            }
            tensors[i] = attempt!(self.input(operator, i));
            if !tensors[i].shape.same_but(&first.shape, axis) {
                return Err(Fault::Shape);
            }
            i += 1;
        }
        let y = Tensors(tensors.split_at(count).0).concat(Concat::new().axis(axis as isize));
        self.finish(operator, y)
    }

    /// `STRIDED_SLICE` and `SLICE` with steps of one: a part along each axis.
    pub const fn slice(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let starts = attempt!(operator.operand(&self.model, 1));
        let ends = attempt!(operator.operand(&self.model, 2));
        let strided = operator.code == code::STRIDED_SLICE;
        let (mut from_first, mut to_last, mut one) = (0, 0, 0);
        if strided {
            from_first = attempt!(operator.i32(0, 0));
            to_last = attempt!(operator.i32(1, 0));
            one = attempt!(operator.i32(4, 0));
            if attempt!(operator.i32(2, 0)) != 0 || attempt!(operator.i32(3, 0)) != 0 {
                return Err(Fault::Words("has an ellipsis or a new axis, which are not known"));
            }
        }
        let (mut y, mut axis) = (x, 0);
        while axis < input.rank {
            let extent = input.at[axis] as i64;
            if strided && attempt!(attempt!(operator.operand(&self.model, 3)).integer(axis)) != 1 {
                return Err(Fault::Words("takes a slice with a step other than 1, which is not known"));
            }
            let start = attempt!(starts.integer(axis));
            let end = attempt!(ends.integer(axis));
            let start = if from_first >> axis & 1 == 1 { 0 } else { within(start, extent) };
            let end = match strided {
                _ if one >> axis & 1 == 1 => start + 1,
                true if to_last >> axis & 1 == 1 => extent,
                true => within(end, extent),
                false if end < 0 => extent,
                false => start.saturating_add(end),
            };
            if start >= end || end > extent {
                return Err(Fault::Words("takes a slice without elements, or beyond its tensor"));
            }
            if end - start < extent {
                let axis = attempt!(axis_of(&input, axis as i64));
                y = y.narrow(axis as isize, start as usize, (end - start) as usize);
            }
            axis += 1;
        }
        let made = attempt!(shape(&attempt!(attempt!(operator.output(&self.model, 0)).extents())));
        let y = if y.node == x.node { x.identity() } else { y };
        let y = attempt!(self.named(operator, y));
        if y.shape.same(&made) { Ok(y) } else { reshaped(y, made) }
    }

    /// The part of a `SPLIT` or a `SPLIT_V` that one of its results is; and where the next begins.
    pub const fn part(
        &self,
        operator: &Operator<'static>,
        output: usize,
        start: usize,
    ) -> Result<(Tensor<'g>, usize), Fault> {
        let equal = operator.code == code::SPLIT;
        let (data, axis) = if equal { (1, 0) } else { (0, 2) };
        let x = attempt!(self.input(operator, data));
        let input = attempt!(attempt!(operator.operand(&self.model, data)).extents());
        let axis = attempt!(attempt!(operator.operand(&self.model, axis)).integer(0));
        let axis = attempt!(axis_of(&input, axis));
        let made = attempt!(shape(&attempt!(attempt!(operator.output(&self.model, output)).extents())));
        if made.rank() <= axis {
            return Err(Fault::Shape);
        }
        let len = made.at(axis);
        if start + len > x.shape.at(axis) {
            return Err(Fault::Shape);
        }
        let y = x.narrow(axis as isize, start, len);
        Ok((attempt!(self.named_as(operator, output, y)), start + len))
    }

    /// `PAD` and `PADV2`, with a constant, along up to three axes.
    pub const fn pad(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let amounts = attempt!(operator.operand(&self.model, 1));
        let (mut before, mut after) = ([0; 3], [0; 3]);
        let rank = x.rank();
        let mut axis = 0;
        while axis < input.rank {
            let (left, right) = (attempt!(amounts.integer(2 * axis)), attempt!(amounts.integer(2 * axis + 1)));
            if left < 0 || right < 0 || left > 1 << 20 || right > 1 << 20 {
                return Err(Fault::Option("a padding of", if left < 0 { left } else { right }, "0 to 1,048,576"));
            }
            if left > 0 || right > 0 {
                let at = attempt!(axis_of(&input, axis as i64));
                let Some(at) = (at + 3).checked_sub(rank) else { return Err(Fault::Rank) };
                (before[at], after[at]) = (left as usize, right as usize);
            }
            axis += 1;
        }
        // Three axes, the channels among them.
        let made = attempt!(shape(&attempt!(attempt!(operator.output(&self.model, 0)).extents())));
        let mut options = Pad3d::new(before).after(after);
        if operator.code == code::PADV2 {
            options = options.value(attempt!(number(&attempt!(operator.operand(&self.model, 2)))));
        }
        let mut dims = [1; 3];
        let mut i = 0;
        while i < rank && i < 3 {
            dims[3 - rank + i] = x.shape.at(i);
            i += 1;
        }
        let y = if rank < 3 { x.reshape_memory(Shape::new(&dims)) } else { x }.pad3d(options);
        let y = attempt!(self.named(operator, y));
        if y.shape.same(&made) { Ok(y) } else { reshaped(y, made) }
    }

    /// `TRANSPOSE`.
    pub const fn transpose(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let order = attempt!(operator.operand(&self.model, 1));
        let (mut axes, mut taken, mut axis) = ([0; MAX_AXES], 0u32, 0);
        while axis < input.rank {
            let from = attempt!(order.integer(axis));
            if from < 0 || from as usize >= input.rank || taken >> from & 1 == 1 {
                return Err(Fault::Words("has an order of axes that is none"));
            }
            taken |= 1 << from;
            // The batch stays where it is.
            if input.rank > x.rank() && (axis == 0) != (from == 0) {
                return Err(Fault::Words("moves the batch, which stays the first axis"));
            }
            if axis > 0 || input.rank == x.rank() {
                axes[attempt!(axis_of(&input, axis as i64))] = attempt!(axis_of(&input, from)) as isize;
            }
            axis += 1;
        }
        let y = match axes {
            [a, ..] if x.rank() == 1 => x.permute([a]),
            [a, b, ..] if x.rank() == 2 => x.permute([a, b]),
            [a, b, c, ..] if x.rank() == 3 => x.permute([a, b, c]),
            [a, b, c, d, ..] if x.rank() == 4 => x.permute([a, b, c, d]),
            _ => return Err(Fault::Rank),
        };
        self.named(operator, y)
    }

    /// `RESIZE_NEAREST_NEIGHBOR` and `RESIZE_BILINEAR`.
    pub const fn resize(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let size = attempt!(operator.operand(&self.model, 1));
        let size = [attempt!(size.integer(0)), attempt!(size.integer(1))];
        if x.rank() != 3 || size[0] < 1 || size[1] < 1 || size[0] > 1 << 20 || size[1] > 1 << 20 {
            return Err(Fault::Shape);
        }
        let options = Upsample2d::new().size([size[0] as usize, size[1] as usize]);
        let y = if operator.code == code::RESIZE_BILINEAR {
            x.upsample2d(options.mode(UpsampleMode::Bilinear))
        } else {
            x.upsample2d(options)
        };
        self.named(operator, y)
    }
}

/// The same elements under another shape.
pub(super) const fn reshaped<'g>(x: Tensor<'g>, made: Shape) -> Result<Tensor<'g>, Fault> {
    if x.shape.elements() != made.elements() { Err(Fault::Shape) } else { Ok(x.reshape_memory(made)) }
}

/// The number that a constant is.
const fn number(constant: &TensorInfo<'_>) -> Result<f32, Fault> {
    match *attempt!(constant.data()) {
        [byte] if constant.is_value() => Ok(attempt!(constant.quantisation()).dequantise(byte as i8)),
        [a, b, c, d] => Ok(f32::from_le_bytes([a, b, c, d])),
        _ => Err(Fault::Cut),
    }
}

/// A place along an axis, which may be counted from its end, or lie beyond.
const fn within(at: i64, extent: i64) -> i64 {
    match at {
        ..0 if at + extent < 0 => 0,
        ..0 => at + extent,
        _ if at > extent => extent,
        _ => at,
    }
}
