//! Loops, operators, lists and names mean in a declaration what they mean in Rust.

// The tests include empty ranges, needless bindings and constant conditions.
#![allow(clippy::reversed_empty_ranges, clippy::let_and_return, clippy::non_minimal_cfg)]

use netcost::prelude::*;

/// A loop sees the same values at compile time and at run time.
macro_rules! same_order {
    ($($name:ident: $item:ty, $zero:expr, $head:expr;)*) => {
        $(#[test]
        fn $name() {
            #[block]
            fn lowered() -> ([$item; 32], usize) {
                let mut seen = [$zero; 32];
                let mut len = 0;
                for item in $head {
                    seen[len] = item;
                    len += 1;
                }
                (seen, len)
            }
            const LOWERED: ([$item; 32], usize) = lowered();
            let mut expected: Vec<$item> = Vec::new();
            for item in $head {
                expected.push(item);
            }
            assert_eq!(LOWERED.0[..LOWERED.1], expected);
        })*
    };
}

const WIDTHS: [usize; 5] = [8, 16, 24, 32, 40];
const PAIRS: &[(usize, usize)] = &[(96, 3), (192, 3), (384, 9)];

same_order! {
    range: usize, 0, 0..5;
    empty_range: usize, 0, 5..3;
    inclusive: i32, 0, -2..=2;
    reversed: u8, 0, (3..7).rev();
    reversed_inclusive: u8, 0, (0..=7).rev();
    inclusive_to_the_maximum: u8, 0, 250..=255u8;
    inclusive_from_the_minimum: i8, 0, -128..=-126i8;
    inclusive_of_one: u8, 0, 255..=255;
    inclusive_of_none: i64, 0, 3..=2;
    reversed_to_the_maximum: u8, 0, (253..=255u8).rev();
    reversed_to_the_minimum: u8, 0, (0..=3u8).rev();
    reversed_of_none: usize, 0, (1..=0).rev();
    stepped_to_the_maximum: usize, 0, (usize::MAX - 4..=usize::MAX).step_by(2);
    stepped_of_none: usize, 0, (5..=4).step_by(2);
    reversed_twice: i64, 0, (0..7).rev().rev();
    empty_reversed: usize, 0, (4..4).rev();
    stepped: usize, 0, (1..12).step_by(3);
    stepped_exactly: usize, 0, (0..12).step_by(3);
    stepped_inclusive: usize, 0, (0..=12).step_by(3);
    stepped_reversed: usize, 0, (1..12).step_by(4).rev();
    reversed_stepped: usize, 0, (1..12).rev().step_by(4);
    stepped_twice: usize, 0, (0..20).step_by(2).step_by(3);
    empty_stepped: usize, 0, (9..3).step_by(2).rev();
    numbered_range: (usize, usize), (0, 0), (4..9).enumerate();
    numbered_reversed_range: (usize, usize), (0, 0), (4..9).rev().enumerate();
    range_numbered_reversed: (usize, usize), (0, 0), (4..9).enumerate().rev();
    array: usize, 0, WIDTHS;
    borrowed_array: &'static usize, &0, &WIDTHS;
    array_iter: &'static usize, &0, WIDTHS.iter();
    array_into_iter: usize, 0, WIDTHS.into_iter();
    slice: &'static (usize, usize), &(0, 0), PAIRS;
    slice_iter: &'static (usize, usize), &(0, 0), PAIRS.iter();
    copied: (usize, usize), (0, 0), PAIRS.iter().copied();
    array_reversed: &'static usize, &0, WIDTHS.iter().rev();
    numbered: (usize, &'static usize), (0, &0), WIDTHS.iter().enumerate();
    numbered_copied: (usize, usize), (0, 0), WIDTHS.iter().copied().enumerate();
    numbered_then_reversed: (usize, usize), (0, 0), WIDTHS.iter().copied().enumerate().rev();
    reversed_then_numbered: (usize, usize), (0, 0), WIDTHS.iter().copied().rev().enumerate();
    stepped_array: usize, 0, WIDTHS.into_iter().step_by(2);
    stepped_array_reversed: usize, 0, WIDTHS.into_iter().step_by(3).rev();
    everything: (usize, (usize, usize)), (0, (0, 0)), WIDTHS.into_iter().rev().enumerate().step_by(2).rev().enumerate();
}

#[test]
fn continue_and_break_go_where_they_say() {
    #[block]
    fn lowered() -> [usize; 4] {
        let mut seen = [0; 4];
        'outer: for i in 0..10 {
            for j in (0..10).rev() {
                if j < 5 {
                    continue 'outer;
                }
                if i == 3 {
                    break 'outer;
                }
                if j % 2 == 0 {
                    continue;
                }
                seen[i] += j;
            }
        }
        seen
    }
    const SEEN: [usize; 4] = lowered();
    assert_eq!(SEEN, [21, 21, 21, 0]);
}

