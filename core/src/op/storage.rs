//! What a layer states about memory: where its output lies, what else its kernel needs, and what it reads.

use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// How a layer uses memory. There is no default: each layer starts from one of the constants here.
#[derive(Clone, Copy)]
pub(crate) struct Storage<'a> {
    pub place: Place<'a>,
    /// Elements that its kernel needs while it runs, besides operands and output.
    pub scratch: u64,
    /// Elements that it writes after its output, which views of it give to other layers.
    pub tail: u64,
    pub reads: Reads,
    pub folding: Folding,
    pub limiting: Limiting,
}

/// Where a layer's output lies.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// In memory of its own.
    Own,
    /// In memory of its own, or in that of an operand of the same size that is not read again.
    OverOperand,
    /// In its first operand's memory, from element `offset` on: nothing is moved.
    View { offset: u64 },
    /// In memory of its own, which may overlap that of a dying operand: windows slide over it, position by position, each
    /// over all channels if these come last in memory, and else over one.
    Sliding(&'a [Axis; 3]),
    /// In the part of the arena that is kept from one run to the next, where it is before the first.
    Kept,
    /// In the memory of its first operand, which is kept: it changes it.
    IntoOperand,
    /// In memory of its own, in which its operands may be computed: it joins them along an axis.
    Joined { axis: usize },
}

/// What a layer reads of its operands and weights.
#[derive(Clone, Copy)]
pub(crate) enum Reads {
    /// All of them.
    All,
    /// All of them, an operand of one axis in any order, which is that of its weights.
    InAnyOrder,
    /// As many elements of its operands as it writes.
    Written,
    /// A row of its weights for each element of its operand, which is the row's index. There are this many rows.
    Rows(usize),
}

/// How a layer and a normalisation after it become one.
#[derive(Clone, Copy)]
pub(crate) enum Folding {
    /// They do not.
    Never,
    /// The layer applies the scale and the shift of a channel to each of its sums.
    Into(Channels),
    /// The layer itself is such a normalisation: a scale and a shift for each channel along axis 0.
    Normalisation,
}

/// How a layer and a clamp after it become one in a network of 8-bit integers.
#[derive(Clone, Copy)]
pub(crate) enum Limiting {
    /// They do not.
    Never,
    /// The layer limits its outputs as it writes them.
    Outputs,
    /// The layer itself is such a clamp: it does nothing but limit its operand.
    Operand,
}

/// Where the channels of a layer's sums lie.
#[derive(Clone, Copy)]
// Only the folding of weight files, which needs `std`, reads all fields.
#[cfg_attr(not(feature = "std"), allow(dead_code))]
pub(crate) struct Channels {
    /// Whether they are the last axis of its output rather than the first.
    pub last: bool,
    /// The axis of its weights along which the channels of a group lie.
    pub weight_axis: usize,
    /// The number of groups, which lie one after another along the weights' first axis; 1 if that is `weight_axis`.
    pub groups: u32,
}

impl<'a> Storage<'a> {
    pub const OWN: Storage<'a> = Storage {
        place: Place::Own,
        scratch: 0,
        tail: 0,
        reads: Reads::All,
        folding: Folding::Never,
        limiting: Limiting::Never,
    };

    pub const IN_PLACE: Storage<'a> = Storage { place: Place::OverOperand, ..Storage::OWN };

    /// For a layer with weights whose channels are the first axis of its output and of its weights.
    pub const SUMS: Storage<'a> = Storage { folding: Folding::Into(Channels::FIRST), ..Storage::OWN };

    /// For a layer that only limits its operand.
    pub const CLAMP: Storage<'a> = Storage { limiting: Limiting::Operand, ..Storage::IN_PLACE };

    pub const fn view(offset: u64) -> Self {
        Storage { place: Place::View { offset }, ..Storage::OWN }
    }

    pub const fn sliding(axes: &'a [Axis; 3]) -> Self {
        Storage { place: Place::Sliding(axes), ..Storage::OWN }
    }

    /// The same for a layer that can limit its outputs.
    pub const fn limited(self) -> Self {
        Storage { limiting: Limiting::Outputs, ..self }
    }

    pub const fn is_view(&self) -> bool {
        matches!(self.place, Place::View { .. })
    }

    pub const fn reads(self, reads: Reads) -> Self {
        Storage { reads, ..self }
    }
}

impl Folding {
    /// The channels of a layer that can take a normalisation's scale and shift. Those of a normalisation are along axis
    /// 0, which is the axis of a linear layer's features only if it is the last one too.
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
