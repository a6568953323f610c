//! What a TFLite file says of its tensors and operators. The numbers are the places of fields in TensorFlow's
//! `schema.fbs`, version 3.

use crate::int8::quantization::Quantization;
use crate::int8::resize::Grid;
use crate::tflite::element::Type;
use crate::tflite::fault::Fault;
use crate::tflite::flat::{List, Table, attempt, cut};
use crate::tflite::foreign::recognise;
use crate::tflite::operator as code;
use crate::tflite::wrong::Wrong;

/// The most axes of a tensor, the batch among them.
pub(crate) const MAX_AXES: usize = 6;

/// The most elements of a tensor: what is counted of a network then fits in 64 bits.
const MAX_ELEMENTS: u64 = 1 << 28;

/// A file, and one of its graphs.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    bytes: &'a [u8],
    graphs: List<'a>,
    codes: List<'a>,
    buffers: List<'a>,
    tensors: List<'a>,
    operators: List<'a>,
    /// The tensors that are given, and those that are the result.
    pub inputs: List<'a>,
    pub outputs: List<'a>,
}

/// The extents of a tensor.
#[derive(Clone, Copy)]
pub(crate) struct Extents {
    pub rank: usize,
    pub at: [usize; MAX_AXES],
    pub elements: u64,
    /// Whether the first axis is a batch of one.
    pub batch: bool,
}

/// A tensor of the graph. What is said of it is read when it is asked for: a const reads as little as it can.
#[derive(Clone, Copy)]
pub(crate) struct TensorInfo<'a> {
    index: usize,
    pub element: Type,
    table: Table<'a>,
    bytes: &'a [u8],
    buffers: List<'a>,
}

/// An operator of the graph, in the order of execution.
#[derive(Clone, Copy)]
pub(crate) struct Operator<'a> {
    pub code: i32,
    pub inputs: List<'a>,
    pub outputs: List<'a>,
    table: Table<'a>,
    definition: Table<'a>,
}

impl<'a> Model<'a> {
    /// Reads what a file contains, but nothing of its operators yet.
    pub const fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() < 8 || bytes[4] != b'T' || bytes[5] != b'F' || bytes[6] != b'L' || bytes[7] != b'3' {
            return Err(Fault::Foreign(recognise(bytes)));
        }
        let root = attempt!(Table::root(bytes));
        let graphs = attempt!(root.list(2, 4));
        if graphs.len() == 0 {
            return Err(Fault::NoGraph);
        }
        // Others are what operators of the first call.
        let model = Model {
            bytes,
            graphs,
            codes: attempt!(root.list(1, 4)),
            buffers: attempt!(root.list(4, 4)),
            tensors: List::EMPTY,
            inputs: List::EMPTY,
            outputs: List::EMPTY,
            operators: List::EMPTY,
        };
        model.graph(0)
    }

    /// The same file's graph with a number.
    pub const fn graph(&self, index: usize) -> Result<Self, Fault> {
        let graph = attempt!(self.graphs.table(index));
        Ok(Model {
            tensors: attempt!(graph.list(0, 4)),
            inputs: attempt!(graph.list(1, 4)),
            outputs: attempt!(graph.list(2, 4)),
            operators: attempt!(graph.list(3, 4)),
            ..*self
        })
    }

    /// The number of its operators.
    pub const fn operators(&self) -> usize {
        self.operators.len()
    }

    /// The number of its tensors.
    pub const fn tensors(&self) -> usize {
        self.tensors.len()
    }

    /// An operator.
    pub const fn operator(&self, index: usize) -> Result<Operator<'a>, Fault> {
        let table = attempt!(self.operators.table(index));
        let definition = attempt!(self.codes.table(attempt!(table.i32(0, 0)) as u32 as usize));
        // Codes above 127 have a field of their own.
        let (narrow, wide) = (attempt!(definition.i8(0, 0)) as i32, attempt!(definition.i32(3, 0)));
        Ok(Operator {
            code: if wide > narrow { wide } else { narrow },
            inputs: attempt!(table.list(1, 4)),
            outputs: attempt!(table.list(2, 4)),
            table,
            definition,
        })
    }

    /// A tensor.
    pub const fn tensor(&self, index: usize) -> Result<TensorInfo<'a>, Fault> {
        if index >= self.tensors.len() {
            return Err(Fault::NoTensor(index as i32));
        }
        let table = attempt!(self.tensors.table(index));
        let element = Type::of(attempt!(table.i8(1, 0)));
        Ok(TensorInfo { index, element, table, bytes: self.bytes, buffers: self.buffers })
    }
}