#[test]
fn operators_on_numbers_are_those_of_numbers() {
    const fn opaque<T: Copy>(value: T) -> T {
        value
    }
    #[block]
    fn lowered() -> (usize, f32, u8) {
        let (a, b) = (opaque(7usize), opaque(2));
        let mut c = a * b - a / b + 1;
        c += opaque(3);
        c -= 1;
        let half = opaque(0.5f32) * 3.0 - 1.0;
        let byte = opaque(200u8) / 3;
        (c, half, byte)
    }
    const RESULT: (usize, f32, u8) = lowered();
    assert_eq!(RESULT, (14, 0.5, 66));
}

#[test]
fn lists_grow_shrink_and_change() {
    #[block]
    fn lowered() -> ([usize; 3], usize) {
        let mut list = vec![1, 2];
        list.push(5);
        list[0] = list[2] * 10;
        list[1] += 3;
        let mut sum = 0;
        for (i, item) in list.iter().enumerate() {
            sum += i * *item;
        }
        let mut nested = vec![vec![0usize; 2]; 2];
        nested[1][0] = 4;
        sum += nested[1][0] + nested[0][0];
        while let Some(last) = list.pop() {
            sum += last;
        }
        let mut typed: Vec<usize> = Vec::new();
        typed.push(sum);
        ([typed[0], list.len(), typed.len()], nested.len())
    }
    const RESULT: ([usize; 3], usize) = lowered();
    assert_eq!(RESULT, ([5 + 10 + 4 + 60, 0, 1], 2));
}

#[test]
fn enums_are_compared() {
    #[derive(Clone, Copy)]
    #[allow(dead_code)]
    enum Act {
        Relu,
        Leaky(f32),
        None,
    }
    #[block]
    fn lowered(act: Act) -> (bool, bool) {
        (act == Act::Relu, act != Act::None && Act::Relu != act)
    }
    const RESULTS: [(bool, bool); 3] = [lowered(Act::Relu), lowered(Act::Leaky(0.1)), lowered(Act::None)];
    assert_eq!(RESULTS, [(true, false), (false, true), (false, false)]);
}

mod networks {
    use super::*;

    #[block]
    fn dense_layer(features: &Vec<Tensor>, growth: usize) -> Tensor {
        concat(features).batch_norm().relu().conv2d(growth, 3, padding = 1, bias = false)
    }

    #[network]
    fn Dense(x: Tensor<4, 8, 8>) -> Tensor<10, 8, 8> {
        let mut features = vec![x];
        for _ in 0..3 {
            features.push(dense_layer(&features, 2));
        }
        concat(features)
    }

    #[test]
    fn growing_lists_of_tensors() {
        assert_eq!(Dense::MACS, 64 * 9 * 2 * (4 + 6 + 8));
    }

    #[block]
    fn up(x: Tensor, skip: Tensor) -> Tensor {
        concat([x, skip]).conv2d(skip.channels(), 1)
    }

    #[network]
    fn UNet(x: Tensor<2, 8, 8>) -> Tensor<2, 8, 8> {
        let mut skips = vec![];
        let mut x = x;
        for i in 0..3 {
            x = x.conv2d(2 << i, 3, padding = 1, name = "down{i}");
            skips.push(x);
        }
        while let Some(skip) = skips.pop() {
            x = up(x, skip, name = "up{skips.len()}");
        }
        x
    }

    #[test]
    fn names_hold_numbers() {
        let names: Vec<String> = UNet::LAYERS.iter().map(|layer| layer.name.to_string()).collect();
        assert_eq!(names, ["down0", "down1", "down2", "up2.0", "up2.1", "up1.0", "up1.1", "up0.0", "up0.1"]);
    }

    #[block]
    fn gated(x: Tensor) -> Tensor {
        let scale = parameter([x.channels(), 1, 1]);
        let mut y = x * scale + 0.5 * x - x / 2.0;
        y *= 3.0;
        -1.0 * y + x
    }

