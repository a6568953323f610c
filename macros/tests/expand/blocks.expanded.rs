/// A block that is part of a public interface.
#[inline]
pub(crate) const fn states_shapes<'graph>(
    mut x: Tensor<'graph>,
    (a, b): (Tensor<'graph>, usize),
) -> (Tensor<'graph>, Tensor<'graph>) {
    let _ = ::netcost::__macro::expect(
        x,
        ::netcost::__macro::Shape::new(&[8, 32, SIZE]),
    );
    #[allow(unused_braces)]
    let __out = '__body: {
        let y: Tensor<'_> = ::netcost::__macro::expect(
            x.max_pool2d(::netcost::layers::MaxPool2d::new(2)),
            ::netcost::__macro::Shape::new(&[8, 16, 16]),
        );
        if b == 0 {
            break '__body (y.flatten(), a);
        }
        x = y;
        (x.flatten(), a)
    };
    let _ = ::netcost::__macro::expect(__out.0, ::netcost::__macro::Shape::new(&[8]));
    let _ = ::netcost::__macro::expect(__out.1, ::netcost::__macro::Shape::new(&[b]));
    __out
}
const fn plain<const N: usize>(n: usize) -> usize {
    let mut sum = 0;
    {
        let [mut __next, __end] = [0, n];
        while __next < __end {
            let i = __next;
            __next += 1;
            sum += i * N;
        }
    }
    sum
}
const fn graph_from_a_tuple<'graph>(
    pair: &(usize, [Tensor<'graph>; 2]),
    skip: Option<Tensor<'graph>>,
) -> Option<Tensor<'graph>> {
    let __graph = pair.1[0].builder();
    let bias: Option<Tensor<'_>> = None;
    let scale = other::__macro::Builder::constant(
        __graph,
        other::layers::Constant::new([pair.0, 1, 1], 0.5),
    );
    Some(scale)
}
impl Config {
    #[block]
    fn untouched(&self) {}
}
