//! What a file says of the numbers of a layer: scales, zero points, weights.

use crate::int8::kernel::{Numbers, Raw};
use crate::int8::linear::WeightScales;
use crate::int8::quantization::{Activation, Quantization};
use crate::tflite::error::Error;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::imported::Imported;
use crate::tflite::model::Model;
use crate::tflite::operator as code;

/// The numbers of a layer that an operator of the file became.
pub(crate) const fn numbers(imported: &Imported, node: usize) -> Numbers {
    let operator = imported.origins[imported.deployed.result(node)] as usize;
    match read_numbers(imported, operator) {
        Ok(numbers) => numbers,
        Err(fault) => fail(imported, operator, fault),
    }
}

/// Its weights, if it has any.
pub(crate) const fn raw(imported: &Imported, node: usize) -> Raw<'static> {
    let operator = imported.origins[node] as usize;
    match read_raw(imported, operator) {
        Ok(raw) => raw,
        Err(fault) => fail(imported, operator, fault),
    }
}

/// Whether it has biases other than zero.
pub(crate) const fn has_bias(imported: &Imported, node: usize) -> bool {
    let (bias, mut at) = (raw(imported, node).bias, 0);
    while at < bias.len() && bias[at] == 0 {
        at += 1;
    }
    at < bias.len()
}

const fn fail(imported: &Imported, operator: usize, fault: Fault) -> ! {
    Error { fault, operator: Some(operator) }.text("the file", imported.bytes).fail()
}

const fn read_numbers(imported: &Imported, operator: usize) -> Result<Numbers, Fault> {
    let model = attempt!(Model::new(imported.bytes));
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
    let rounds_once = is_linear && !imported.micro;
    let is_depthwise = operator.code == code::DEPTHWISE_CONV_2D;
    let beta = if operator.code == code::SOFTMAX { attempt!(operator.f32(0)) } else { 1.0 };
    let grid = attempt!(operator.grid());
    Ok(Numbers { inputs, weights, output, activation, is_depthwise, is_linear, rounds_once, beta, grid })
}

const fn read_raw(imported: &Imported, operator: usize) -> Result<Raw<'static>, Fault> {
    let model = attempt!(Model::new(imported.bytes));
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
