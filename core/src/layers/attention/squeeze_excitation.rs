//! Channels weighted by a function of the mean of each: `squeeze_excitation`.

use crate::base::message::Text;
use crate::base::name::Name;
use crate::graph::tensor::Tensor;
use crate::layers::activation::by_name::Activation;
use crate::layers::conv::conv::Conv2d;
use crate::layers::options::options;
use crate::op::module::Module;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[SqueezeExcitation::syntax("squeeze_excitation", "SqueezeExcitation")];

options! {
    /// The options of [`Tensor::squeeze_excitation`], torchvision's `SqueezeExcitation`.
    ///
    /// The state dict holds `fc1.weight`, `[squeeze_channels, channels, 1, 1]`, `fc1.bias`, `fc2.weight` and `fc2.bias`.
    pub struct SqueezeExcitation {
        squeeze_channels: usize,
    }

    /// This many channels between the two convolutions, ReLU between them, and a sigmoid at the end.
    new(squeeze_channels: usize);

    /// What comes between the two convolutions: `Activation::Silu` in EfficientNet.
    activation: Activation = Activation::Relu;

    /// What makes the factors: `Activation::HardSigmoid` in MobileNetV3.
    scale_activation: Activation = Activation::Sigmoid;
}

impl<'g> Tensor<'g> {
    /// `x · sigmoid(fc2(relu(fc1(mean of x))))`, a factor for each channel of `[channels, height, width]`:
    /// `x.squeeze_excitation(8, scale_activation = Activation::HardSigmoid)`. The convolutions `fc1` and `fc2` are 1×1,
    /// with bias. The shape is kept.
    #[track_caller]
    pub const fn squeeze_excitation(self, options: SqueezeExcitation) -> Tensor<'g> {
        let SqueezeExcitation { squeeze_channels, activation, scale_activation } = options;
        if self.rank() != 3 {
            Text::new()
                .str("`squeeze_excitation` takes [channels, height, width], and the tensor has the shape ")
                .shape(&self.shape)
                .str(" (a declaration has no batch axis)")
                .fail();
        }
        if squeeze_channels == 0 {
            panic!("`squeeze_excitation`: squeeze_channels is zero; it is at least 1");
        }
        let scope = self.builder.enter_module(Module::SqueezeExcitation);
        let scale = self.global_avg_pool().name(Name::of(&["avgpool"]));
        let scale = scale.conv2d(Conv2d::new(squeeze_channels, 1)).name(Name::of(&["fc1"]));
        let scale = scale.activation(activation).name(Name::of(&["activation"]));
        let scale = scale.conv2d(Conv2d::new(self.channels(), 1)).name(Name::of(&["fc2"]));
        let scale = scale.activation(scale_activation).name(Name::of(&["scale_activation"]));
        let output = self.mul(scale);
        self.builder.leave(scope);
        output
    }
}
