//! The graph of a file: each operator becomes a layer, or several.
//!
//! A file's tensors have their channels last, and a batch of one before all axes; those of a declaration have their
//! channels first, and no batch. Each layer has the name of the tensor that it makes.

use crate::base::dtype::DataType;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::graph::{MAX_EDGES, MAX_NODES, MAX_PORTS};
use crate::graph::settings::Settings;
use crate::graph::tensor::{Builder, Tensor};
use crate::int8::channels::count_dead;
use crate::int8::quantization::Quantization;
use crate::tflite::element::Type;
use crate::tflite::error::Error;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::model::{Extents, Model, Operator, TensorInfo};
use crate::tflite::operator as code;
use crate::tflite::variables::{HANDLES, NONE, Variables};
use crate::tflite::wrong::Wrong;

/// The most tensors of a file: a layer has about two of weights besides its output.
pub(crate) const MAX_TENSORS: usize = 4 * MAX_NODES;

/// The layers that make a file's tensors.
pub(crate) struct Importer<'g, 'f> {
    pub builder: &'g Builder<'g>,
    pub model: Model<'f>,
    pub dtype: DataType,
    /// For each tensor of the file, the node that makes it, or the number of the variable that it stands for.
    nodes: [u16; MAX_TENSORS],
    pub(super) variables: Variables,
    /// For each node, the operator that became it.
    origins: [u16; MAX_NODES],
}

/// How a file's network is deployed: in its own type, with all that saves memory.
pub(crate) const fn settings(bytes: &[u8]) -> Result<Settings, Error> {
    let model = match Model::new(bytes) {
        Ok(model) => model,
        Err(fault) => return Err(Error::of_file(fault)),
    };
    match element(&model) {
        Ok(dtype) => Ok(Settings::new().fuse().dtype(dtype)),
        Err(fault) => Err(Error::of_file(fault)),
    }
}

/// `i8` if any operator makes that; else `f32`.
const fn element(model: &Model<'_>) -> Result<DataType, Fault> {
    let mut operator = 0;
    while operator < model.operators() {
        let this = attempt!(model.operator(operator));
        if this.outputs.len() > 0 && matches!(attempt!(this.output(model, 0)).element, Type::I8) {
            return Ok(DataType::I8);
        }
        operator += 1;
    }
    Ok(DataType::F32)
}

/// Declares the network of a file, and returns the operator that became each of its nodes.
///
/// # Errors
/// If the file is damaged, or has what netcost does not know. The graph is then of no use.
pub(crate) const fn import<'g>(
    builder: &'g Builder<'g>,
    bytes: &'static [u8],
    dtype: DataType,
) -> Result<[u16; MAX_NODES], Error> {
    let model = match Model::new(bytes) {
        Ok(model) => model,
        Err(fault) => return Err(Error::of_file(fault)),
    };
    if model.tensors() > MAX_TENSORS {
        return Err(Error::of_file(Fault::Many("tensors", model.tensors(), MAX_TENSORS)));
    }
    if model.operators() > MAX_TENSORS {
        return Err(Error::of_file(Fault::Many("operators", model.operators(), MAX_TENSORS)));
    }
    if model.operators() == 0 {
        return Err(Error::of_file(Fault::Empty));
    }
    let mut importer = Importer {
        builder,
        model,
        dtype,
        nodes: [NONE; MAX_TENSORS],
        variables: Variables::NONE,
        origins: [0; MAX_NODES],
    };
    if let Err(fault) = importer.inputs() {
        return Err(Error::of_file(fault));
    }
    let mut operator = 0;
    while operator < model.operators() {
        let mut node = importer.builder.graph().nodes.len();
        if let Err(fault) = importer.operator(operator) {
            return Err(Error { fault, operator: Some(operator) });
        }
        while node < importer.builder.graph().nodes.len() {
            importer.origins[node] = operator as u16;
            node += 1;
        }
        operator += 1;
    }
    match importer.outputs() {
        Ok(()) => Ok(importer.origins),
        Err(fault) => Err(Error::of_file(fault)),
    }
}

