//! Operators that move elements, or say nothing but their shape: concatenations, parts, paddings, other orders.

use crate::base::dtype::DataType;
use crate::base::layout::Layout;
use crate::base::shape::{MAX_RANK, Shape, channel_last_axis};
use crate::graph::tensor::{Tensor, Tensors};
use crate::int8::resize::Grid;
use crate::layers::{Concat, Pad3d, Upsample2d, UpsampleMode};
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::import::{Importer, axis_of, shape};
use crate::tflite::model::{Extents, Operator, TensorInfo};
use crate::tflite::operator as code;
use crate::tflite::wrong::Wrong;

/// The most operands of a concatenation.
const MAX_JOINED: usize = 64;

impl<'g> Importer<'g, 'static> {
    /// An operand with as many axes as a result of these extents.
    pub const fn aligned(
        &self,
        operator: &Operator<'static>,
        input: usize,
        made: &Extents,
    ) -> Result<Tensor<'g>, Fault> {
        let extents = attempt!(attempt!(operator.operand(&self.model, input)).extents());
        reshaped(attempt!(self.input(operator, input)), attempt!(shape(&attempt!(extents.align(made)))))
    }

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
        let made = attempt!(operator.output(&self.model, 0));
        let extents = attempt!(made.extents());
        let axis = attempt!(axis_of(&extents, attempt!(operator.i32(0, 0)) as i64));
        let first = attempt!(self.aligned(operator, 0, &extents));
        let (mut tensors, mut i) = ([first; MAX_JOINED], 0);
        while i < count {
            if made.is_value()
                && !attempt!(attempt!(operator.operand(&self.model, i)).quantization())
                    .same(&attempt!(made.quantization()))
            {
                return Err(Fault::Words("joins tensors whose scales or zero points differ from those of the result"));
            }
            tensors[i] = attempt!(self.aligned(operator, i, &extents));
            if !tensors[i].shape.same_but(&first.shape, axis) {
                return Err(Fault::Shape);
            }
            i += 1;
        }
        let y = Tensors(tensors.split_at(count).0).concat(Concat::new().axis(axis as isize));
        self.finish(operator, y)
    }

    /// `STRIDED_SLICE` and `SLICE`: a part along each axis.
    pub const fn slice(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let (mut y, mut axis) = (x, 0);
        while axis < input.rank {
            let Range { start, step, len } = attempt!(self.range(operator, axis, input.at[axis] as i64));
            if len != input.at[axis] || step != 1 {
                y = y.every(attempt!(axis_of(&input, axis as i64)), start, step, len);
            }
            axis += 1;
        }
        let made = attempt!(shape(&attempt!(attempt!(operator.output(&self.model, 0)).extents())));
        let y = if y.node == x.node { x.identity() } else { y };
        reshaped(attempt!(self.named(operator, y)), made)
    }

    /// What a `STRIDED_SLICE` or a `SLICE` takes of an axis.
    const fn range(&self, operator: &Operator<'static>, axis: usize, extent: i64) -> Result<Range, Fault> {
        let starts = attempt!(operator.integers(&self.model, 1));
        let ends = attempt!(operator.integers(&self.model, 2));
        if axis >= attempt!(starts.integers()) {
            // All of an axis that it does not name.
            return Range::new(0, 1, extent, extent);
        }
        let (start, end) = (attempt!(starts.integer(axis)), attempt!(ends.integer(axis)));
        if operator.code == code::SLICE {
            return Range::new(start, 1, if end < 0 { extent.saturating_sub(start) } else { end }, extent);
        }
        if attempt!(operator.i32(2, 0)) != 0 || attempt!(operator.i32(3, 0)) != 0 || attempt!(operator.i8(5)) != 0 {
            return Err(Fault::Words(
                "has an ellipsis, a new axis or ends relative to its starts, which are not known",
            ));
        }
        // A longer one takes the first element, too.
        let step = clamp(attempt!(attempt!(operator.integers(&self.model, 3)).integer(axis)), -extent, extent);
        // It may end before the first element if it goes backwards, else after the last.
        let (low, high) = if step < 0 { (-1, extent - 1) } else { (0, extent) };
        let (first, beyond) = if step < 0 { (high, low) } else { (low, high) };
        let start = if attempt!(operator.bit(0, axis)) { first } else { clamp(counted(start, extent), low, high) };
        if attempt!(operator.bit(4, axis)) {
            return Range::new(start, 1, 1, extent);
        }
        let end = if attempt!(operator.bit(1, axis)) { beyond } else { clamp(counted(end, extent), low, high) };
        match step {
            0 => Err(Fault::Words("takes a slice with a step of 0")),
            _ => Range::new(start, step, (end - start + step - step.signum()) / step, extent),
        }
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
        let input = attempt!(attempt!(operator.operand(&self.model, data)).extents());
        let axis = attempt!(attempt!(operator.integers(&self.model, axis)).integer(0));
        let axis = attempt!(input.axis(axis));
        let made = attempt!(attempt!(operator.output(&self.model, output)).extents());
        if made.rank != input.rank || made.at[axis] > input.at[axis] - start {
            return Err(Fault::Shape);
        }
        let x = attempt!(self.input(operator, data));
        let y = x.every(attempt!(axis_of(&input, axis as i64)), start, 1, made.at[axis]);
        let y = attempt!(self.named_as(operator, output, y));
        Ok((attempt!(reshaped(y, attempt!(shape(&made)))), start + made.at[axis]))
    }

    /// `PAD` and `PADV2`, with a constant, along up to three axes.
    pub const fn pad(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let amounts = attempt!(operator.integers(&self.model, 1));
        let info = attempt!(operator.output(&self.model, 0));
        let made = attempt!(info.extents());
        let (mut before, mut after) = ([0; 3], [0; 3]);
        let mut axis = 0;
        while axis < input.rank {
            let (left, right) = (attempt!(amounts.integer(2 * axis)), attempt!(amounts.integer(2 * axis + 1)));
            if left < 0 || right < 0 {
                return Err(Fault::Words("has a padding that is negative"));
            }
            let extent = left.saturating_add(right).saturating_add(input.at[axis] as i64);
            if made.rank != input.rank || extent != made.at[axis] as i64 {
                return Err(info.fault(Wrong::Shape));
            }
            if left > 0 || right > 0 {
                let at = attempt!(axis_of(&input, axis as i64));
                let Some(at) = at.checked_sub(x.rank().saturating_sub(3)) else {
                    return Err(Fault::Words(
                        "pads the channels of a tensor of more than three axes, or its first axes",
                    ));
                };
                (before[at], after[at]) = (left as usize, right as usize);
            }
            axis += 1;
        }
        let mut options = Pad3d::new(before).after(after);
        if operator.code == code::PADV2 {
            options = options.value(attempt!(number(&attempt!(operator.operand(&self.model, 2)))));
        }
        // Three axes, the channels first.
        let dims = x.shape.to_usize();
        let x = if x.rank() < 3 { attempt!(reshaped(x, Shape::new(dims.split_at(3).0))) } else { x };
        reshaped(attempt!(self.named(operator, x.pad3d(options))), attempt!(shape(&made)))
    }

    /// `TRANSPOSE`.
    pub const fn transpose(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).extents());
        let order = attempt!(operator.integers(&self.model, 1));
        // The batch stays where it is, or is an axis as any other.
        let input = input.with_batch(input.batch && attempt!(order.integer(0)) == 0);
        let x = reshaped(x, attempt!(shape(&input)));
        let (mut axes, mut taken, mut axis) = ([0; MAX_RANK], 0u32, 0);
        while axis < input.rank {
            let from = attempt!(order.integer(axis));
            if from < 0 || from as usize >= input.rank || taken >> from & 1 == 1 {
                return Err(Fault::Words("has an order of axes that is none"));
            }
            taken |= 1 << from;
            if axis > 0 || !input.batch {
                axes[attempt!(axis_of(&input, axis as i64))] = attempt!(axis_of(&input, from)) as u8;
            }
            axis += 1;
        }
        let y = attempt!(self.named(operator, attempt!(x).permute_all(axes)));
        reshaped(y, attempt!(shape(&attempt!(attempt!(operator.output(&self.model, 0)).extents()))))
    }

    /// `RESIZE_NEAREST_NEIGHBOR` and `RESIZE_BILINEAR`.
    pub const fn resize(&self, operator: &Operator<'static>) -> Result<Tensor<'g>, Fault> {
        let x = attempt!(self.input(operator, 0));
        let input = attempt!(attempt!(operator.operand(&self.model, 0)).image());
        let size = attempt!(operator.integers(&self.model, 1));
        let size = [attempt!(size.integer(0)), attempt!(size.integer(1))];
        let info = attempt!(operator.output(&self.model, 0));
        let made = attempt!(info.image());
        if size[0] != made.at[1] as i64 || size[1] != made.at[2] as i64 || made.at[3] != input.at[3] {
            return Err(info.fault(Wrong::Shape));
        }
        let options = Upsample2d::new().size([size[0] as usize, size[1] as usize]);
        let bilinear = options.mode(UpsampleMode::Bilinear);
        let options = match (operator.code, attempt!(operator.grid())) {
            (code::RESIZE_BILINEAR, Grid::Aligned) => bilinear.align_corners(true),
            (code::RESIZE_BILINEAR, Grid::Centres) => bilinear,
            (code::RESIZE_NEAREST_NEIGHBOR, Grid::Corner) => options,
            (resize, _) if matches!(self.dtype, DataType::I8) => match resize {
                code::RESIZE_BILINEAR => bilinear,
                _ => options,
            },
            _ => return Err(Fault::Words("has its corners or centres where only networks of INT8 have them")),
        };
        self.named(operator, x.upsample2d(options))
    }
}

