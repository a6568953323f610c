#[block]
fn ranges(x: Tensor, n: usize) -> Tensor {
    let mut x = x;
    'outer: for i in 0..n {
        for _ in (1..=n).rev() {
            if i == 3 {
                continue 'outer;
            }
            x = x.relu();
        }
    }
    for i in (0..n).step_by(2).rev() {
        x = x.linear(i);
    }
    for (k, i) in (0..=n).rev().enumerate() {
        x = x.linear(i * k);
    }
    x
}

#[block]
fn items(x: Tensor, widths: &[usize]) -> Tensor {
    let mut x = x;
    for (i, (channels, depth)) in [(96, 3), (192, 3)].iter().enumerate() {
        x = x.linear(channels * depth + i);
    }
    for &width in widths {
        x = x.linear(width);
    }
    for (i, width) in widths.iter().copied().enumerate().rev() {
        x = x.linear(width * i);
    }
    for (i, width) in widths.into_iter().rev().enumerate().step_by(2) {
        x = x.linear(*width * i);
    }
    for branch in vec![x, x] {
        x = x + branch;
    }
    x
}
