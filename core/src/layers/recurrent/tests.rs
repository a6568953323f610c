//! Recurrent layers are their formulas.

use proptest::prelude::*;

use crate::graph::tensor::Builder;
use crate::graph::tensor::Tensor;
use crate::layers::recurrent::options::{Gru, GruCell, Lstm, LstmCell, Nonlinearity, Rnn, RnnCell};
use crate::op::work::Census;
use crate::testing::testing::{Array, Ran, Vec, run_with, vec};

/// A layer to be tested.
#[derive(Clone, Copy, Debug)]
struct Options {
    kind: &'static str,
    steps: usize,
    features: usize,
    hidden: usize,
    layers: usize,
    directions: usize,
    bias: bool,
    projection: usize,
    initial: bool,
}

impl Options {
    fn gates(&self) -> usize {
        match self.kind {
            "lstm" => 4,
            "gru" => 3,
            _ => 1,
        }
    }

    fn projected(&self) -> usize {
        if self.projection == 0 { self.hidden } else { self.projection }
    }

    /// The elements of the weight matrices, and of the biases.
    fn weights(&self) -> (usize, usize) {
        let rows = self.gates() * self.hidden;
        let matrices = |layer| {
            let width = if layer == 0 { self.features } else { self.directions * self.projected() };
            rows * (width + self.projected()) + self.projection * self.hidden
        };
        let biases = if self.bias { 2 * rows * self.layers * self.directions } else { 0 };
        ((0..self.layers).map(matrices).sum::<usize>() * self.directions, biases)
    }

    /// The output, the hidden and the cell states, formula by formula and in `f64`.
    fn naive(&self, x: &Array, weights: &[f32], initial: &[Array]) -> [Vec<f64>; 3] {
        let mut weights = weights.iter().map(|&weight| weight as f64);
        let mut matrix = |rows: usize, columns: usize| -> Vec<Vec<f64>> {
            (0..rows).map(|_| weights.by_ref().take(columns).collect()).collect()
        };
        let product = |matrix: &[Vec<f64>], x: &[f64]| -> Vec<f64> {
            matrix.iter().map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum()).collect()
        };
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        let mut sequence: Vec<Vec<f64>> =
            x.data.chunks(self.features).map(|x| x.iter().map(|&x| x as f64).collect()).collect();
        let (mut states, mut cells) = (Vec::new(), Vec::new());
        for layer in 0..self.layers {
            let mut outputs = vec![Vec::new(); self.steps];
            for direction in 0..self.directions {
                let (n, rows) = (self.hidden, self.gates() * self.hidden);
                let w_ih = matrix(rows, sequence[0].len());
                let w_hh = matrix(rows, self.projected());
                let (b_ih, b_hh) = match self.bias {
                    true => (matrix(1, rows).remove(0), matrix(1, rows).remove(0)),
                    false => (vec![0.0; rows], vec![0.0; rows]),
                };
                let w_hr = matrix(self.projection, n);
                let pass = layer * self.directions + direction;
                let start = |state: usize, len: usize| -> Vec<f64> {
                    match initial.get(state) {
                        Some(given) => given.data[pass * len..][..len].iter().map(|&x| x as f64).collect(),
                        None => vec![0.0; len],
                    }
                };
                let (mut h, mut c) = (start(0, self.projected()), start(1, n));
                for number in 0..self.steps {
                    let step = if direction == 1 { self.steps - 1 - number } else { number };
                    let a = product(&w_ih, &sequence[step]);
                    let b = product(&w_hh, &h);
                    let of_x = |row: usize| a[row] + b_ih[row];
                    let of_h = |row: usize| b[row] + b_hh[row];
                    let sum = |row: usize| of_x(row) + of_h(row);
                    let mut next = Vec::new();
                    for i in 0..n {
                        next.push(match self.kind {
                            "rnn" => sum(i).tanh(),
                            "relu" => sum(i).max(0.0),
                            "lstm" => {
                                c[i] = logistic(sum(n + i)) * c[i] + logistic(sum(i)) * sum(2 * n + i).tanh();
                                logistic(sum(3 * n + i)) * c[i].tanh()
                            }
                            _ => {
                                let (r, z) = (logistic(sum(i)), logistic(sum(n + i)));
                                let new = (of_x(2 * n + i) + r * of_h(2 * n + i)).tanh();
                                (1.0 - z) * new + z * h[i]
                            }
                        });
                    }
                    h = if self.projection > 0 { product(&w_hr, &next) } else { next };
                    outputs[step].extend(&h);
                }
                states.extend(h);
                cells.extend(c);
            }
            sequence = outputs;
        }
        [sequence.concat(), states, cells]
    }

    /// All that a layer returns, one after another.
    fn declare<'g>(&self, builder: &'g Builder<'g>, x: &[Tensor<'g>]) -> Vec<Tensor<'g>> {
        let _ = builder;
        let Options { hidden, layers, bias, projection, .. } = *self;
        let both = self.directions == 2;
        let state = x.get(1).copied();
        if self.kind == "lstm" {
            let mut options = Lstm::new(hidden).num_layers(layers).bias(bias).bidirectional(both);
            options = options.proj_size(projection).dropout(0.25);
            if let [_, h, c] = *x {
                options = options.hx((h, c));
            }
            let (y, (h, c)) = x[0].lstm(options);
            return vec![y, h, c];
        }
        let (y, h) = if self.kind == "gru" {
            let options = Gru::new(hidden).num_layers(layers).bias(bias).bidirectional(both);
            x[0].gru(state.map_or(options, |h| options.hx(h)))
        } else {
            let relu = if self.kind == "relu" { Nonlinearity::Relu } else { Nonlinearity::Tanh };
            let options = Rnn::new(hidden).num_layers(layers).bias(bias).bidirectional(both).nonlinearity(relu);
            x[0].rnn(state.map_or(options, |h| options.hx(h)))
        };
        vec![y, h]
    }

    fn inputs(&self) -> Vec<Array> {
        let scaled = |shape: &[usize]| Array::numbers(shape).map(|x| x / 2.0);
        let passes = self.layers * self.directions;
        let mut inputs = vec![scaled(&[self.steps, self.features])];
        if self.initial {
            inputs.push(scaled(&[passes, self.projected()]));
            if self.kind == "lstm" {
                inputs.push(scaled(&[passes, self.hidden]));
            }
        }
        inputs
    }

    fn check(&self) {
        let inputs = self.inputs();
        let (matrices, biases) = self.weights();
        let weights = Array::numbers(&[matrices + biases]).map(|weight| weight / 3.0).data;
        let ran = run_with(&inputs, &weights, |builder, x| self.declare(builder, x));
        let expected = self.naive(&inputs[0], &weights, &inputs[1..]);
        for (found, expected) in ran.outputs.iter().zip(&expected) {
            let expected = expected.iter().map(|&x| x as f32).collect();
            found.assert_close(&Array { shape: found.shape.clone(), data: expected });
        }
        assert_eq!(ran.cost.macs, (self.steps * matrices) as u64, "each element of a matrix once a step");
        assert_eq!(ran.cost.params, weights.len() as u64);
    }
}

