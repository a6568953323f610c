//! What a layer states of memory: where its output lies, what its kernel needs beside it, and what it reads.

use crate::base::layout::Layout;
use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// How a layer uses memory. There is no default: each layer starts from one of the constants here.
#[derive(Clone, Copy)]
pub(crate) struct Storage<'a> {
    pub place: Place<'a>,
    /// Elements that its kernel needs while it runs, beside operands and output.
    pub scratch: u64,
    /// Elements that it writes after its output, which other layers see as theirs.
    pub tail: u64,
    pub reads: Reads,
    pub folding: Folding,
}

/// Where a layer's output lies.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// In memory of its own.
    Own,
    /// In memory of its own, or in that of an operand of the same size that nobody reads afterwards.
    OverOperand,
    /// In its first operand's memory, from an element on: nothing is moved.
    View { offset: u64 },
    /// In memory of its own, which may overlap that of a dying operand: windows slide over each channel alone.
    Sliding(&'a [Axis; 3]),
    /// In memory of its own, in which its operands may be made: it joins them along an axis.
    Joined { axis: usize },
}

/// What a layer reads of its operands and weights.
#[derive(Clone, Copy)]
pub(crate) enum Reads {
    /// All of them.
    All,
    /// Of its operands as many elements as it writes.
    Written,
    /// Of its weights a row for each element of its operand, which is the index of one of so many.
    Rows(usize),
}

/// How a layer and a normalisation after it become one.
#[derive(Clone, Copy)]
pub(crate) enum Folding {
    /// Not at all.
    Never,
    /// The layer ends each of its sums with the scale and the shift of its channel.
    Into(Channels),
    /// The layer is such a normalisation: a scale and a shift for each channel along axis 0.
    Normalisation,
}

/// Where the channels of a layer's sums lie.
#[derive(Clone, Copy)]
// Only files are folded by their elements.
#[cfg_attr(not(feature = "std"), allow(dead_code))]
pub(crate) struct Channels {
    /// Whether they are the last axis of its output, as against the first.
    pub last: bool,
    /// Their axis in its weights, where those of a group are.
    pub weight_axis: usize,
    /// The groups, one after another along the weights' first axis, unless that is the channels' own.
    pub groups: u32,
}

impl<'a> Storage<'a> {
    pub const OWN: Storage<'a> =
        Storage { place: Place::Own, scratch: 0, tail: 0, reads: Reads::All, folding: Folding::Never };

    pub const IN_PLACE: Storage<'a> = Storage { place: Place::OverOperand, ..Storage::OWN };

    /// Of a layer with weights whose channels are the first axis of its output and of its weights.
    pub const SUMS: Storage<'a> = Storage { folding: Folding::Into(Channels::FIRST), ..Storage::OWN };

    pub const fn view(offset: u64) -> Self {
        Storage { place: Place::View { offset }, ..Storage::OWN }
    }

    pub const fn sliding(axes: &'a [Axis; 3]) -> Self {
        Storage { place: Place::Sliding(axes), ..Storage::OWN }
    }

    pub const fn reads(self, reads: Reads) -> Self {
        Storage { reads, ..self }
    }
}

/// Whether tensors that are joined along an axis lie one after another in the output.
pub(crate) const fn is_contiguous(axis: usize, output: &Shape, layout: Layout) -> bool {
    match layout {
        Layout::ChannelFirst => output.product(0, axis) == 1,
    }
}

impl Folding {
    /// The channels of a layer that takes a normalisation's scale and shift. A normalisation goes along axis 0, which is
    /// that of features only where it is the last one too.
    pub const fn channels(self, output: &Shape) -> Option<Channels> {
        match self {
            Folding::Into(channels) if !channels.last || output.rank() == 1 => Some(channels),
            Folding::Never | Folding::Into(_) | Folding::Normalisation => None,
        }
    }
}

impl Channels {
    pub const FIRST: Channels = Channels { last: false, weight_axis: 0, groups: 1 };

    pub const LAST: Channels = Channels { last: true, ..Channels::FIRST };

    /// The channel that an element of the weights belongs to.
    #[cfg(feature = "std")]
    pub fn channel_of(self, weight: &Shape, element: usize) -> usize {
        let (axis, outputs) = (self.weight_axis, weight.at(self.weight_axis));
        let row = element / weight.product(axis + 1, weight.rank()) as usize;
        let rows_of_group = outputs * weight.product(0, axis) as usize / self.groups as usize;
        row / rows_of_group * outputs + row % outputs
    }
}
