//! What a TFLite file says of its tensors and operators. The numbers are the places of fields in TensorFlow's
//! `schema.fbs`, version 3.

use crate::int8::quantisation::Quantisation;
use crate::tflite::element::Type;
use crate::tflite::fault::Fault;
use crate::tflite::flat::{List, Table, attempt, cut};
use crate::tflite::operator as code;

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
}

/// A tensor of the graph.
#[derive(Clone, Copy)]
pub(crate) struct TensorInfo<'a> {
    pub name: &'a str,
    pub element: Type,
    /// Its numbers, if they are in the file.
    pub data: &'a [u8],
    pub scales: List<'a>,
    pub zero_points: List<'a>,
    shape: List<'a>,
}

/// An operator of the graph, in the order of execution.
#[derive(Clone, Copy)]
pub(crate) struct Operator<'a> {
    pub code: i32,
    pub inputs: List<'a>,
    pub outputs: List<'a>,
    options: Option<Table<'a>>,
    /// The name of one that TensorFlow Lite does not define.
    pub custom: &'a str,
}

impl<'a> Model<'a> {
    /// Reads what a file contains, but nothing of its operators yet.
    pub const fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() < 8 || bytes[4] != b'T' || bytes[5] != b'F' || bytes[6] != b'L' || bytes[7] != b'3' {
            return Err(Fault::Foreign);
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
        let code = attempt!(self.codes.table(attempt!(table.i32(0, 0)) as u32 as usize));
        // Codes above 127 have a field of their own.
        let (narrow, wide) = (attempt!(code.i8(0, 0)) as i32, attempt!(code.i32(3, 0)));
        Ok(Operator {
            code: if wide > narrow { wide } else { narrow },
            inputs: attempt!(table.list(1, 4)),
            outputs: attempt!(table.list(2, 4)),
            options: attempt!(table.table(4)),
            custom: attempt!(code.str(1)),
        })
    }

    /// A tensor.
    pub const fn tensor(&self, index: usize) -> Result<TensorInfo<'a>, Fault> {
        let table = attempt!(self.tensors.table(index));
        let buffer = attempt!(self.buffers.table(attempt!(table.i32(2, 0)) as u32 as usize));
        let mut data = attempt!(buffer.list(0, 1)).bytes();
        // A large buffer lies after the tables, at an offset from the start of the file.
        let (offset, size) = (attempt!(buffer.u64(1)), attempt!(buffer.u64(2)));
        if data.is_empty() && offset > 1 {
            if offset > self.bytes.len() as u64 || size > self.bytes.len() as u64 - offset {
                return Err(Fault::Cut);
            }
            data = cut(self.bytes, offset as usize, size as usize);
        }
        let (mut scales, mut zero_points) = (List::EMPTY, List::EMPTY);
        if let Some(quantisation) = attempt!(table.table(4)) {
            scales = attempt!(quantisation.list(2, 4));
            zero_points = attempt!(quantisation.list(3, 8));
        }
        Ok(TensorInfo {
            name: attempt!(table.str(3)),
            element: Type::of(attempt!(table.i8(1, 0))),
            data,
            scales,
            zero_points,
            shape: attempt!(table.list(0, 4)),
        })
    }
}

impl<'a> TensorInfo<'a> {
    /// Its extents.
    pub const fn extents(&self) -> Result<Extents, Fault> {
        let rank = self.shape.len();
        if rank > MAX_AXES {
            return Err(Fault::Rank);
        }
        let mut extents = Extents { rank, at: [1; MAX_AXES], elements: 1 };
        let mut axis = 0;
        while axis < rank {
            let extent = attempt!(self.shape.i32(axis));
            if extent < 1 {
                return Err(Fault::Extent(extent));
            }
            extents.at[axis] = extent as usize;
            extents.elements *= extent as u64;
            if extents.elements > MAX_ELEMENTS {
                return Err(Fault::Size);
            }
            axis += 1;
        }
        Ok(extents)
    }

    /// Whether its numbers are in the file.
    pub const fn is_constant(&self) -> bool {
        !self.data.is_empty()
    }

    /// Whether it is one of 8-bit integers.
    pub const fn is_value(&self) -> bool {
        matches!(self.element, Type::I8)
    }

    /// How its integers stand for real numbers, if it has one scale.
    pub const fn quantisation(&self) -> Result<Quantisation, Fault> {
        if self.scales.len() == 0 {
            return Err(Fault::NotQuantised);
        }
        let scale = attempt!(self.scales.f32(0));
        if !(scale > 0.0 && scale <= f32::MAX) {
            return Err(Fault::Scale(scale));
        }
        let mut point = 0;
        if self.zero_points.len() > 0 {
            point = attempt!(self.zero_points.i64(0));
        }
        if point < i8::MIN as i64 || point > i8::MAX as i64 {
            return Err(Fault::ZeroPoint(point));
        }
        Ok(Quantisation { scale, zero_point: point as i8 })
    }

    /// Checks all its scales: of weights, one for each channel.
    pub const fn check_scales(&self) -> Result<(), Fault> {
        let mut channel = 0;
        while channel < self.scales.len() {
            let scale = attempt!(self.scales.f32(channel));
            if !(scale >= 0.0 && scale <= f32::MAX) {
                return Err(Fault::Scale(scale));
            }
            channel += 1;
        }
        Ok(())
    }

    /// An integer among its numbers: of axes, shapes, paddings.
    pub const fn integer(&self, index: usize) -> Result<i64, Fault> {
        let size = self.element.bytes();
        if !matches!(self.element, Type::I32 | Type::I64) || index >= self.data.len() / size {
            return Err(Fault::Cut);
        }
        let (mut value, mut byte) = (0, size);
        while byte > 0 {
            byte -= 1;
            value = value << 8 | self.data[size * index + byte] as u64;
        }
        Ok(if size == 4 { value as u32 as i32 as i64 } else { value as i64 })
    }

    /// How many integers it has.
    pub const fn integers(&self) -> usize {
        self.data.len() / self.element.bytes()
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

    /// The tensor that is a result.
    pub const fn output(&self, model: &Model<'a>, output: usize) -> Result<TensorInfo<'a>, Fault> {
        model.tensor(attempt!(self.outputs.i32(output)) as u32 as usize)
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

    /// An option of one byte, zero by default.
    pub const fn i8(&self, id: usize) -> Result<i8, Fault> {
        match &self.options {
            Some(options) => options.i8(id, 0),
            None => Ok(0),
        }
    }

    /// An option of four bytes, or its default.
    pub const fn i32(&self, id: usize, default: i32) -> Result<i32, Fault> {
        match &self.options {
            Some(options) => options.i32(id, default),
            None => Ok(default),
        }
    }

    /// An option that is a text, empty by default.
    pub const fn str(&self, id: usize) -> Result<&'a str, Fault> {
        match &self.options {
            Some(options) => options.str(id),
            None => Ok(""),
        }
    }

    /// An option that is a float, zero by default.
    pub const fn f32(&self, id: usize) -> Result<f32, Fault> {
        match &self.options {
            Some(options) => options.f32(id),
            None => Ok(0.0),
        }
    }
}
