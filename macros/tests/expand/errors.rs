/// Stays usable.
#[network]
#[budget(mac <= 3M)]
pub fn Wrong<const N: usize>(x: Tensor<3, N>, width: usize) -> (Tensor<10>, Tensor) {
    x.relu(inplace = true)
}

#[block]
fn wrong(x: Tensor, n: usize) -> [Tensor; 2] {
    let y = x.conv2d(64);
    x.map(|x| x)
}

#[budget(macs <= 3M)]
struct Misplaced;
