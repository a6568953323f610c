//! The operators of variables: `VAR_HANDLE`, `READ_VARIABLE`, `ASSIGN_VARIABLE`, and `CALL_ONCE`, which gives them their
//! first values.

use crate::layers::InitialState;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::import::{Importer, shape};
use crate::tflite::model::{Model, Operator, TensorInfo};
use crate::tflite::operator as code;
use crate::tflite::variables::{HANDLES, NONE, Variable, same};
use crate::tflite::wrong::Wrong;

impl<'g> Importer<'g, 'static> {
    /// `CALL_ONCE`.
    pub(super) const fn call_once(&mut self, operator: &Operator<'static>) -> Result<(), Fault> {
        if self.variables.initial.is_some() {
            return Err(Fault::Words("is the second of its kind: one graph gives variables their first values"));
        }
        self.variables.initial = Some(attempt!(operator.i32(0, 0)) as u32 as usize);
        Ok(())
    }

    /// `VAR_HANDLE`: the tensor that it makes stands for a variable.
    pub(super) const fn handle(&mut self, operator: &Operator<'static>) -> Result<(), Fault> {
        let variable = attempt!(self.variables.named(attempt!(operator.str(1))));
        self.set(attempt!(operator.outputs.i32(0)), variable)
    }

    /// The variable that an operator's first operand stands for.
    const fn variable(&self, operator: &Operator<'static>) -> Result<usize, Fault> {
        match attempt!(self.get(attempt!(operator.inputs.i32(0)))).checked_sub(HANDLES) {
            Some(variable) => Ok(variable as usize),
            None => Err(Fault::Words("has an operand that stands for no variable")),
        }
    }

    /// `READ_VARIABLE`: what it was before this run, or what it was assigned since.
    pub(super) const fn read_variable(&mut self, operator: &Operator<'static>) -> Result<(), Fault> {
        let index = attempt!(self.variable(operator));
        let Variable { name, state, value } = self.variables.all[index];
        let info = attempt!(operator.output(&self.model, 0));
        attempt!(self.check_value(&info));
        let mut node = if value == NONE { state } else { value };
        if node == NONE {
            let shape = attempt!(shape(&attempt!(info.extents())));
            let initial = match self.variables.initial {
                Some(graph) => attempt!(initial(&self.model, graph, name, &info)),
                None => 0.0,
            };
            let made = attempt!(self.named(operator, self.builder.state(InitialState::of(shape).value(initial))));
            node = made.node;
            self.variables.all[index].state = node;
        }
        self.set(attempt!(operator.outputs.i32(0)), node)
    }

    /// `ASSIGN_VARIABLE`.
    pub(super) const fn assign_variable(&mut self, operator: &Operator<'static>) -> Result<(), Fault> {
        let index = attempt!(self.variable(operator));
        let value = attempt!(self.input(operator, 1));
        let Variable { state, value: assigned, .. } = self.variables.all[index];
        if assigned != NONE {
            return Err(Fault::Words("assigns a variable for the second time"));
        }
        self.variables.all[index].value = value.node;
        if state == NONE {
            // Nobody has read what it was before.
            return Ok(());
        }
        let state = self.at(state);
        if !state.shape.same(&value.shape) {
            return Err(Fault::Shape);
        }
        state.update(value);
        Ok(())
    }
}

/// The first value of a variable, the same for all its elements, from the graph that assigns constants.
const fn initial(model: &Model<'static>, graph: usize, name: &str, info: &TensorInfo<'static>) -> Result<f32, Fault> {
    let model = attempt!(model.graph(graph));
    let mut operator = 0;
    while operator < model.operators() {
        let this = attempt!(model.operator(operator));
        if this.code == code::ASSIGN_VARIABLE && attempt!(is_handle(&model, attempt!(this.inputs.i32(0)), name)) {
            return value(&attempt!(this.operand(&model, 1)), info);
        }
        operator += 1;
    }
    Ok(0.0)
}

/// Whether a tensor stands for the variable of a name.
const fn is_handle(model: &Model<'static>, tensor: i32, name: &str) -> Result<bool, Fault> {
    let mut operator = 0;
    while operator < model.operators() {
        let this = attempt!(model.operator(operator));
        if this.code == code::VAR_HANDLE && attempt!(this.outputs.i32(0)) == tensor {
            return Ok(same(attempt!(this.str(1)), name));
        }
        operator += 1;
    }
    Ok(false)
}

/// The value of all elements of a constant.
const fn value(constant: &TensorInfo<'static>, of: &TensorInfo<'static>) -> Result<f32, Fault> {
    let size = constant.element.bytes();
    let data = attempt!(constant.data());
    if data.len() < size {
        return Err(Fault::Cut);
    }
    let mut at = size;
    while at < data.len() {
        if data[at] != data[at - size] {
            return Err(Fault::Words("keeps a variable whose first values are not all the same"));
        }
        at += 1;
    }
    if constant.is_value() && of.is_value() {
        let quantization = attempt!(of.quantization());
        return Ok((data[0] as i8 as i32 - quantization.zero_point as i32) as f32 * quantization.scale);
    }
    match size {
        4 => Ok(f32::from_bits(u32::from_le_bytes([data[0], data[1], data[2], data[3]]))),
        _ => Err(constant.fault(Wrong::Element(constant.element, "the type of its variable"))),
    }
}
