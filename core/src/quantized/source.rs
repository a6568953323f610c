//! What is known of the numbers of a layer besides its declaration: scales, zero points, weights; by a file's operators,
//! or by tensors.

use crate::deploy::deployed::Deployed;
use crate::graph::graph::MAX_NODES;
use crate::int8::kernel::{Numbers, Raw};
use crate::int8::linear::WeightScales;
use crate::int8::quantization::{Activation, Quantization};
use crate::quantized::tensors::Tensors;
use crate::tflite::error::Error;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::imported::Imported;
use crate::tflite::model::Model;
use crate::tflite::operator as code;

/// Where the numbers of a network come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(crate) deployed: &'a Deployed,
    given: Given<'a>,
}

#[derive(Clone, Copy)]
enum Given<'a> {
    /// From the operators of a file: for each node, the operator that it became or stands for.
    Operators { bytes: &'static [u8], micro: bool, origins: &'a [u16; MAX_NODES] },
    /// From tensors that have the names of the layers.
    Tensors(&'a Tensors<'a>),
}

impl<'a> Source<'a> {
    /// A network that is read from a file.
    pub const fn of_file(imported: &'a Imported) -> Self {
        let Imported { deployed, bytes, micro, origins } = imported;
        Source { deployed, given: Given::Operators { bytes, micro: *micro, origins } }
    }

    /// A network that is declared, with tensors that are named after its layers.
    pub const fn of_tensors(tensors: &'a Tensors<'a>) -> Self {
        Source { deployed: tensors.deployed, given: Given::Tensors(tensors) }
    }

    /// What a layer's kernel is made from.
    pub(crate) const fn numbers(&self, node: usize) -> Numbers {
        let (bytes, micro, origins) = match self.given {
            Given::Operators { bytes, micro, origins } => (bytes, micro, origins),
            Given::Tensors(tensors) => return tensors.numbers(node),
        };
        let operator = origins[self.deployed.result(node)] as usize;
        match read_numbers(bytes, micro, operator) {
            Ok(numbers) => numbers,
            Err(fault) => fail(bytes, operator, fault),
        }
    }

    /// How the integers of a node stand for real numbers.
    pub(crate) const fn quantization(&self, node: usize) -> Quantization {
        match self.given {
            Given::Operators { .. } => self.numbers(node).output,
            Given::Tensors(tensors) => tensors.quantization(node),
        }
    }

    /// A layer's weights, if it has any.
    pub(crate) const fn raw(&self, node: usize) -> Raw<'a> {
        let (bytes, origins) = match self.given {
            Given::Operators { bytes, origins, .. } => (bytes, origins),
            Given::Tensors(tensors) => return tensors.raw(node),
        };
        let operator = origins[node] as usize;
        match read_raw(bytes, operator) {
            Ok(raw) => raw,
            Err(fault) => fail(bytes, operator, fault),
        }
    }
}

const fn fail(bytes: &'static [u8], operator: usize, fault: Fault) -> ! {
    Error { fault, operator: Some(operator) }.text("the file", bytes).fail()
}

const fn read_numbers(bytes: &'static [u8], micro: bool, operator: usize) -> Result<Numbers, Fault> {
    let model = attempt!(Model::new(bytes));
    let operator = attempt!(model.operator(operator));
    // Of no more tensors than the import has checked.
    let (operands, outputs) = match operator.code {
        code::ADD | code::SUB | code::MUL | code::PRELU => (2, 1),
        code::READ_VARIABLE => (0, 1),
        code::ASSIGN_VARIABLE => (0, 0),
        _ => (1, 1),
    };
    let (mut inputs, mut output) = ([Quantization::UNIT; 2], Quantization::UNIT);
    let mut input = 0;
    while input < operands {
        let info = attempt!(operator.operand(&model, input));
        if info.is_value() {
            inputs[input] = attempt!(info.quantization());
        }
        input += 1;
    }
    if outputs > 0 {
        let info = attempt!(operator.output(&model, 0));
        if info.is_value() {
            output = attempt!(info.quantization());
        }
    }
    let mut weights = WeightScales::PerChannel;
    if operator.has_weights() {
        let info = attempt!(operator.operand(&model, 1));
        if attempt!(info.scales()).0.len() == 1 && operator.code == code::FULLY_CONNECTED {
            weights = WeightScales::PerTensor { zero_point: attempt!(info.quantization()).zero_point };
        }
    }
    let activation = match attempt!(operator.activation()) {
        1 => Activation::Relu,
        2 => Activation::ReluN1To1,
        3 => Activation::Relu6,
        _ => Activation::None,
    };
    let is_linear = operator.code == code::FULLY_CONNECTED;
    let rounds_once = is_linear && !micro;
    let is_depthwise = operator.code == code::DEPTHWISE_CONV_2D;
    let beta = if operator.code == code::SOFTMAX { attempt!(operator.f32(0)) } else { 1.0 };
    let grid = attempt!(operator.grid());
    Ok(Numbers { inputs, weights, output, activation, is_depthwise, is_linear, rounds_once, beta, grid })
}

const fn read_raw(bytes: &'static [u8], operator: usize) -> Result<Raw<'static>, Fault> {
    let model = attempt!(Model::new(bytes));
    let operator = attempt!(model.operator(operator));
    let output = attempt!(attempt!(operator.output(&model, 0)).quantization());
    if !operator.has_weights() {
        let weights = match attempt!(operator.weights(&model)) {
            Some(weights) => attempt!(weights.data()),
            None => &[],
        };
        return Ok(Raw { weights, bias: &[], scales: &[], input_scale: 1.0, output_scale: output.scale });
    }
    let weights = attempt!(operator.operand(&model, 1));
    let bias = match attempt!(operator.input(&model, 2)) {
        Some(bias) => attempt!(bias.data()),
        None => &[],
    };
    let input = attempt!(attempt!(operator.operand(&model, 0)).quantization());
    Ok(Raw {
        weights: attempt!(weights.data()),
        bias,
        scales: attempt!(weights.scales()).0.bytes_of(4),
        input_scale: input.scale,
        output_scale: output.scale,
    })
}