impl Extents {
    /// The same, where a first axis with an extent of 1 is a batch or one as any other.
    pub const fn with_batch(self, batch: bool) -> Self {
        Extents { batch, ..self }
    }

    /// The same with as many axes as those of another tensor, and a batch if that has one.
    pub const fn align(&self, other: &Extents) -> Result<Self, Fault> {
        let Some(missing) = other.rank.checked_sub(self.rank) else { return Err(Fault::Shape) };
        let (mut at, mut axis) = ([1; MAX_AXES], 0);
        while axis < self.rank {
            at[missing + axis] = self.at[axis];
            axis += 1;
        }
        if other.batch && at[0] > 1 {
            return Err(Fault::Shape);
        }
        Ok(Extents { rank: other.rank, at, elements: self.elements, batch: other.batch })
    }

    /// The number of an axis, which may be counted from the back.
    pub const fn axis(&self, axis: i64) -> Result<usize, Fault> {
        let rank = self.rank as i64;
        let at = if axis < 0 { axis.saturating_add(rank) } else { axis };
        if at < 0 || at >= rank {
            return Err(Fault::Axis(axis, self.rank));
        }
        Ok(at as usize)
    }
}

impl<'a> TensorInfo<'a> {
    /// Its name, up to the first of the names that the converter has joined to it, as far as there is room for one; empty
    /// if it is not UTF-8.
    pub const fn name(&self) -> &'a str {
        const MOST: usize = 96;
        let Ok(name) = self.table.list(3, 1) else { return "" };
        let bytes = name.bytes();
        let mut len = 0;
        while len < bytes.len() && bytes[len] != b';' {
            len += 1;
        }
        // Its end tells more than its beginning.
        let mut start = len.saturating_sub(MOST);
        while start < len && bytes[start] & 0xC0 == 0x80 {
            start += 1;
        }
        match core::str::from_utf8(bytes.split_at(len).0.split_at(start).1) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// What is wrong with it.
    pub const fn fault(&self, wrong: Wrong) -> Fault {
        Fault::Tensor(self.index, wrong)
    }

