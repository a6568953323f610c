//! Another order of branches, in which less memory may be in use: parts of the network that can be run in another order,
//! and the order of each.
//!
//! Nodes that each read the one before them, and are not read by others, are run one after another: a unit. Of the units
//! that could be run next, those that leave no more in use than there was go first, the one that takes least before the
//! others; then the one that takes most beyond what it leaves. That is the best order of chains: Liu, "An application of
//! generalized tree pebbling to sparse matrix factorization", 1987. Once a unit has read what others read, it may be their
//! turn.

pub(crate) mod orders;
mod search;
mod spans;
#[cfg(test)]
mod tests;
mod units;
