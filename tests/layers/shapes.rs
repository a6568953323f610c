//! Layers that move data without changing it.

use super::*;

#[network]
fn Identity(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.identity()
}

#[network]
fn Dropout(x: Tensor<3, 4>) -> Tensor<3, 4> {
    x.dropout(0.5)
}

#[network]
fn Flatten(x: Tensor<2, 3, 4>) -> Tensor<24> {
    x.flatten()
}

#[network]
fn FlattenLinear(x: Tensor<2, 3, 4>) -> Tensor<5> {
    x.flatten().linear(5)
}

#[network]
fn Reshape(x: Tensor<3, 4, 5>) -> Tensor<6, 10> {
    x.reshape([6, 10])
}

#[network]
fn ReshapeConv1d(x: Tensor<2, 3, 4>) -> Tensor<3, 10> {
    x.reshape([2, 12]).conv1d(3, 3)
}

#[network]
fn ConcatAxis0(a: Tensor<2, 3, 4>, b: Tensor<3, 3, 4>) -> Tensor<5, 3, 4> {
    concat([a, b])
}

#[network]
fn ConcatAxis1(a: Tensor<2, 3, 4>, b: Tensor<2, 1, 4>) -> Tensor<2, 4, 4> {
    concat([a, b], axis = 1)
}

#[network]
fn ConcatAxis2(a: Tensor<2, 3, 4>, b: Tensor<2, 3, 5>) -> Tensor<2, 3, 9> {
    concat([a, b], axis = 2)
}

#[network]
fn ConcatRank4Axis1(a: Tensor<2, 3, 2, 3>, b: Tensor<2, 1, 2, 3>) -> Tensor<2, 4, 2, 3> {
    concat([a, b], axis = 1)
}

#[network]
fn ConcatThree(a: Tensor<2, 5>, b: Tensor<1, 5>, c: Tensor<3, 5>) -> Tensor<6, 5> {
    concat([a, b, c])
}

#[network]
fn ConcatRank1(a: Tensor<3>, b: Tensor<4>) -> Tensor<7> {
    concat([a, b])
}

#[network]
fn ConcatWithItself(x: Tensor<2, 3>) -> Tensor<2, 9> {
    concat([x, x, x], axis = 1)
}

#[network]
fn ChunkAxis0(x: Tensor<4, 2, 3>) -> Tensor<4, 2, 3> {
    let [a, b] = x.chunk(2);
    concat([b, a])
}

#[network]
fn ChunkAxis1(x: Tensor<2, 6, 3>) -> Tensor<2, 6, 3> {
    let [a, b, c] = x.chunk(3, axis = 1);
    concat([c, b, a], axis = 1)
}

