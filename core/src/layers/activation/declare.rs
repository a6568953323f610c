//! How a layer that applies a function to each element is declared.

/// A layer that applies a function to each element.
///
/// ```text
/// activation! {
///     /// `max(x, 0)`, element by element.         documentation of the method
///     relu: Relu,                                 the method, and the layer's name in the list of layers
///     census: [cmp(1)],                           operations per element, by kind
///     conventions: [ptflops(1)],                  what other tools count per element, by column of their `Row`
///     function: |machine, x| ..,                  the function, in the machine's arithmetic
///     storage: CLAMP,                             how it uses memory, if not only `IN_PLACE`
/// }
///
/// activation! {
///     /// ..
///     elu: Elu,
///     /// The options of [`Tensor::elu`].          documentation of the type
///     options: {
///         /// The factor of negative numbers.     each option, its default,
///         alpha: 1.0, is_finite: "a finite number",   what it must be, as a method of `f32` and in words
///     },
///     census: [..],
///     conventions: [..],
///     function: |machine, x| ..,                  which reads the options by their names
/// }
/// ```
macro_rules! activation {
    (
        $(#[$doc:meta])*
        $method:ident: $Layer:ident,
        census: $census:tt,
        conventions: $conventions:tt,
        function: $function:expr,
        $(storage: $storage:ident,)?
    ) => {
        pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain(stringify!($method), &[])];

        #[derive(Clone, Copy)]
        pub(crate) struct $Layer;

        impl<'g> Tensor<'g> {
            $(#[$doc])*
            #[track_caller]
            pub const fn $method(self) -> Tensor<'g> {
                self.builder.push_one(Op::$Layer($Layer), self.node, self.shape)
            }
        }

        $crate::layers::activation::declare::activation! { @layer $method: $Layer, [], $census, $conventions, $function, $($storage)? IN_PLACE }
    };

    (
        $(#[$doc:meta])*
        $method:ident: $Layer:ident,
        $(#[$options_doc:meta])*
        options: {$(
            $(#[$option_doc:meta])*
            $option:ident: $default:literal, $check:ident: $must_be:literal,
        )+},
        census: $census:tt,
        conventions: $conventions:tt,
        function: $function:expr $(,)?
    ) => {
        pub(crate) const SYNTAX: &[Syntax] = &[$Layer::syntax(stringify!($method), stringify!($Layer))];

        $crate::layers::options::options! {
            $(#[$options_doc])*
            pub struct $Layer {}

            /// PyTorch's defaults.
            new();

            $($(#[$option_doc])* $option: f32 = $default;)+
        }

        impl<'g> Tensor<'g> {
            $(#[$doc])*
            #[track_caller]
            pub const fn $method(self, options: $Layer) -> Tensor<'g> {
                $(if !options.$option.$check() {
                    panic!(concat!("`", stringify!($method), "`: ", stringify!($option), " is ", $must_be));
                })+
                self.builder.push_one(Op::$Layer(options), self.node, self.shape)
            }
        }

        $crate::layers::activation::declare::activation! { @layer $method: $Layer, [$($option),+], $census, $conventions, $function, IN_PLACE }
    };

    (
        @layer $method:ident: $Layer:ident,
        [$($option:ident),*],
        [$($kind:ident($count:literal)),*],
        [$($column:ident($counted:literal)),*],
        $function:expr,
        $storage:ident $($default:ident)?
    ) => {
        use $crate::base::dtype::DataType;
        use $crate::graph::io::Io;
        use $crate::graph::tensor::Tensor;
        use $crate::kernel::elementwise::Elements;
        use $crate::kernel::machine::Machine;
        use $crate::kernel::step::{Ran, Step};
        use $crate::layers::list::Op;
        use $crate::op::row::Row;
        use $crate::op::state::State;
        use $crate::op::storage::Storage;
        use $crate::op::sums::Sums;
        use $crate::op::syntax::Syntax;
        use $crate::op::words::Words;

        impl $Layer {
            pub(crate) const fn name(&self) -> &'static str {
                stringify!($method)
            }

            pub(crate) const fn count(&self, io: Io<'_>, sums: &mut Sums) {
                let elements = io.this.shape.elements as u128;
                $(sums.census.$kind += $count * elements;)*
                if !io.folded {
                    sums.moved += elements;
                    if let DataType::I8 = io.graph.settings.dtype {
                        sums.count_table();
                    }
                }
            }

            pub(crate) const fn state(&self, _: Io<'_>) -> State {
                State::FUNCTION
            }

            pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
                Row::UNCOUNTED.torchstat_memory(1)$(.$column($counted))*.times(io.elements())
            }

            pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
                Storage::$storage
            }

            pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
                words.count(io.elements())$(.float(self.$option))*
            }

            pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
                let elements = Elements::read(machine, &mut step)?;
                let [$($option),*] = step.words()?.map(f32::from_bits);
                elements.map(machine, $function)
            }
        }
    };
}
pub(crate) use activation;

#[cfg(test)]
mod tests {
    use core::f64::consts::{PI, SQRT_2};

    use crate::graph::tensor::Tensor;
    use crate::layers::activation::celu::Celu;
    use crate::layers::activation::elu::Elu;
    use crate::layers::activation::leaky_relu::LeakyRelu;
    use crate::layers::activation::softplus::Softplus;
    use crate::op::work::Census;
    use crate::testing::testing::{Array, layer, vec};

    /// Runs a layer on numbers of all sizes, and compares it with its formula in `f64`.
    fn check(census: Census, layer_of: impl for<'g> Fn(Tensor<'g>) -> Tensor<'g> + Sync, formula: fn(f64) -> f64) {
        let mut data = vec![-0.0, 1e-20, -1e-6, 3.001, -2.999, 5.999, 6.001, 87.0, -88.5, 1e4, -1e4, f32::NAN];
        data.extend((-40..=40).map(|x| x as f32 / 4.0));
        let x = Array { shape: vec![3, data.len() / 3], data };
        let (y, cost) = layer(&x, layer_of);
        y.assert_close(&x.map(|x| formula(x as f64) as f32));
        assert_eq!(cost.census, census.times(x.data.len() as u64));
        assert_eq!(cost.census_executed, cost.census);
    }

    /// `2/√π ∫ e^(-t²)` from 0 to x, by Simpson's rule.
    fn erf(x: f64) -> f64 {
        let x = x.clamp(-7.0, 7.0);
        let step = x / 2000.0;
        let sum: f64 = (0..=2000)
            .map(|i| {
                let weight = if i == 0 || i == 2000 { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
                weight * (-(i as f64 * step) * (i as f64 * step)).exp()
            })
            .sum();
        sum * step / 3.0 * 2.0 / PI.sqrt()
    }

    /// `f64::clamp` and `f64::max` return the number if the other operand is NaN.
    fn clamp(x: f64, from: f64, to: f64) -> f64 {
        if x.is_nan() { x } else { x.max(from).min(to) }
    }

    #[test]
    fn activations_are_their_formulas() {
        let zero = Census::ZERO;
        check(zero.cmp(1), |x| x.relu(), |x| clamp(x, 0.0, f64::INFINITY));
        check(zero.cmp(2), |x| x.relu6(), |x| clamp(x, 0.0, 6.0));
        check(zero.exp(1).add(1).div(1), |x| x.sigmoid(), |x| 1.0 / (1.0 + (-x).exp()));
        check(zero.tanh(1), |x| x.tanh(), f64::tanh);
        check(zero.add(1).cmp(2).div(1), |x| x.hard_sigmoid(), |x| clamp(x + 3.0, 0.0, 6.0) / 6.0);
        check(zero.add(1).cmp(2).div(1).mul(1), |x| x.hard_swish(), |x| x * clamp(x + 3.0, 0.0, 6.0) / 6.0);
        check(zero.exp(1).add(1).div(1), |x| x.silu(), |x| x / (1.0 + (-x).exp()));
        check(zero.mul(3).erf(1).add(1), |x| x.gelu(), |x| 0.5 * x * (1.0 + erf(x / SQRT_2)));
        check(zero.exp(1).add(1).log(1).tanh(1).mul(1), |x| x.mish(), |x| x * softplus(x).tanh());
        check(zero.add(1).div(1), |x| x.softsign(), |x| x / (1.0 + x.abs()));
        check(zero.cmp(1).exp(1).add(2).log(1), |x| x.log_sigmoid(), |x| -softplus(-x));
        check(
            zero.exp(1).add(1).cmp(1).mul(2),
            |x| x.selu(),
            |x| 1.050_700_987_355_480_5 * exponential(x, 1.673_263_242_354_377_2),
        );
    }

    #[test]
    fn activations_with_options_are_their_formulas() {
        let leaky = Census::ZERO.cmp(1).mul(1);
        check(leaky, |x| x.leaky_relu(LeakyRelu::new()), |x| if x < 0.0 { 0.01 * x } else { x });
        check(leaky, |x| x.leaky_relu(LeakyRelu::new().negative_slope(-0.5)), |x| if x < 0.0 { -0.5 * x } else { x });
        let elu = Census::ZERO.cmp(1).exp(1).add(1).mul(1);
        check(elu, |x| x.elu(Elu::new()), |x| exponential(x, 1.0));
        check(elu, |x| x.elu(Elu::new().alpha(0.3)), |x| exponential(x, 0.3_f32 as f64));
        check(elu.div(1), |x| x.celu(Celu::new()), |x| exponential(x, 1.0));
        check(elu.div(1), |x| x.celu(Celu::new().alpha(2.5)), |x| if x > 0.0 { x } else { 2.5 * (x / 2.5).exp_m1() });
        let soft = Census::ZERO.mul(1).exp(1).add(1).log(1).div(1).cmp(1);
        check(soft, |x| x.softplus(Softplus::new()), softplus);
        check(soft, |x| x.softplus(Softplus::new().beta(3.0)), |x| softplus(3.0 * x) / 3.0);
        let options = Softplus::new().threshold(1.0);
        check(soft, move |x| x.softplus(options), |x| if x > 1.0 { x } else { softplus(x) });
    }

    #[test]
    fn functions_are_themselves() {
        let zero = Census::ZERO;
        check(zero, |x| x.abs(), f64::abs);
        check(zero, |x| x.neg(), |x| -x);
        check(zero.log(1), |x| x.log(), f64::ln);
        check(zero.sqrt(1), |x| x.sqrt(), f64::sqrt);
        check(zero.exp(1), |x| x.exp(), f64::exp);
    }

    /// `ln(1 + e^x)`, of any number.
    fn softplus(x: f64) -> f64 {
        if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
    }

    fn exponential(x: f64, alpha: f64) -> f64 {
        if x > 0.0 { x } else { alpha * x.exp_m1() }
    }

    #[test]
    #[should_panic(expected = "`leaky_relu`: negative_slope is a finite number")]
    fn an_option_that_is_no_number_is_refused() {
        layer(&Array::numbers(&[1]), |x| x.leaky_relu(LeakyRelu::new().negative_slope(f32::NAN)));
    }

    #[test]
    #[should_panic(expected = "`softplus`: beta is a finite number other than 0")]
    fn a_divisor_of_zero_is_refused() {
        layer(&Array::numbers(&[1]), |x| x.softplus(Softplus::new().beta(0.0)));
    }
}
