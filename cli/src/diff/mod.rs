//! Two networks, compared: a table of what changed, and the layers to blame.

mod align;
mod diff;
mod layer;
mod quantity;

pub use diff::diff;
