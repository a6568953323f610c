//! The order of a tensor's axes in memory.

/// The order in which kernels go along a tensor's axes.
#[derive(Clone, Copy)]
pub(crate) enum Layout {
    /// Channel after channel, with the axes as declared.
    ChannelFirst,
}
