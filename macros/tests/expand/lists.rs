#[block]
fn lists(x: Tensor, skips: Vec<Tensor>, grid: &[[Tensor; 2]]) -> Vec<Tensor> {
    let mut features = vec![x];
    let empty: Vec<(usize, Tensor)> = vec![];
    let mut other = Vec::<Tensor>::new();
    let repeated = vec![x.relu(); 3 * x.channels()];
    features.push(features[0].relu() + repeated[1]);
    features[1] = features[features.len() - 1] + skips[0];
    features[0] += x;
    other.push(parameter([1]));
    let array = [x, x];
    let first = array[0];
    while let Some(skip) = skips.pop() {
        features.push(concat([skip, grid[0][1]]));
    }
    features
}

#[block]
fn filled_later(x: Tensor) -> Tensor {
    let mut skips = vec![];
    let mut widths = vec![];
    let mut x = x;
    for i in 0..3 {
        if i > 0 {
            let skip = skips.pop().unwrap();
            x = skip + x;
        }
        skips.push(x.relu());
        widths.push(x.channels());
    }
    x
}