/// The same elements, in the order of the file, under another shape, if it is another.
pub(super) const fn reshaped<'g>(x: Tensor<'g>, made: Shape) -> Result<Tensor<'g>, Fault> {
    if x.shape.same(&made) {
        return Ok(x);
    }
    if x.shape.elements() != made.elements() {
        return Err(Fault::Shape);
    }
    if let Layout::ChannelLast = x.builder.graph().settings.layout {
        return Ok(x.reshape_memory(made));
    }
    if Layout::ChannelLast.is_kept(&x.shape, &made) {
        return Ok(x.reshape_to(made));
    }
    // Through the order of the file: the channels to the end, and back.
    let (mut to_end, mut to_front, mut axis) = ([0; MAX_RANK], [0; MAX_RANK], 0);
    while axis < x.rank() {
        to_end[channel_last_axis(axis, x.rank())] = axis as u8;
        axis += 1;
    }
    axis = 0;
    while axis < made.rank() {
        to_front[axis] = channel_last_axis(axis, made.rank()) as u8;
        axis += 1;
    }
    let ([a, b, c, d, e, f], rank) = made.channel_last();
    let last = [a as usize, b as usize, c as usize, d as usize, e as usize, f as usize];
    Ok(x.permute_all(to_end).reshape_to(Shape::of(rank as u8, last)).permute_all(to_front))
}