    #[network]
    fn Gated(x: Tensor<3, 4, 4>) -> Tensor<3, 4, 4> {
        let y = gated(x);
        if y.channels() == 3 {
            return y;
        }
        y.relu()
    }

    #[block]
    fn conditional(#[cfg(any())] y: Tensor<4>, x: Tensor<3>, #[cfg(any())] z: Tensor<4>) -> Tensor {
        x + parameter([1])
    }

    /// Attributes of statements stay on the lowered code.
    #[network]
    #[allow(unused_mut, unused_assignments)]
    fn Configured(x: Tensor<3>) -> Tensor<3> {
        let mut x = x.relu();
        #[cfg(any())]
        {
            x += x;
        }
        #[cfg(all())]
        {
            x *= 2.0;
        }
        #[cfg(any())]
        concat([x, x]);
        #[cfg(any())]
        for _ in 0..3 {
            x = x.relu();
        }
        #[cfg(any())]
        vec![x.relu(), x];
        x = conditional(x);
        #[cfg(any())]
        twice(x, name = "no");
        let parts = [
            #[cfg(any())]
            concat([x]),
            #[cfg(all())]
            concat([x, x]),
        ];
        #[cfg(all())]
        return parts[0].linear(3);
    }

    #[test]
    fn attributes_stay_at_their_statements() {
        let names: Vec<&str> = Configured::LAYERS.iter().map(|layer| layer.operator).collect();
        assert_eq!(names, ["relu", "mul", "parameter", "add", "concat", "linear"]);
    }

    #[test]
    fn operators_are_layers() {
        assert_eq!(Gated::PARAMS, 3);
        let names: Vec<&str> = Gated::LAYERS.iter().map(|layer| layer.operator).collect();
        assert_eq!(names, ["parameter", "mul", "mul", "add", "div", "sub", "mul", "mul", "add"]);
    }

    #[network]
    fn Two(a: Tensor<3>, b: Tensor<4>) -> (Tensor<5>, Tensor<6>) {
        (a.linear(5), b.linear(6, bias = false))
    }

    #[network]
    fn Around(x: Tensor<3>, y: Tensor<4>) -> [Tensor<2>; 2] {
        let (a, b) = Two(x, y);
        [a.linear(2), b.linear(2)]
    }

    #[network]
    fn Instance(x: Tensor<3>) -> Tensor<7> {
        Wide::<7>(x.relu())
    }

    #[network]
    fn Wide<const N: usize>(x: Tensor<3>) -> Tensor<N> {
        x.linear(N)
    }

    #[test]
    fn networks_are_blocks_of_networks() {
        assert_eq!(Two::MACS, 15 + 24);
        assert_eq!(Around::MACS, 15 + 24 + 10 + 12);
        assert_eq!(Around::OUTPUTS.len(), 2);
        assert_eq!(Instance::MACS, 21);
        assert_eq!(Wide::<5>::MACS, 15);
    }
}

/// The forms of declarations.
mod forms {
    use super::*;

    pub mod renamed {
        pub use netcost::*;
    }

    #[network(crate = crate::forms::renamed)]
    #[renamed::budget(macs <= 1k)]
    fn Renamed(x: Tensor<3>) -> Tensor<2> {
        for _ in 0..1 {}
        x.linear(2)
    }

    #[netcost::budget(macs <= 24)]
    #[netcost::network]
    #[netcost::budget(params == 8)]
    fn ByPath(x: netcost::Tensor<3>) -> netcost::Tensor<2> {
        x.linear(2)
    }

    #[cfg_attr(all(), network, budget(macs <= 6))]
    #[cfg_attr(any(), budget(macs <= 0))]
    fn Conditional(x: Tensor<3>) -> Tensor<2> {
        x.linear(2)
    }

    macro_rules! declare {
        ($name:ident, $inputs:expr, $outputs:expr, $bias:expr, $times:literal) => {
            #[network]
            #[budget(macs <= $times)]
            fn $name(x: Tensor<$inputs>) -> Tensor<{ $outputs + 1 }> {
                let mut x = x;
                for _ in 0..$times / 42 {
                    x = x.linear($outputs + 1, bias = $bias) * 2.0;
                }
                x
            }
        };
    }
    declare!(Templated, 3, 1, false, 42);

