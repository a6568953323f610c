//! What other tools count: their numbers for the same network, to the last operation, where they agree with each other
//! and where they do not.
//!
//! Each layer states a row: what every tool counts for it. A tool's numbers are sums of a column; nothing of this
//! is evaluated unless a convention is asked for: `Thop::of::<DsCnn>().macs` is a constant, `.batch(8)` of it that of a
//! batch, and `DsCnn::report().under(Fvcore)` prints the network layer by layer, with the operators that the tool counts
//! as zero.
//!
//! # Which Python is meant
//! A tool's number can depend on how the Python is written. A convention stands for this spelling:
//! - A layer that PyTorch has as a module is one, and has one of its own at each place: `nn.ReLU()`, not `F.relu`, not
//!   one `self.relu` called twice. `global_avg_pool` is `nn.AdaptiveAvgPool2d(1)`, `upsample2d` is `nn.Upsample`.
//! - `x + y`, `x * y` and the like are operators, `x.matmul(y)` is `x @ y`.
//! - The rest are functions: `torch.flatten`, `torch.cat`, `F.pad`, `x.mean(..)`, `x.permute(..)`.
//! - Padding is written in numbers, not as `"same"`, which fvcore counts as zero.
//! - The model is in evaluation, on a batch of one unless [`batch`](ThopCount::batch) says otherwise, with one tensor for each input.
//!   Under `#[network(fuse)]` it is what `fuse_conv_bn_eval` makes of it: a batch norm that is folded is not there, and
//!   the layer before it has a bias.
//!
//! Imports `base` to `cost`.

pub(crate) mod calflops;
pub(crate) mod flop_counter;
pub(crate) mod fvcore;
pub(crate) mod hollemans;
pub(crate) mod modules;
pub(crate) mod ptflops;
pub(crate) mod textbook;
pub(crate) mod thop;
pub(crate) mod tools;
pub(crate) mod torchinfo;
pub(crate) mod torchstat;

pub use calflops::{Calflops, CalflopsCount};
pub use flop_counter::{FlopCounter, FlopCounterCount};
pub use fvcore::{Fvcore, FvcoreCount};
pub use hollemans::{Hollemans, HollemansCount};
pub use ptflops::{Ptflops, PtflopsAten, PtflopsAtenCount, PtflopsCount};
pub use textbook::{Textbook, TextbookCount};
pub use thop::{Thop, ThopCount, UltralyticsThop, UltralyticsThopCount};
pub use tools::{Convention, Refused};
pub use torchinfo::{Torchinfo, TorchinfoCount};
pub use torchstat::{Torchstat, TorchstatCount};