/// The number that a constant is.
const fn number(constant: &TensorInfo<'_>) -> Result<f32, Fault> {
    match *attempt!(constant.data()) {
        [byte] if constant.is_value() => Ok(attempt!(constant.quantization()).dequantize(byte as i8)),
        [a, b, c, d] if !f32::from_le_bytes([a, b, c, d]).is_nan() => Ok(f32::from_le_bytes([a, b, c, d])),
        _ => Err(Fault::Words("pads with what is not a number")),
    }
}

/// Elements of an axis, the same number of places apart.
struct Range {
    start: usize,
    step: i32,
    len: usize,
}

impl Range {
    /// Checks that they are within the axis, which has less than 2^30 elements.
    const fn new(start: i64, step: i64, len: i64, extent: i64) -> Result<Self, Fault> {
        if len < 1 || len > extent || start < 0 || start >= extent {
            return Err(Fault::Words("takes a slice without elements, or beyond its tensor"));
        }
        let last = start + step * (len - 1);
        if last < 0 || last >= extent {
            return Err(Fault::Words("takes a slice beyond its tensor"));
        }
        // A single element is not apart from another.
        Ok(Range { start: start as usize, step: if len == 1 { 1 } else { step as i32 }, len: len as usize })
    }
}

/// A place along an axis, which may be counted from its end.
const fn counted(at: i64, extent: i64) -> i64 {
    if at < 0 { at.saturating_add(extent) } else { at }
}

/// The nearest number between two others.
const fn clamp(at: i64, low: i64, high: i64) -> i64 {
    match at {
        _ if at < low => low,
        _ if at > high => high,
        _ => at,
    }
}