    /// Its numbers, if they are in the file.
    pub const fn data(&self) -> Result<&'a [u8], Fault> {
        let index = attempt!(self.table.i32(2, 0)) as u32 as usize;
        if index >= self.buffers.len() {
            return Err(self.fault(Wrong::Buffer));
        }
        let buffer = attempt!(self.buffers.table(index));
        let data = attempt!(buffer.list(0, 1));
        if data.len() > 0 {
            return Ok(data.bytes());
        }
        // A large buffer lies after the tables, at an offset from the start of the file.
        let (offset, size) = (attempt!(buffer.u64(1)), attempt!(buffer.u64(2)));
        if offset <= 1 {
            return Ok(&[]);
        }
        if offset > self.bytes.len() as u64 || size > self.bytes.len() as u64 - offset {
            return Err(Fault::Cut);
        }
        Ok(cut(self.bytes, offset as usize, size as usize))
    }

    /// Its scales, and its zero points: one, or one for each channel.
    pub const fn scales(&self) -> Result<(List<'a>, List<'a>), Fault> {
        match attempt!(self.table.table(4)) {
            Some(table) => Ok((attempt!(table.list(2, 4)), attempt!(table.list(3, 8)))),
            None => Ok((List::EMPTY, List::EMPTY)),
        }
    }

    /// Its extents.
    pub const fn extents(&self) -> Result<Extents, Fault> {
        let shape = attempt!(self.table.list(0, 4));
        let rank = shape.len();
        if rank > MAX_AXES {
            return Err(self.fault(Wrong::Rank(rank)));
        }
        let mut extents = Extents { rank, at: [1; MAX_AXES], elements: 1, batch: false };
        let mut axis = 0;
        while axis < rank {
            let extent = attempt!(shape.i32(axis));
            if extent < 1 {
                return Err(self.fault(Wrong::Extent(extent)));
            }
            extents.at[axis] = extent as usize;
            extents.elements *= extent as u64;
            if extents.elements > MAX_ELEMENTS {
                return Err(self.fault(Wrong::Size));
            }
            axis += 1;
        }
        extents.batch = rank > 1 && extents.at[0] == 1;
        Ok(extents)
    }

    /// Its extents, if it is an image, `[1, height, width, channels]`.
    pub const fn image(&self) -> Result<Extents, Fault> {
        let extents = attempt!(self.extents());
        match extents.rank {
            4 if extents.batch => Ok(extents),
            4 => Err(self.fault(Wrong::Batch(extents.at[0]))),
            rank => Err(self.fault(Wrong::Image(rank))),
        }
    }

    /// Checks that all its numbers are in the file.
    pub const fn check_data(&self) -> Result<(), Fault> {
        let len = attempt!(self.data()).len();
        let expected = attempt!(self.extents()).elements * self.element.bytes() as u64;
        match len {
            0 => Err(self.fault(Wrong::Computed)),
            _ if len as u64 != expected => Err(self.fault(Wrong::Data(len, expected))),
            _ => Ok(()),
        }
    }

    /// Checks the scales of weights, one or one for each of the channels along an axis, and that their zero points are 0,
    /// unless one is `free`.
    pub const fn check_weights(&self, channels: usize, axis: i32, free: bool) -> Result<(), Fault> {
        let (scales, zero_points) = attempt!(self.scales());
        if scales.len() == 0 {
            return Err(self.fault(Wrong::NotQuantized));
        }
        if scales.len() > 1 && scales.len() != channels {
            return Err(self.fault(Wrong::Scales(scales.len(), channels)));
        }
        let along = attempt!(self.quantized_axis());
        if scales.len() > 1 && along != axis {
            return Err(self.fault(Wrong::Along(along, axis)));
        }
        if scales.len() == 1 {
            let Quantization { zero_point, .. } = attempt!(self.quantization());
            let is_right = free || zero_point == 0;
            return if is_right { Ok(()) } else { Err(self.fault(Wrong::WeightPoint(zero_point as i64))) };
        }
        let (scales, points) = (scales.bytes_of(4).as_chunks::<4>().0, zero_points.bytes_of(8).as_chunks::<8>().0);
        let mut channel = 0;
        while channel < scales.len() {
            let scale = f32::from_le_bytes(scales[channel]);
            // That of a channel whose weights are all zero may be zero.
            if !(scale >= 0.0 && scale <= f32::MAX) {
                return Err(self.fault(Wrong::Scale(scale)));
            }
            if channel < points.len() && u64::from_le_bytes(points[channel]) != 0 {
                return Err(self.fault(Wrong::WeightPoint(i64::from_le_bytes(points[channel]))));
            }
            channel += 1;
        }
        Ok(())
    }

    /// The axis that its scales are along, if there are several.
    const fn quantized_axis(&self) -> Result<i32, Fault> {
        match attempt!(self.table.table(4)) {
            Some(table) => table.i32(6, 0),
            None => Ok(0),
        }
    }

    /// Whether its numbers are in the file.
    pub const fn is_constant(&self) -> Result<bool, Fault> {
        Ok(!attempt!(self.data()).is_empty())
    }

    /// Whether it is one of 8-bit integers.
    pub const fn is_value(&self) -> bool {
        matches!(self.element, Type::I8)
    }

    /// How its integers stand for real numbers, by its first scale.
    pub const fn quantization(&self) -> Result<Quantization, Fault> {
        let (scales, zero_points) = attempt!(self.scales());
        if scales.len() == 0 {
            return Err(self.fault(Wrong::NotQuantized));
        }
        let scale = attempt!(scales.f32(0));
        if !(scale > 0.0 && scale <= f32::MAX) {
            return Err(self.fault(Wrong::Scale(scale)));
        }
        let mut point = 0;
        if zero_points.len() > 0 {
            point = attempt!(zero_points.i64(0));
        }
        if point < i8::MIN as i64 || point > i8::MAX as i64 {
            return Err(self.fault(Wrong::ZeroPoint(point)));
        }
        Ok(Quantization { scale, zero_point: point as i8 })
    }

    /// An integer among its numbers: of axes, shapes, paddings.
    pub const fn integer(&self, index: usize) -> Result<i64, Fault> {
        let (size, data) = (self.element.bytes(), attempt!(self.data()));
        if !matches!(self.element, Type::I32 | Type::I64) || index >= data.len() / size {
            return Err(Fault::Cut);
        }
        let (mut value, mut byte) = (0, size);
        while byte > 0 {
            byte -= 1;
            value = value << 8 | data[size * index + byte] as u64;
        }
        Ok(if size == 4 { value as u32 as i32 as i64 } else { value as i64 })
    }

    /// How many integers it has.
    pub const fn integers(&self) -> Result<usize, Fault> {
        Ok(attempt!(self.data()).len() / self.element.bytes())
    }
}

