#[block]
fn keywords(x: Tensor, kernel: impl Extent<2>) -> Tensor {
    let y = x.batch_norm().conv2d(64, kernel).conv2d(kernel = [1, 3], out_channels = 8, stride = 2);
    let z = y.conv2d(y.channels() * 2, 3, padding = (y.width() + 1) / 2, name = "conv{y.channels() + 1}.a{{}}");
    let z = z.relu(name = NAME).identity();
    concat([z, concat(vec![y, z], axis = 1)], name = "cat") + parameter([z.channels(), 1, 1])
}

#[block]
fn shadowed(x: Tensor, concat: Merge) -> Tensor {
    concat(x)
}

#[block]
fn named(x: Tensor) -> Tensor {
    for i in 0..2 {
        x = block::<3>(x, x.channels() / 2, name = "layer{i + 1}").relu();
    }
    let _ = block(&[x, x], name = "last");
    x
}
