//! The networks of `examples/zoo` against what PyTorch says of them: layer by layer, in total, and as published.

mod identities;
mod layers;
mod totals;
