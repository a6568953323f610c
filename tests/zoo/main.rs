//! The networks of `examples/zoo` against what PyTorch says of them: layer by layer, in total, and as published.

mod deployed;
mod identities;
mod layers;
mod totals;
