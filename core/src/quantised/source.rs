//! What a file says of the numbers of a layer: scales, zero points, weights.

use crate::base::message::Text;
use crate::int8::kernel::{Numbers, Raw};
use crate::int8::linear::WeightScales;
use crate::int8::quantisation::{Activation, Quantisation};
use crate::int8::resize::Grid;
use crate::tflite::error::Error;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::imported::Imported;
use crate::tflite::model::{Model, Operator};
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

const fn fail(imported: &Imported, operator: usize, fault: Fault) -> ! {
    Error { fault, operator: Some(operator) }.text("the file", imported.bytes).fail()
}

const fn read_numbers(imported: &Imported, operator: usize) -> Result<Numbers, Fault> {
    let model = attempt!(Model::new(imported.bytes));
    let operator = attempt!(model.operator(operator));
    let (mut inputs, mut input) = ([Quantisation { scale: 1.0, zero_point: 0 }; 2], 0);
    while input < 2 && input < operator.inputs.len() {
        if let Some(info) = attempt!(operator.input(&model, input))
            && info.is_value()
        {
            inputs[input] = attempt!(info.quantisation());
        }
        input += 1;
    }
    // A variable that is assigned is no output.
    let mut output = inputs[1];
    if operator.outputs.len() > 0 {
        let info = attempt!(operator.output(&model, 0));
        if info.is_value() {
            output = attempt!(info.quantisation());
        }
    }
    let mut weights = WeightScales::PerChannel;
    if operator.has_weights() {
        let info = attempt!(operator.operand(&model, 1));
        if attempt!(info.scales()).0.len() == 1 && operator.code == code::FULLY_CONNECTED {
            weights = WeightScales::PerTensor { zero_point: attempt!(info.quantisation()).zero_point };
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
    let grid = attempt!(grid(&operator));
    Ok(Numbers { inputs, weights, output, activation, is_depthwise, is_linear, rounds_once, beta, grid })
}

/// Where the elements of an image that is resized lie.
const fn grid(operator: &Operator<'_>) -> Result<Grid, Fault> {
    let first = match operator.code {
        code::RESIZE_BILINEAR => 2,
        code::RESIZE_NEAREST_NEIGHBOR => 0,
        _ => return Ok(Grid::Corner),
    };
    Ok(if attempt!(operator.i8(first)) != 0 {
        Grid::Aligned
    } else if attempt!(operator.i8(first + 1)) != 0 {
        Grid::Centres
    } else {
        Grid::Corner
    })
}

const fn read_raw(imported: &Imported, operator: usize) -> Result<Raw<'static>, Fault> {
    let model = attempt!(Model::new(imported.bytes));
    let operator = attempt!(model.operator(operator));
    let output = attempt!(attempt!(operator.output(&model, 0)).quantisation());
    if !operator.has_weights() {
        let weights = attempt!(constant(&model, &operator));
        return Ok(Raw { weights, bias: &[], scales: &[], input_scale: 1.0, output_scale: output.scale });
    }
    let weights = attempt!(operator.operand(&model, 1));
    let bias = match attempt!(operator.input(&model, 2)) {
        Some(bias) => attempt!(bias.data()),
        None => &[],
    };
    let input = attempt!(attempt!(operator.operand(&model, 0)).quantisation());
    Ok(Raw {
        weights: attempt!(weights.data()),
        bias,
        scales: attempt!(weights.scales()).0.bytes_of(4),
        input_scale: input.scale,
        output_scale: output.scale,
    })
}

/// The operand of an operator that is a constant of the file.
const fn constant(model: &Model<'static>, operator: &Operator<'static>) -> Result<&'static [u8], Fault> {
    let mut input = 0;
    while input < 2 && input < operator.inputs.len() {
        let info = attempt!(operator.operand(model, input));
        if info.is_value() && attempt!(info.is_constant()) {
            return info.data();
        }
        input += 1;
    }
    Ok(&[])
}

/// A limit of the run, which its costs do not have.
pub(crate) const fn fail_layer(imported: &Imported, node: usize, what: &str) -> ! {
    let graph = &imported.deployed.graph;
    Text::new()
        .str("layer `")
        .str(graph.spell(node).as_str())
        .str("` (")
        .str(graph.node(node).op.name())
        .str(") of network `")
        .str(graph.name)
        .str("` ")
        .str(what)
        .fail()
}