fn options() -> impl Strategy<Value = Options> {
    let sizes = (1..5usize, 1..7usize, 1..7usize, 1..4usize, 1..3usize);
    (prop::sample::select(vec!["rnn", "relu", "lstm", "gru"]), sizes, 0..6usize, any::<bool>(), any::<bool>()).prop_map(
        |(kind, (steps, features, hidden, layers, directions), projection, bias, initial)| {
            let projection = if kind == "lstm" { projection % hidden } else { 0 };
            Options { kind, steps, features, hidden, layers, directions, bias, projection, initial }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn sequences_are_their_formulas(options in options()) {
        options.check();
    }
}

#[test]
fn cells_are_one_step() {
    for kind in ["rnn", "relu", "lstm", "gru"] {
        for (bias, initial) in [(true, true), (false, true), (true, false), (false, false)] {
            let sizes = Options {
                kind,
                steps: 1,
                features: 5,
                hidden: 3,
                layers: 1,
                directions: 1,
                bias,
                projection: 0,
                initial,
            };
            let inputs: Vec<Array> = sizes
                .inputs()
                .into_iter()
                .map(|input| Array { shape: vec![input.data.len()], data: input.data })
                .collect();
            let (matrices, biases) = sizes.weights();
            let weights = Array::numbers(&[matrices + biases]).map(|weight| weight / 3.0).data;
            let Ran { outputs, cost, .. } = run_with(&inputs, &weights, |_, x| {
                let state = x.get(1).copied();
                match kind {
                    "lstm" => {
                        let mut options = LstmCell::new(3).bias(bias);
                        if let [_, h, c] = *x {
                            options = options.hx((h, c));
                        }
                        let (h, c) = x[0].lstm_cell(options);
                        vec![h, c]
                    }
                    "gru" => {
                        let options = GruCell::new(3).bias(bias);
                        vec![x[0].gru_cell(state.map_or(options, |h| options.hx(h)))]
                    }
                    kind => {
                        let relu = if kind == "relu" { Nonlinearity::Relu } else { Nonlinearity::Tanh };
                        let options = RnnCell::new(3).bias(bias).nonlinearity(relu);
                        vec![x[0].rnn_cell(state.map_or(options, |h| options.hx(h)))]
                    }
                }
            });
            let [_, h, c] = sizes.naive(&inputs[0], &weights, &inputs[1..]);
            for (found, expected) in outputs.iter().zip([h, c]) {
                let data = expected.iter().map(|&x| x as f32).collect();
                found.assert_close(&Array { shape: vec![3], data });
            }
            assert_eq!((cost.macs, cost.params), (matrices as u64, weights.len() as u64));
        }
    }
}

#[test]
fn the_operations_of_each_gate_are_counted() {
    let sizes = |kind| Options {
        kind,
        steps: 7,
        features: 5,
        hidden: 3,
        layers: 1,
        directions: 1,
        bias: true,
        projection: 0,
        initial: false,
    };
    let census = |kind| {
        let sizes = sizes(kind);
        let (matrices, biases) = sizes.weights();
        let weights = vec![0.5; matrices + biases];
        run_with(&sizes.inputs(), &weights, |builder, x| sizes.declare(builder, x)).cost.census
    };
    // In each step, a product for each weight; in each sum the same number of additions, and one more with two biases.
    let sums = |gates: u64| Census::ZERO.mul(gates * 3 * 8).add(gates * 3 * 9);
    assert_eq!(census("rnn"), sums(1).tanh(3).times(7));
    assert_eq!(census("relu"), sums(1).cmp(3).times(7));
    assert_eq!(census("lstm"), sums(4).mul(9).add(3 + 9).exp(9).div(9).tanh(6).times(7));
    // The two sums of the new gate are computed separately, and are added after the product with r.
    assert_eq!(census("gru"), sums(3).mul(6).add(6 + 6).exp(6).div(6).tanh(3).times(7));
}