#[network]
fn ChunkAxis2(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 4> {
    let [a, b] = x.chunk(2, axis = 2);
    concat([b, a], axis = 2)
}

#[network]
fn SplitAxis0(x: Tensor<6, 2, 2>) -> Tensor<6, 2, 2> {
    let [a, b, c] = x.split([1, 3, 2]);
    concat([c, b, a])
}

#[network]
fn SplitAxis1(x: Tensor<2, 5, 3>) -> Tensor<2, 5, 3> {
    let [a, b] = x.split([2, 3], axis = 1);
    concat([b, a], axis = 1)
}

#[network]
fn SplitAxis2(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 5> {
    let [a, b] = x.split([4, 1], axis = 2);
    concat([b, a], axis = 2)
}

#[network]
fn GatedLinearUnit(x: Tensor<6, 3, 2>) -> Tensor<3, 3, 2> {
    let [a, b] = x.chunk(2);
    a * b.sigmoid()
}

#[network]
fn PermuteChannelsLast(x: Tensor<2, 3, 4>) -> Tensor<3, 4, 2> {
    x.permute([1, 2, 0])
}

#[network]
fn PermuteRank4(x: Tensor<2, 3, 5, 4>) -> Tensor<4, 3, 2, 5> {
    x.permute([-1, 1, 0, 2])
}

#[network]
fn PermuteLastKept(x: Tensor<3, 2, 4, 3>) -> Tensor<4, 3, 2, 3> {
    x.permute([2, 0, 1, 3])
}

#[network]
fn PermuteOfOnes(x: Tensor<1, 5, 1, 3>) -> Tensor<1, 1, 5, 3> {
    x.permute([2, 0, 1, 3])
}

#[network]
fn TransposeMatrix(x: Tensor<3, 7>) -> Tensor<7, 3> {
    x.transpose(0, 1)
}

#[network]
fn TransposeRank3(x: Tensor<3, 4, 5>) -> Tensor<5, 4, 3> {
    x.transpose(0, -1)
}

#[network]
fn TransposeBetweenActivations(x: Tensor<3, 4, 5>) -> Tensor<4, 3, 5> {
    x.relu().transpose(0, 1).sigmoid()
}

#[network]
fn Squeeze(x: Tensor<3, 1, 5>) -> Tensor<3, 5> {
    x.squeeze(1)
}

#[network]
fn UnsqueezeFront(x: Tensor<3, 5>) -> Tensor<1, 3, 5> {
    x.unsqueeze(0)
}

#[network]
fn UnsqueezeBack(x: Tensor<3, 5>) -> Tensor<3, 5, 1> {
    x.unsqueeze(-1)
}

#[network]
fn NarrowAxis0(x: Tensor<5, 2, 3>) -> Tensor<3, 2, 3> {
    x.narrow(0, 1, 3)
}

#[network]
fn NarrowAxis1(x: Tensor<2, 7, 3>) -> Tensor<2, 4, 3> {
    x.narrow(1, 2, 4)
}

#[network]
fn NarrowAxis2(x: Tensor<2, 3, 5>) -> Tensor<2, 3, 1> {
    x.narrow(-1, 4, 1)
}

#[network]
fn NarrowWindow(x: Tensor<2, 6, 5>) -> Tensor<2, 4, 2> {
    x.narrow(1, 1, 4).narrow(2, 2, 2)
}

#[network]
fn Roll(x: Tensor<2, 5, 3>) -> Tensor<2, 5, 3> {
    x.roll(2, 1)
}

#[network]
fn RollBack(x: Tensor<4, 2, 3>) -> Tensor<4, 2, 3> {
    x.roll(-1, 0)
}

#[network]
fn RollBothAxes(x: Tensor<5, 4, 2>) -> Tensor<5, 4, 2> {
    x.roll(-2, 0).roll(-1, 1)
}

cases! {
    identity: Identity,
    dropout: Dropout,
    flatten: Flatten,
    flatten_linear: FlattenLinear,
    reshape: Reshape,
    reshape_conv1d: ReshapeConv1d,
    concat_axis0: ConcatAxis0,
    concat_axis1: ConcatAxis1,
    concat_axis2: ConcatAxis2,
    concat_rank4_axis1: ConcatRank4Axis1,
    concat_three: ConcatThree,
    concat_rank1: ConcatRank1,
    concat_with_itself: ConcatWithItself,
    chunk_axis0: ChunkAxis0,
    chunk_axis1: ChunkAxis1,
    chunk_axis2: ChunkAxis2,
    split_axis0: SplitAxis0,
    split_axis1: SplitAxis1,
    split_axis2: SplitAxis2,
    gated_linear_unit: GatedLinearUnit,
    permute_channels_last: PermuteChannelsLast,
    permute_rank4: PermuteRank4,
    permute_last_kept: PermuteLastKept,
    permute_of_ones: PermuteOfOnes,
    transpose_matrix: TransposeMatrix,
    transpose_rank3: TransposeRank3,
    transpose_between_activations: TransposeBetweenActivations,
    squeeze: Squeeze,
    unsqueeze_front: UnsqueezeFront,
    unsqueeze_back: UnsqueezeBack,
    narrow_axis0: NarrowAxis0,
    narrow_axis1: NarrowAxis1,
    narrow_axis2: NarrowAxis2,
    narrow_window: NarrowWindow,
    roll: Roll,
    roll_back: RollBack,
    roll_both_axes: RollBothAxes,
}
