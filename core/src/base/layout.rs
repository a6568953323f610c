//! The order of a tensor's axes in memory.

/// Which axis of a tensor its kernels go along last.
#[derive(Clone, Copy)]
pub(crate) enum Layout {
    /// Channel after channel, the axes as they are declared.
    ChannelFirst,
}
