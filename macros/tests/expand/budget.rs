#[budget(macs <= 3M, warn = 90%, layer.flops < 6.2M)]
#[network]
#[budget(flash == 64KiB, ram <= 2 * LIMIT, params <= { limits::PARAMS }, traffic <= 1 MB)]
fn Net(x: Tensor<3>) -> Tensor<3> {
    x.relu()
}
