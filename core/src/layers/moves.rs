//! What layers that move elements, and do nothing else, have in common.

/// A layer that does no arithmetic and learns nothing, and what other tools count for it nevertheless.
macro_rules! moves {
    ($Layer:ident, |$io:pat_param| $row:expr) => {
        impl $Layer {
            pub(crate) const fn work(&self, _: $crate::graph::io::Io<'_>) -> $crate::op::work::Work {
                $crate::op::work::Work::NONE
            }

            pub(crate) const fn state(&self, _: $crate::graph::io::Io<'_>) -> $crate::op::state::State {
                $crate::op::state::State::NONE
            }

            pub(crate) const fn conventions(&self, $io: $crate::graph::io::Io<'_>) -> $crate::op::row::Row {
                $row
            }
        }
    };
}
pub(crate) use moves;

/// A layer whose output is its operand's memory under another shape, or that uses memory in another way.
macro_rules! views {
    ($Layer:ident, |$io:pat_param| $row:expr) => {
        $crate::layers::moves::views!($Layer, |$io| $row, |_, _| $crate::op::storage::Storage::view(0));
    };
    ($Layer:ident, |$io:pat_param| $row:expr, |$this:pat_param, $of:pat_param| $storage:expr) => {
        $crate::layers::moves::moves!($Layer, |$io| $row);

        impl $Layer {
            pub(crate) const fn storage(&self, $of: $crate::graph::io::Io<'_>) -> $crate::op::storage::Storage<'_> {
                let $this = self;
                $storage
            }

            pub(crate) const fn encode(
                &self,
                _: $crate::graph::io::Io<'_>,
                words: $crate::op::words::Words,
            ) -> $crate::op::words::Words {
                words
            }

            pub(crate) fn kernel<M: $crate::kernel::machine::Machine>(
                _: &mut M,
                _: $crate::kernel::step::Step<'_, '_>,
            ) -> $crate::kernel::step::Ran {
                Some(())
            }
        }
    };
}
pub(crate) use views;

#[cfg(test)]
mod tests {
    use crate::base::dtype::DataType;
    use crate::base::layout::Layout;
    use crate::base::shape::Shape;
    use crate::graph::settings::Settings;
    use crate::graph::tensor::Tensor;
    use crate::op::storage::Place;
    use crate::testing::testing::{Array, Vec, build, run, vec, with_room};

    /// Where the elements of a tensor lie in memory, in the order in which they are declared.
    fn places(layout: Layout, shape: &Shape) -> Vec<u64> {
        shape.dims().enumerate().fold(vec![0], |places, (axis, extent)| {
            let along = |place: u64| (0..extent as u64).map(move |at| place + at * layout.stride(shape, axis));
            places.into_iter().flat_map(along).collect()
        })
    }

    /// Whether a layer is a view of its operand in a network of a data type: if every element is there, in its place, and
    /// only then.
    fn is_view(dtype: DataType, shape: &[usize], declare: impl for<'g> Fn(Tensor<'g>) -> Tensor<'g> + Sync) -> bool {
        let elements: usize = shape.iter().product();
        let numbers = [Array { shape: shape.to_vec(), data: (0..elements).map(|i| i as f32).collect() }];
        let moved = run(&numbers, |_, x| vec![declare(x[0])]).outputs.remove(0);
        let place = with_room(|| {
            let deployed = build(Settings::new().dtype(dtype), &numbers, &|_, x| vec![declare(x[0])]);
            match deployed.graph.storage(1).place {
                Place::View { offset } => Some(offset),
                _ => None,
            }
        });
        let from = places(dtype.layout(), &Shape::new(shape));
        let from = moved.data.iter().map(|&number| from[number as usize]);
        let to = places(dtype.layout(), &Shape::new(&moved.shape));
        let offset = from.clone().next().unwrap() - to[0];
        let stays = from.zip(&to).all(|(from, to)| from == offset + to);
        assert_eq!(place, stays.then_some(offset), "{shape:?} to {:?}", moved.shape);
        stays
    }

    #[test]
    fn a_layer_is_a_view_if_all_elements_are_in_their_places() {
        fn check(shape: &[usize], views: [bool; 2], declare: impl for<'g> Fn(Tensor<'g>) -> Tensor<'g> + Sync) {
            assert_eq!([DataType::F32, DataType::I8].map(|dtype| is_view(dtype, shape, &declare)), views, "{shape:?}");
        }
        check(&[4, 3, 2], [true, false], |x| x.narrow(0, 1, 2));
        check(&[4, 3, 2], [false, true], |x| x.narrow(1, 1, 2));
        check(&[4, 3, 2], [false, false], |x| x.narrow(2, 1, 1));
        check(&[1, 3, 2], [true, true], |x| x.narrow(1, 2, 1));
        check(&[4, 1, 2], [false, true], |x| x.narrow(2, 1, 1));
        check(&[4, 1, 1], [true, true], |x| x.narrow(0, 1, 2));
        check(&[4, 3], [true, true], |x| x.narrow(1, 0, 3));
        check(&[6], [true, true], |x| x.narrow(0, 1, 3));

        check(&[4, 3, 2], [true, false], |x| x.flatten());
        check(&[4, 1, 1], [true, true], |x| x.flatten());
        check(&[1, 3, 2], [true, true], |x| x.flatten());
        check(&[4, 3, 2], [true, true], |x| x.reshape([4, 6]));
        check(&[4, 3, 2], [true, false], |x| x.reshape([2, 6, 2]));
        check(&[4, 3], [true, false], |x| x.unsqueeze(0));
        check(&[4, 3], [true, true], |x| x.unsqueeze(1));

        check(&[4, 3, 2], [false, false], |x| x.permute([1, 2, 0]));
        check(&[4, 3, 2], [false, false], |x| x.transpose(1, 2));
        check(&[4, 3, 1], [true, true], |x| x.transpose(1, 2));
        check(&[4, 1, 2], [true, false], |x| x.transpose(0, 1));
        check(&[4, 1, 2], [false, true], |x| x.permute([1, 2, 0]));
        check(&[4, 3], [false, false], |x| x.transpose(0, 1));
        check(&[1, 3], [true, true], |x| x.transpose(0, 1));
        check(&[4, 3, 2], [true, true], |x| x.identity());
    }
}