    #[derive(Clone, Copy)]
    struct Pyramid<'g> {
        fine: Tensor<'g>,
        coarse: Tensor<'g>,
    }

    #[block]
    fn pyramid(x: Tensor) -> Pyramid<'_> {
        Pyramid { fine: x, coarse: x.max_pool2d(2) }
    }

    #[block]
    fn shallower(levels: Pyramid<'_>, all: &[Pyramid<'_>], x: &Tensor) -> Tensor {
        (levels.fine + all[0].fine + *x).max_pool2d(2) + levels.coarse
    }

    #[network]
    fn Levels(x: Tensor<1, 8, 8>) -> Tensor<1, 4, 4> {
        let levels = pyramid(x);
        shallower(levels, &[levels, levels], &x)
    }

    /// Attributes that an enum cannot have go to the function.
    #[deprecated]
    #[network]
    #[budget(macs <= 1k)]
    #[inline(always)]
    #[cold]
    #[must_use]
    pub fn Carried(x: Tensor<3>) -> Tensor<3> {
        x.linear(3)
    }

    struct Config {
        width: usize,
    }

    impl Config {
        const fn linear(&self, times: usize) -> usize {
            self.width * times
        }

        #[block]
        fn stage(&self, x: Tensor) -> Tensor {
            x.linear(self.linear(2)) + x.linear(self.width * 2)
        }
    }

    #[network]
    fn OfConfig(x: Tensor<3>) -> Tensor<8> {
        const CONFIG: Config = Config { width: 4 };
        CONFIG.stage(x)
    }

    #[block]
    fn any_kernel(x: Tensor, kernel: impl Extent<2>, padding: impl Padding<2>) -> Tensor {
        x.conv2d(1, kernel, padding = padding, name = "any")
    }

    #[network]
    fn AnyKernel(x: Tensor<1, 8, 8>) -> Tensor<1, 8, 8> {
        any_kernel(any_kernel(x, 3, 1), [1, 3], Same, name = "second")
    }

    /// The expansion's names do not clash with the user's.
    #[network]
    #[allow(unused_variables, non_snake_case, clippy::many_single_char_names)]
    fn Hygienic(__graph: Tensor<3>, graph: Tensor<3>) -> Tensor<3> {
        let (__store, __builder, __next, __end, __items, __len, __0, __scope) = (1, 2, 3, 4, 5, 6, 7, 8);
        let mut x = __graph;
        for i in 0..2 {
            for (__at, item) in [graph, __graph].iter().enumerate() {
                x = named(x + *item, __0, name = "b{i + __0 - __end - 3}{__at + __next - 3}");
            }
        }
        let __out = x;
        __out
    }

    #[block]
    fn named(x: Tensor, n: usize) -> Tensor {
        let _ = n;
        x + parameter([1], name = "shift")
    }

    #[test]
    fn all_forms_work() {
        assert_eq!(Renamed::MACS, 6);
        assert_eq!((ByPath::MACS, ByPath::BUDGET.len()), (6, 2));
        assert_eq!((Conditional::MACS, Conditional::BUDGET.len()), (6, 1));
        assert_eq!(Templated::MACS, 6);
        assert_eq!(OfConfig::MACS, 48);
        assert_eq!(AnyKernel::MACS, 64 * 12);
        assert_eq!(Levels::FLOPS, 2 * (3 * 16) + 2 * 64 + 16);
        let last = Hygienic::LAYERS.last().map(|layer| layer.name.to_string());
        assert_eq!(last.as_deref(), Some("b11.1"));
    }

    #[test]
    fn networks_may_be_declared_in_functions() {
        const INPUTS: usize = 5;
        #[network]
        fn Local(x: Tensor<INPUTS>) -> Tensor<1> {
            x.linear(1)
        }
        assert_eq!(Local::MACS, 5);
    }
}

/// A `macro_rules` passes blocks and types within invisible delimiters.
#[test]
fn declarations_made_by_a_macro() {
    macro_rules! declare {
        ($name:ident, $x:ident, $out:ty, $body:block) => {
            #[network]
            fn $name($x: Tensor<4>) -> $out $body
        };
    }
    declare!(One, x, Tensor<4>, { x.relu() });
    declare!(Both, x, (Tensor<4>, Tensor<4>), { (x.relu(), x + x) });
    assert_eq!((One::FLOPS, Both::FLOPS, Both::OUTPUTS.len()), (4, 8, 2));
}