impl<'g> Importer<'g, 'static> {
    const fn inputs(&mut self) -> Result<(), Fault> {
        let inputs = self.model.inputs;
        if inputs.len() == 0 || inputs.len() > MAX_PORTS {
            return Err(Fault::Ports("inputs", inputs.len()));
        }
        let mut input = 0;
        while input < inputs.len() {
            let index = attempt!(inputs.i32(input));
            let info = attempt!(self.model.tensor(index as u32 as usize));
            let extents = attempt!(info.extents());
            if extents.rank >= 4 && !extents.batch {
                return Err(info.fault(Wrong::Batch(extents.at[0])));
            }
            let tensor = self.builder.input(info.name(), attempt!(shape(&extents)));
            if matches!(self.dtype, DataType::I8) && matches!(info.element, Type::U8 | Type::F32) {
                // The operator that converts it makes it known.
                input += 1;
                continue;
            }
            attempt!(self.check_value(&info));
            if info.is_value() {
                self.builder.graph().inputs[input].quantization = Some(attempt!(info.quantization()));
            }
            attempt!(self.set(index, tensor.node));
            input += 1;
        }
        Ok(())
    }

    const fn outputs(&mut self) -> Result<(), Fault> {
        attempt!(self.variables.check());
        let outputs = self.model.outputs;
        if outputs.len() == 0 || outputs.len() > MAX_PORTS {
            return Err(Fault::Ports("outputs", outputs.len()));
        }
        let (mut output, mut is_idle) = (0, true);
        while output < outputs.len() {
            let tensor = attempt!(self.tensor(attempt!(outputs.i32(output)) as u32 as usize));
            self.builder.output(tensor, tensor.shape);
            is_idle = is_idle && (tensor.node as usize) < self.model.inputs.len();
            let port = &mut self.builder.graph().outputs[output];
            let info = attempt!(self.model.tensor(attempt!(outputs.i32(output)) as u32 as usize));
            port.name = info.name();
            if let DataType::I8 = self.dtype {
                port.quantization = Some(attempt!(self.quantization(tensor.node)));
            }
            output += 1;
        }
        if is_idle { Err(Fault::Idle) } else { Ok(()) }
    }

    const fn operator(&mut self, index: usize) -> Result<(), Fault> {
        let operator = attempt!(self.model.operator(index));
        // Each appends a few nodes, some for each operand, and no more names; what is full is told here: the builder panics.
        let graph = self.builder.graph();
        let room = 16 + 4 * (operator.inputs.len() + operator.outputs.len());
        if graph.nodes.len() + room > MAX_NODES || graph.edge_count + room > MAX_EDGES {
            return Err(Fault::Words("is one too many: a network has at most 2,048 layers"));
        }
        let made = match operator.code {
            code::CONV_2D | code::DEPTHWISE_CONV_2D => attempt!(self.convolution(&operator)),
            code::AVERAGE_POOL_2D | code::MAX_POOL_2D => attempt!(self.pool(&operator)),
            code::FULLY_CONNECTED => attempt!(self.fully_connected(&operator)),
            code::ADD | code::SUB | code::MUL => attempt!(self.arithmetic(&operator)),
            code::RELU
            | code::RELU6
            | code::RELU_N1_TO_1
            | code::LOGISTIC
            | code::TANH
            | code::HARD_SWISH
            | code::LEAKY_RELU => attempt!(self.function(&operator)),
            code::CALL_ONCE => return self.call_once(&operator),
            code::VAR_HANDLE => return self.handle(&operator),
            code::READ_VARIABLE => return self.read_variable(&operator),
            code::ASSIGN_VARIABLE => return self.assign_variable(&operator),
            code::PRELU => attempt!(self.prelu(&operator)),
            code::SOFTMAX => attempt!(self.softmax(&operator)),
            code::MEAN | code::SUM | code::REDUCE_MAX => attempt!(self.reduction(&operator)),
            code::QUANTIZE | code::DEQUANTIZE => {
                let tensor = attempt!(self.conversion(&operator));
                let index = attempt!(operator.outputs.i32(0));
                return self.note(index, &attempt!(self.model.tensor(index as u32 as usize)), tensor);
            }
            code::RESHAPE | code::SQUEEZE | code::EXPAND_DIMS => attempt!(self.reshape(&operator)),
            code::CONCATENATION => attempt!(self.concatenation(&operator)),
            code::SPLIT | code::SPLIT_V => {
                let (mut output, mut start) = (0, 0);
                while output < operator.outputs.len() {
                    let (part, next) = attempt!(self.part(&operator, output, start));
                    attempt!(self.make(&operator, output, part));
                    (output, start) = (output + 1, next);
                }
                return Ok(());
            }
            // What Keras computes of a shape whose batch is open: the result's shape says it.
            code::SHAPE | code::PACK => return Ok(()),
            code::STRIDED_SLICE if attempt!(computes_shape(&self.model, &operator)) => return Ok(()),
            code::STRIDED_SLICE | code::SLICE => attempt!(self.slice(&operator)),
            code::PAD | code::PADV2 => attempt!(self.pad(&operator)),
            code::TRANSPOSE => attempt!(self.transpose(&operator)),
            code::RESIZE_NEAREST_NEIGHBOR | code::RESIZE_BILINEAR => attempt!(self.resize(&operator)),
            _ => return Err(Fault::Unknown),
        };
        self.make(&operator, 0, made)
    }

    /// Notes that a tensor is a result of an operator, of the network's type.
    const fn make(&mut self, operator: &Operator<'static>, output: usize, tensor: Tensor<'g>) -> Result<(), Fault> {
        let index = attempt!(operator.outputs.i32(output));
        let info = attempt!(self.model.tensor(index as u32 as usize));
        attempt!(self.check_value(&info));
        self.note(index, &info, tensor)
    }

    /// Notes that a layer makes a tensor of the file.
    const fn note(&mut self, index: i32, info: &TensorInfo<'_>, tensor: Tensor<'g>) -> Result<(), Fault> {
        if !tensor.shape.same(&attempt!(shape(&attempt!(info.extents())))) {
            return Err(info.fault(Wrong::Shape));
        }
        self.set(index, tensor.node)
    }

    /// The tensor with an index in the file.
    const fn tensor(&self, index: usize) -> Result<Tensor<'g>, Fault> {
        let node = attempt!(self.get(index as i32));
        if node >= HANDLES {
            return Err(Fault::Words("reads what stands for a variable as if it were its numbers"));
        }
        if self.variables.is_past(node) {
            return Err(Fault::Words("reads what a variable was after it was assigned: let it read before"));
        }
        Ok(self.at(node))
    }

    /// The tensor that a node makes.
    pub const fn at(&self, node: u16) -> Tensor<'g> {
        self.builder.tensor(node, self.builder.graph().node(node as usize).shape)
    }

    /// How the integers of a node stand for real numbers: as those of the first tensor that it became do.
    const fn quantization(&self, node: u16) -> Result<Quantization, Fault> {
        let mut index = 0;
        while index < self.model.tensors() {
            if self.nodes[index] == node {
                let info = attempt!(self.model.tensor(index));
                if info.is_value() {
                    return info.quantization();
                }
            }
            index += 1;
        }
        Err(Fault::Cut)
    }

    /// What a tensor of the file has become.
    pub const fn get(&self, tensor: i32) -> Result<u16, Fault> {
        if tensor < 0 || tensor as usize >= self.model.tensors() {
            return Err(Fault::NoTensor(tensor));
        }
        match self.nodes[tensor as usize] {
            NONE => Err(self.unmade(tensor)),
            node => Ok(node),
        }
    }

    /// Why a tensor is not known.
    const fn unmade(&self, tensor: i32) -> Fault {
        let mut input = 0;
        while input < self.model.inputs.len() {
            if let (Ok(index), Ok(info)) = (self.model.inputs.i32(input), self.model.tensor(tensor as usize))
                && index == tensor
            {
                return info.fault(Wrong::Unconverted(info.element));
            }
            input += 1;
        }
        Fault::Tensor(tensor as usize, Wrong::Unmade)
    }

    /// Notes what a tensor of the file has become.
    pub const fn set(&mut self, tensor: i32, node: u16) -> Result<(), Fault> {
        if tensor < 0 || tensor as usize >= self.model.tensors() {
            return Err(Fault::NoTensor(tensor));
        }
        self.nodes[tensor as usize] = node;
        Ok(())
    }

    /// The tensor that is an operand, of the network's type.
    pub const fn input(&self, operator: &Operator<'static>, input: usize) -> Result<Tensor<'g>, Fault> {
        // Those that a layer has made were checked then.
        self.tensor(attempt!(operator.inputs.i32(input)) as u32 as usize)
    }

    /// An input of the network that an operator converts, and how its integers then stand for real numbers.
    pub const fn border(&self, operator: &Operator<'static>, quantization: Quantization) -> Result<Tensor<'g>, Fault> {
        let (inputs, index, mut input) = (self.model.inputs, attempt!(operator.inputs.i32(0)), 0);
        while attempt!(inputs.i32(input)) != index {
            input += 1;
        }
        self.builder.graph().inputs[input].quantization = Some(quantization);
        Ok(self.at(self.builder.graph().inputs[input].node))
    }

    /// Checks that a tensor that is computed has the network's type, and, if that is `i8`, a scale and a zero point.
    pub const fn check_value(&self, info: &TensorInfo<'_>) -> Result<(), Fault> {
        match (self.dtype, info.element) {
            (DataType::I8, Type::I8) => match attempt!(info.scales()).0.len() {
                0 | 1 => {
                    attempt!(info.quantization());
                    Ok(())
                }
                scales => Err(info.fault(Wrong::Scales(scales, 1))),
            },
            (DataType::F32, Type::F32) => Ok(()),
            (DataType::I8, other) => Err(info.fault(Wrong::Element(other, "INT8, as the others are"))),
            (_, other) => Err(info.fault(Wrong::Element(other, "FLOAT32 or INT8"))),
        }
    }

    /// Checks the weights of a layer, whose channels are along an axis of them, and its bias. Whether there is one, and how
    /// many channels have 8-bit weights that are all zero: they are not looked for where channels lie side by side.
    pub const fn weights(
        &self,
        operator: &Operator<'static>,
        channels: usize,
        axis: i32,
    ) -> Result<(bool, usize), Fault> {
        let weight = attempt!(operator.operand(&self.model, 1));
        match (self.dtype, weight.element) {
            (DataType::I8, Type::I8) | (DataType::F32, Type::F32) => {}
            (DataType::F32, Type::I8) => return Err(Fault::Hybrid),
            (DataType::I8, other) => return Err(weight.fault(Wrong::Element(other, "INT8, as the layer's input is"))),
            (_, other) => return Err(weight.fault(Wrong::Element(other, "FLOAT32, as the layer's input is"))),
        }
        attempt!(weight.check_data());
        let mut dead = 0;
        if let DataType::I8 = self.dtype {
            attempt!(weight.check_weights(channels, axis, operator.code == code::FULLY_CONNECTED));
            if axis == 0 && attempt!(weight.quantization()).zero_point == 0 {
                dead = count_dead(attempt!(weight.data()), channels);
            }
        }
        let Some(bias) = attempt!(operator.input(&self.model, 2)) else { return Ok((false, dead)) };
        match (self.dtype, bias.element) {
            (DataType::I8, Type::I32) | (DataType::F32, Type::F32) => {}
            (DataType::I8, other) => {
                return Err(bias.fault(Wrong::Element(other, "INT32, as biases of INT8 layers are")));
            }
            (_, other) => return Err(bias.fault(Wrong::Element(other, "FLOAT32, as the layer's input is"))),
        }
        attempt!(bias.check_data());
        if attempt!(bias.extents()).elements != channels as u64 {
            return Err(Fault::Shape);
        }
        Ok((true, dead))
    }

    /// Names the layer that made a tensor as the file names the tensor; then applies the activation that is fused into
    /// the operator.
    pub const fn finish(&self, operator: &Operator<'static>, layer: Tensor<'g>) -> Result<Tensor<'g>, Fault> {
        let layer = attempt!(self.named(operator, layer));
        let (y, name) = match attempt!(operator.activation()) {
            0 => return Ok(layer),
            1 => (layer.relu(), "relu"),
            2 => (layer.clamp(-1.0, 1.0), "clamp"),
            3 => (layer.relu6(), "relu6"),
            other => return Err(Fault::Activation(other)),
        };
        self.builder.label(y.node, Some(layer.node), name);
        Ok(y)
    }

    /// Names the layer that made a tensor as the file names the tensor.
    pub const fn named(&self, operator: &Operator<'static>, layer: Tensor<'g>) -> Result<Tensor<'g>, Fault> {
        self.named_as(operator, 0, layer)
    }

    /// The same for one of several results.
    pub const fn named_as(
        &self,
        operator: &Operator<'static>,
        output: usize,
        layer: Tensor<'g>,
    ) -> Result<Tensor<'g>, Fault> {
        let text = attempt!(operator.output(&self.model, output)).name();
        if !text.is_empty() {
            self.builder.label(layer.node, None, text);
        }
        Ok(layer)
    }
}

