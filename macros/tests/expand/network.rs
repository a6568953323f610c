/// Keyword spotting.
#[network]
#[allow(clippy::many_single_char_names)]
#[cfg(feature = "kws")]
pub fn DsCnn(x: Tensor<1, 49, 10>) -> Tensor<CLASSES> {
    let mut x = x.conv2d(64, [10, 4], stride = 2, padding = Same, bias = false).batch_norm().relu();
    for _ in 0..4 {
        x = separable(x, 64);
    }
    x.global_avg_pool().flatten().linear(CLASSES)
}

#[network(fuse, dtype = i8, crate = crate::reexported, typelevel)]
fn Pair(mut a: Tensor<3, { SIZE / 2 }, config::SIZE>, b: Tensor<4>) -> (Tensor<3>, Tensor<4>) {
    if a.channels() == 1 {
        return (a, b);
    }
    a = a.relu();
    (a, b)
}

#[network]
fn Heads(x: Tensor<8>) -> [Tensor<2>; HEADS] {
    [x.linear(2); HEADS]
}
