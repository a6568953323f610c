/// A block that is part of a public interface.
#[netcost::block]
#[inline]
pub(crate) fn states_shapes(mut x: Tensor<8, 32, { SIZE }>, (a, b): (Tensor, usize)) -> (Tensor<8>, Tensor<b>) {
    let y: Tensor<8, 16, 16> = x.max_pool2d(2);
    if b == 0 {
        return (y.flatten(), a);
    }
    x = y;
    (x.flatten(), a)
}

#[block]
const fn plain<const N: usize>(n: usize) -> usize {
    let mut sum = 0;
    for i in 0..n {
        sum += i * N;
    }
    sum
}

#[block(crate = other)]
fn graph_from_a_tuple(pair: &(usize, [Tensor; 2]), skip: Option<Tensor>) -> Option<Tensor> {
    let bias: Option<Tensor> = None;
    let scale = constant([pair.0, 1, 1], 0.5);
    Some(scale)
}

impl Config {
    #[block]
    fn untouched(&self) {}
}