/// The shape of a tensor in a declaration: without its batch, and with its last axis, the channels, first.
pub(crate) const fn shape(extents: &Extents) -> Result<Shape, Fault> {
    let Extents { rank, at, batch, .. } = *extents;
    if rank == 0 {
        return Ok(Shape::vector(1));
    }
    let (mut dims, batch) = ([1; MAX_RANK], batch as usize);
    dims[0] = at[rank - 1];
    let mut axis = batch;
    while axis + 1 < rank {
        dims[axis + 1 - batch] = at[axis];
        axis += 1;
    }
    Ok(Shape::new(dims.split_at(rank - batch).0))
}

/// The axis of a tensor in a declaration that is an axis of the file, which may be counted from the back.
pub(crate) const fn axis_of(extents: &Extents, axis: i64) -> Result<usize, Fault> {
    let (axis, batch) = (attempt!(extents.axis(axis)), extents.batch as usize);
    if axis == extents.rank - 1 {
        return Ok(0);
    }
    if axis < batch {
        return Err(Fault::Words("goes along the batch, of which there is one"));
    }
    Ok(axis + 1 - batch)
}

/// Whether an operator computes with shapes, not with values.
const fn computes_shape(model: &Model<'_>, operator: &Operator<'_>) -> Result<bool, Fault> {
    Ok(matches!(attempt!(operator.output(model, 0)).element, Type::I32 | Type::I64))
}
