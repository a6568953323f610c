//! Weights at compile time: what `weights!` evaluates to.

use crate::base::message::Text;
use crate::base::name::Spelling;
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::weights::file::FileIndex;
use crate::weights::matching::Matching;
use crate::weights::read::Reader;
use crate::weights::state_dict::Source;

/// The most channels of normalisations: each takes about fifteen of a const's two million steps.
const MAX_CHANNELS: u64 = 100_000;

/// The bytes of a network's weights in the run's order, from a file's bytes: what `weights!` evaluates to.
///
/// # Panics
/// If the file's tensors are not the network's; in a const, that is a compile error.
#[doc(hidden)]
#[track_caller]
pub const fn pack<N: Declared, const BYTES: usize>(index: &FileIndex<'_>, bytes: &[u8]) -> [u8; BYTES] {
    let () = N::ASSERT;
    pack_network(N::GRAPH, index, bytes)
}

#[track_caller]
const fn pack_network<const BYTES: usize>(deployed: &Deployed, index: &FileIndex<'_>, bytes: &[u8]) -> [u8; BYTES] {
    if cfg!(target_endian = "big") {
        panic!("`weights!` does not support big-endian targets");
    }
    let graph = &deployed.graph;
    let matching = match Matching::new(deployed, index) {
        Ok(matching) => matching,
        Err(error) => error.describe(graph, index).fail(),
    };
    let reader = Reader { deployed, index, matching: &matching };
    let mut packed = [0; BYTES];
    let mut rest: &mut [u8] = &mut packed;
    let mut channels = 0;
    let mut node = 0;
    while node < graph.len() {
        let state = graph.state(node);
        let mut i = 0;
        while i < deployed.stored_count(node, &state) {
            let stored = deployed.stored(node, &state, i);
            let len = stored.shape.elements() as usize;
            let (tensor, after) = rest.split_at_mut(4 * len);
            match stored.source {
                Source::Entry(entry) => {
                    let (_, data) = bytes.split_at(reader.start(stored.node, entry));
                    tensor.copy_from_slice(data.split_at(4 * len).0);
                }
                Source::Scale => {
                    // Its shift follows.
                    channels += len as u64;
                    if channels > MAX_CHANNELS {
                        panic!(
                            "the file's normalisations have more than 100,000 channels, more than a const may compute: \
                             load it at run time, by `netcost::weights::load`"
                        );
                    }
                    let norm = reader.normalisation(stored.node);
                    let mut channel = 0;
                    while channel < len {
                        let Some((scale, shift)) = norm.channel(bytes, channel) else {
                            fail_channel(&graph.spell(stored.node), channel)
                        };
                        write(tensor, channel, scale);
                        write(after, channel, shift);
                        channel += 1;
                    }
                }
                Source::Shift => {}
            }
            rest = after;
            i += 1;
        }
        node += 1;
    }
    packed
}

const fn write(floats: &mut [u8], index: usize, value: f32) {
    let bits = value.to_bits();
    floats[4 * index] = bits as u8;
    floats[4 * index + 1] = (bits >> 8) as u8;
    floats[4 * index + 2] = (bits >> 16) as u8;
    floats[4 * index + 3] = (bits >> 24) as u8;
}

#[track_caller]
const fn fail_channel(layer: &Spelling, channel: usize) -> ! {
    Text::new()
        .str("the file's normalisation `")
        .str(layer.as_str())
        .str("` has no finite scale and shift at channel ")
        .number(channel as u64)
        .str(": is its running_var negative?")
        .fail()
}

/// Interprets bytes as floats.
#[doc(hidden)]
pub const fn floats<const BYTES: usize, const N: usize>(bytes: [u8; BYTES]) -> [f32; N] {
    bytemuck::must_cast(bytes)
}