impl<'a> Operator<'a> {
    /// The tensor that is an operand, if it is given: an optional one may be left out.
    pub const fn input(&self, model: &Model<'a>, input: usize) -> Result<Option<TensorInfo<'a>>, Fault> {
        if input >= self.inputs.len() {
            return Ok(None);
        }
        match attempt!(self.inputs.i32(input)) {
            ..0 => Ok(None),
            index => Ok(Some(attempt!(model.tensor(index as usize)))),
        }
    }

    /// The tensor that is an operand.
    pub const fn operand(&self, model: &Model<'a>, input: usize) -> Result<TensorInfo<'a>, Fault> {
        match attempt!(self.input(model, input)) {
            Some(tensor) => Ok(tensor),
            None => Err(Fault::Operand(input)),
        }
    }

    /// The operand that says what it does: integers that are in the file.
    pub const fn integers(&self, model: &Model<'a>, input: usize) -> Result<TensorInfo<'a>, Fault> {
        let tensor = attempt!(self.operand(model, input));
        match tensor.element {
            Type::I32 | Type::I64 => {}
            other => return Err(tensor.fault(Wrong::Element(other, "INT32 or INT64"))),
        }
        if attempt!(tensor.is_constant()) { Ok(tensor) } else { Err(tensor.fault(Wrong::Computed)) }
    }

    /// The tensor that is a result.
    pub const fn output(&self, model: &Model<'a>, output: usize) -> Result<TensorInfo<'a>, Fault> {
        model.tensor(attempt!(self.outputs.i32(output)) as u32 as usize)
    }

    /// The name of one that TensorFlow Lite does not define.
    pub const fn custom(&self) -> Result<&'a str, Fault> {
        self.definition.str(1)
    }

    /// The operand whose numbers are weights of the layer that it becomes: its second, or that of two which is a constant.
    pub const fn weights(&self, model: &Model<'a>) -> Result<Option<TensorInfo<'a>>, Fault> {
        let first = match self.code {
            code::CONV_2D | code::DEPTHWISE_CONV_2D | code::FULLY_CONNECTED | code::PRELU => None,
            code::ADD | code::SUB | code::MUL => Some(attempt!(self.operand(model, 0))),
            _ => return Ok(None),
        };
        match first {
            Some(first) if attempt!(first.is_constant()) => Ok(Some(first)),
            _ => self.input(model, 1),
        }
    }

    /// Whether its second operand is weights, and its third a bias.
    pub const fn has_weights(&self) -> bool {
        matches!(self.code, code::CONV_2D | code::DEPTHWISE_CONV_2D | code::FULLY_CONNECTED)
    }

    /// The activation that is fused into it.
    pub const fn activation(&self) -> Result<i8, Fault> {
        match self.code {
            code::CONV_2D => self.i8(3),
            code::DEPTHWISE_CONV_2D => self.i8(4),
            code::AVERAGE_POOL_2D | code::MAX_POOL_2D => self.i8(5),
            code::FULLY_CONNECTED | code::ADD | code::SUB | code::MUL => self.i8(0),
            code::CONCATENATION => self.i8(1),
            _ => Ok(0),
        }
    }

    /// Where the elements of an image that it resizes lie.
    pub const fn grid(&self) -> Result<Grid, Fault> {
        let first = match self.code {
            code::RESIZE_BILINEAR => 2,
            code::RESIZE_NEAREST_NEIGHBOR => 0,
            _ => return Ok(Grid::Corner),
        };
        let (aligned, centred) = (attempt!(self.i8(first)) != 0, attempt!(self.i8(first + 1)) != 0);
        Ok(match (aligned, centred) {
            (true, _) => Grid::Aligned,
            (false, true) => Grid::Centres,
            (false, false) => Grid::Corner,
        })
    }

    /// An option of one byte, zero by default.
    pub const fn i8(&self, id: usize) -> Result<i8, Fault> {
        match &attempt!(self.table.table(4)) {
            Some(options) => options.i8(id, 0),
            None => Ok(0),
        }
    }

    /// An option of four bytes, or its default.
    pub const fn i32(&self, id: usize, default: i32) -> Result<i32, Fault> {
        match &attempt!(self.table.table(4)) {
            Some(options) => options.i32(id, default),
            None => Ok(default),
        }
    }

    /// A bit of an option of four bytes, zero by default.
    pub const fn bit(&self, id: usize, bit: usize) -> Result<bool, Fault> {
        Ok(attempt!(self.i32(id, 0)) >> bit & 1 == 1)
    }

    /// An option that is a text, empty by default.
    pub const fn str(&self, id: usize) -> Result<&'a str, Fault> {
        match &attempt!(self.table.table(4)) {
            Some(options) => options.str(id),
            None => Ok(""),
        }
    }

    /// An option that is a float, zero by default.
    pub const fn f32(&self, id: usize) -> Result<f32, Fault> {
        match &attempt!(self.table.table(4)) {
            Some(options) => options.f32(id),
            None => Ok(0.0),
        }
    }
}
