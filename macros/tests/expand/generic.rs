#[network]
#[budget(macs <= 1G)]
pub fn AlexNet<const H: usize, const W: usize = 224>(x: Tensor<3, H, W>) -> Tensor<1000>
where
    Assert<{ H > 62 }>: True,
{
    x.conv2d(64, 11, stride = 4, padding = 2).flatten().linear(1000)
}

#[budget(macs <= 1G)]
#[cfg(not(explore))]
type Small = AlexNet<224, 224>;
