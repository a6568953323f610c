//! Operators that move elements, or say nothing but their shape: concatenations, parts, paddings, other orders.

use crate::base::layout::Layout;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::tensor::{Tensor, Tensors};
use crate::layers::{Concat, Pad3d, Upsample2d, UpsampleMode};
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::import::{Importer, axis_of, shape};
use crate::tflite::model::{Extents, Operator, TensorInfo};
use crate::tflite::operator as code;

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
                && !attempt!(attempt!(operator.operand(&self.model, i)).quantisation())
                    .same(&attempt!(made.quantisation()))
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
        reshaped(attempt!(self.named(operator, y)), made)
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
        attempt!(attempt!(attempt!(operator.operand(&self.model, 0)).extents()).check_image());
        let size = attempt!(operator.integers(&self.model, 1));
        let size = [attempt!(size.integer(0)), attempt!(size.integer(1))];
        if size[0] < 1 || size[1] < 1 || size[0] > 1 << 20 || size[1] > 1 << 20 {
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
    let x = attempt!(channels_moved(x, true));
    let (dims, rank) = made.channel_last();
    let dims = match dims {
        [a, ..] if rank == 1 => Shape::new(&[a as usize]),
        [a, b, ..] if rank == 2 => Shape::new(&[a as usize, b as usize]),
        [a, b, c, ..] if rank == 3 => Shape::new(&[a as usize, b as usize, c as usize]),
        [a, b, c, d, ..] if rank == 4 => Shape::new(&[a as usize, b as usize, c as usize, d as usize]),
        _ => return Err(Fault::Rank),
    };
    channels_moved(x.reshape_to(dims), false)
}

/// The first axis moved to the end, or the last to the front.
const fn channels_moved<'g>(x: Tensor<'g>, to_the_end: bool) -> Result<Tensor<'g>, Fault> {
    Ok(match x.rank() {
        1 => x,
        2 => x.permute([1, 0]),
        3 if to_the_end => x.permute([1, 2, 0]),
        3 => x.permute([2, 0, 1]),
        4 if to_the_end => x.permute([1, 2, 3, 0]),
        4 => x.permute([3, 0, 1, 2]),
        _ => return Err(Fault::Rank),
    })
}

/// The number that a constant is.
const fn number(constant: &TensorInfo<'_>) -> Result<f32, Fault> {
    match *attempt!(constant.data()) {
        [byte] if constant.is_value() => Ok(attempt!(constant.quantisation()).dequantise(byte as i8)),
        [a, b, c, d] => Ok(f32::from_le_bytes([a, b, c, d])),
        _ => Err(Fault::Cut),
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
