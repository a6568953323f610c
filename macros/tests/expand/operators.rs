#[block]
fn operators(x: Tensor, y: Tensor, n: usize) -> Tensor {
    let half = n / 2 + WIDTH * config::DEPTH - 1;
    let gain = 0.5 * 2.0;
    let mut z = (x + y) * 0.5 - gain / x;
    z += y.scale(gain);
    let mut k = n;
    k += x.channels() / 2 - half;
    k *= helper(n);
    let unknown = helper(n) + k;
    z *= z.relu().neg();
    let (a, b) = (x, n);
    a - b * n
}

#[block]
fn comparisons(x: Tensor, act: Act) -> Tensor {
    if act == Act::Relu && x.channels() == 3 {
        x.relu()
    } else if act != self::Act::Swish || MODE == Mode::Fast {
        x.silu()
    } else {
        let y = match act {
            Act::None => return x,
            Act::Scaled(by) => x * by,
        };
        y / 2.0
    }
}
