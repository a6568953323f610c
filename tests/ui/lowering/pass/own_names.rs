//! Names, types and methods of the user's own, spelt like constants, types and layers.
#![allow(non_snake_case)]
use netcost::prelude::*;

struct N;

#[derive(Clone, Copy)]
enum Act {
    RELU,
    Silu,
}

impl Act {
    const DEFAULT: usize = 2;

    #[block]
    fn apply(self, x: Tensor) -> Tensor {
        match self {
            Act::RELU => x.relu(),
            Act::Silu => x.silu(),
        }
    }
}

#[derive(Clone, Copy)]
struct Config {
    width: usize,
    act: Act,
}

impl Config {
    const fn new(width: usize) -> Self {
        Config { width, act: Act::Silu }
    }

    const fn mean(&self) -> usize {
        self.width
    }

    const fn linear(&self, n: usize) -> usize {
        self.mean() * n
    }

    #[block]
    fn conv2d(&self, x: Tensor) -> Tensor {
        x.conv2d(self.width, 1, bias = false, name = "conv")
    }
}

const CONFIG: Config = Config { width: 8, act: Act::RELU };
const TABLE: [Config; 2] = [CONFIG, Config::new(16)];

const fn concat(n: usize) -> usize {
    n
}

const fn constant(n: usize) -> usize {
    n
}

#[block]
fn stage(x: Tensor, config: &Config, act: Act) -> Tensor {
    let own = Config::new(4);
    let x = config.conv2d(x).linear(config.linear(2)).linear(own.linear(config.width / 2));
    if act == Act::RELU && x.channels() == Act::DEFAULT { x } else { act.apply(x) }
}

#[block]
fn attend(Q: Tensor, K: Tensor, V: Tensor) -> Tensor {
    (Q.matmul(K.transpose(0, 1)) / 8.0).softmax(axis = -1).matmul(V)
}

#[network]
fn Named(X: Tensor<2, 8, 8>) -> Tensor<16, 8, 1> {
    let mut x = CONFIG.conv2d(X, name = "stem").max_pool2d(2, stride = 1, padding = 1);
    for config in TABLE {
        x = config.act.apply(x).linear(concat(8), bias = false);
    }
    for i in 0..TABLE.len() {
        x = TABLE[i].act.apply(x.conv2d(constant(16), 1)).adaptive_avg_pool2d([8, 1]);
    }
    x
}

#[network]
fn Attended(x: Tensor<20, 64>) -> Tensor<20, 64> {
    let (Q, K) = (x.linear(64), x.linear(64));
    let V = x + x;
    attend(Q, K, V * 2.0)
}

#[network]
fn Family<const N: usize>(x: Tensor<N>) -> Tensor<N> {
    Config { width: N, act: Act::RELU }.act.apply(x).linear(N)
}

#[network]
fn Staged(Staged: Tensor<4, 8, 8>) -> Tensor<8, 8, 16> {
    stage(Staged, &Config::new(8), Act::Silu)
}

fn main() {
    let N = N;
    let _ = N;
    assert_eq!(Named::PARAMS_TABLE[0].name.as_str(), "stem.conv.weight");
    assert!(Attended::MACS > 0 && Family::<4>::MACS == 16 && Staged::MACS > 0);
}
