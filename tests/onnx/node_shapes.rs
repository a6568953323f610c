//! Tests of onnx 1.20.0, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.

use super::*;

#[network]
fn Concat1dAxis0(x0: Tensor<2>, x1: Tensor<2>) -> Tensor<4> {
    concat([x0, x1])
}

#[network]
fn Concat1dAxisNegative1(x0: Tensor<2>, x1: Tensor<2>) -> Tensor<4> {
    concat([x0, x1])
}

#[network]
fn Concat2dAxis0(x0: Tensor<2, 2>, x1: Tensor<2, 2>) -> Tensor<4, 2> {
    concat([x0, x1])
}

#[network]
fn Concat2dAxis1(x0: Tensor<2, 2>, x1: Tensor<2, 2>) -> Tensor<2, 4> {
    concat([x0, x1], axis = 1)
}

#[network]
fn Concat2dAxisNegative1(x0: Tensor<2, 2>, x1: Tensor<2, 2>) -> Tensor<2, 4> {
    concat([x0, x1], axis = 1)
}

#[network]
fn Concat2dAxisNegative2(x0: Tensor<2, 2>, x1: Tensor<2, 2>) -> Tensor<4, 2> {
    concat([x0, x1])
}

#[network]
fn Concat3dAxis0(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<4, 2, 2> {
    concat([x0, x1])
}

#[network]
fn Concat3dAxis1(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<2, 4, 2> {
    concat([x0, x1], axis = 1)
}

#[network]
fn Concat3dAxis2(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<2, 2, 4> {
    concat([x0, x1], axis = 2)
}

#[network]
fn Concat3dAxisNegative1(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<2, 2, 4> {
    concat([x0, x1], axis = 2)
}

#[network]
fn Concat3dAxisNegative2(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<2, 4, 2> {
    concat([x0, x1], axis = 1)
}

#[network]
fn Concat3dAxisNegative3(x0: Tensor<2, 2, 2>, x1: Tensor<2, 2, 2>) -> Tensor<4, 2, 2> {
    concat([x0, x1])
}

#[network]
fn FlattenAxis0(x: Tensor<2, 3, 4, 5>) -> Tensor<1, 120> {
    x.reshape([1, 120])
}

#[network]
fn FlattenAxis1(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 60> {
    x.reshape([2, 60])
}

#[network]
fn FlattenAxis2(x: Tensor<2, 3, 4, 5>) -> Tensor<6, 20> {
    x.reshape([6, 20])
}

#[network]
fn FlattenAxis3(x: Tensor<2, 3, 4, 5>) -> Tensor<24, 5> {
    x.reshape([24, 5])
}

#[network]
fn FlattenDefaultAxis(x: Tensor<5, 4, 3, 2>) -> Tensor<5, 24> {
    x.reshape([5, 24])
}

#[network]
fn FlattenNegativeAxis1(x: Tensor<2, 3, 4, 5>) -> Tensor<24, 5> {
    x.reshape([24, 5])
}

#[network]
fn FlattenNegativeAxis2(x: Tensor<2, 3, 4, 5>) -> Tensor<6, 20> {
    x.reshape([6, 20])
}

#[network]
fn FlattenNegativeAxis3(x: Tensor<2, 3, 4, 5>) -> Tensor<2, 60> {
    x.reshape([2, 60])
}

#[network]
fn FlattenNegativeAxis4(x: Tensor<2, 3, 4, 5>) -> Tensor<1, 120> {
    x.reshape([1, 120])
}

#[network]
fn ReshapeExtendedDims(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 2, 2> {
    x.reshape([2, 3, 2, 2])
}

#[network]
fn ReshapeNegativeDim(x: Tensor<2, 3, 4>) -> Tensor<2, 6, 2> {
    x.reshape([2, 6, 2])
}

#[network]
fn ReshapeNegativeExtendedDims(x: Tensor<2, 3, 4>) -> Tensor<1, 2, 3, 4> {
    x.reshape([1, 2, 3, 4])
}

#[network]
fn ReshapeOneDim(x: Tensor<2, 3, 4>) -> Tensor<24> {
    x.flatten()
}

#[network]
fn ReshapeReducedDims(x: Tensor<2, 3, 4>) -> Tensor<2, 12> {
    x.reshape([2, 12])
}

#[network]
fn ReshapeReorderedAllDims(x: Tensor<2, 3, 4>) -> Tensor<4, 2, 3> {
    x.reshape([4, 2, 3])
}

#[network]
fn ReshapeReorderedLastDims(x: Tensor<2, 3, 4>) -> Tensor<2, 4, 3> {
    x.reshape([2, 4, 3])
}

#[network]
fn ReshapeZeroAndNegativeDim(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 1, 4> {
    x.reshape([2, 3, 1, 4])
}

#[network]
fn ReshapeZeroDim(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 4, 1> {
    x.reshape([2, 3, 4, 1])
}

#[network]
fn Slice(x: Tensor<20, 10, 5>) -> Tensor<3, 10, 5> {
    let [part0, _] = x.split([3, 17]);
    part0
}

#[network]
fn SliceDefaultAxes(x: Tensor<20, 10, 5>) -> Tensor<20, 10, 1> {
    let [_, part0, _] = x.split([3, 1, 1], axis = 2);
    part0
}

#[network]
fn SliceDefaultSteps(x: Tensor<20, 10, 5>) -> Tensor<20, 10, 1> {
    let [_, part0, _] = x.split([3, 1, 1], axis = 2);
    part0
}

#[network]
fn SliceEndOutOfBounds(x: Tensor<20, 10, 5>) -> Tensor<20, 9, 5> {
    let [_, part0] = x.split([1, 9], axis = 1);
    part0
}

#[network]
fn SliceNeg(x: Tensor<20, 10, 5>) -> Tensor<20, 9, 5> {
    let [part0, _] = x.split([9, 1], axis = 1);
    part0
}

#[network]
fn SliceNegativeAxes(x: Tensor<20, 10, 5>) -> Tensor<20, 10, 1> {
    let [_, part0, _] = x.split([3, 1, 1], axis = 2);
    part0
}

#[network]
fn Split1dUnevenSplitOpset18(x: Tensor<7>) -> (Tensor<2>, Tensor<2>, Tensor<2>, Tensor<1>) {
    let [part0_0, part0_1, part0_2, part0_3] = x.split([2, 2, 2, 1]);
    (part0_0, part0_1, part0_2, part0_3)
}

#[network]
fn Split2dUnevenSplitOpset18(x: Tensor<2, 8>) -> (Tensor<2, 3>, Tensor<2, 3>, Tensor<2, 2>) {
    let [part0_0, part0_1, part0_2] = x.split([3, 3, 2], axis = 1);
    (part0_0, part0_1, part0_2)
}

#[network]
fn SplitEqualParts1dOpset13(x: Tensor<6>) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let [part0_0, part0_1, part0_2] = x.split([2, 2, 2]);
    (part0_0, part0_1, part0_2)
}

#[network]
fn SplitEqualParts1dOpset18(x: Tensor<6>) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let [part0_0, part0_1, part0_2] = x.split([2, 2, 2]);
    (part0_0, part0_1, part0_2)
}

#[network]
fn SplitEqualParts2d(x: Tensor<2, 6>) -> (Tensor<2, 3>, Tensor<2, 3>) {
    let [part0_0, part0_1] = x.split([3, 3], axis = 1);
    (part0_0, part0_1)
}

#[network]
fn SplitEqualParts2dOpset13(x: Tensor<2, 6>) -> (Tensor<2, 3>, Tensor<2, 3>) {
    let [part0_0, part0_1] = x.split([3, 3], axis = 1);
    (part0_0, part0_1)
}

#[network]
fn SplitEqualPartsDefaultAxisOpset13(x: Tensor<6>) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let [part0_0, part0_1, part0_2] = x.split([2, 2, 2]);
    (part0_0, part0_1, part0_2)
}

#[network]
fn SplitEqualPartsDefaultAxisOpset18(x: Tensor<6>) -> (Tensor<2>, Tensor<2>, Tensor<2>) {
    let [part0_0, part0_1, part0_2] = x.split([2, 2, 2]);
    (part0_0, part0_1, part0_2)
}

#[network]
fn SplitVariableParts1dOpset13(x: Tensor<6>) -> (Tensor<2>, Tensor<4>) {
    let [part0_0, part0_1] = x.split([2, 4]);
    (part0_0, part0_1)
}

#[network]
fn SplitVariableParts1dOpset18(x: Tensor<6>) -> (Tensor<2>, Tensor<4>) {
    let [part0_0, part0_1] = x.split([2, 4]);
    (part0_0, part0_1)
}

#[network]
fn SplitVariableParts2dOpset13(x: Tensor<2, 6>) -> (Tensor<2, 2>, Tensor<2, 4>) {
    let [part0_0, part0_1] = x.split([2, 4], axis = 1);
    (part0_0, part0_1)
}

#[network]
fn SplitVariableParts2dOpset18(x: Tensor<2, 6>) -> (Tensor<2, 2>, Tensor<2, 4>) {
    let [part0_0, part0_1] = x.split([2, 4], axis = 1);
    (part0_0, part0_1)
}

#[network]
fn SplitVariablePartsDefaultAxisOpset13(x: Tensor<6>) -> (Tensor<2>, Tensor<4>) {
    let [part0_0, part0_1] = x.split([2, 4]);
    (part0_0, part0_1)
}

#[network]
fn SplitVariablePartsDefaultAxisOpset18(x: Tensor<6>) -> (Tensor<2>, Tensor<4>) {
    let [part0_0, part0_1] = x.split([2, 4]);
    (part0_0, part0_1)
}

#[network]
fn Squeeze(x: Tensor<1, 3, 4, 5>) -> Tensor<3, 4, 5> {
    x.reshape([3, 4, 5])
}

#[network]
fn SqueezeNegativeAxes(x: Tensor<1, 3, 1, 5>) -> Tensor<1, 3, 5> {
    x.reshape([1, 3, 5])
}

#[network]
fn TilePrecomputed(x: Tensor<2, 2>) -> Tensor<4, 4> {
    concat([concat([x, x], axis = 0), concat([x, x], axis = 0)], axis = 1)
}

#[network]
fn TransposeAllPermutations0(x: Tensor<2, 3, 4>) -> Tensor<2, 3, 4> {
    x.reshape([2, 3, 4])
}

#[network]
fn TransposeAllPermutations1(x: Tensor<2, 3, 4>) -> Tensor<2, 4, 3> {
    x.permute([0, 2, 1])
}

#[network]
fn TransposeAllPermutations2(x: Tensor<2, 3, 4>) -> Tensor<3, 2, 4> {
    x.permute([1, 0, 2])
}

#[network]
fn TransposeAllPermutations3(x: Tensor<2, 3, 4>) -> Tensor<3, 4, 2> {
    x.permute([1, 2, 0])
}

#[network]
fn TransposeAllPermutations4(x: Tensor<2, 3, 4>) -> Tensor<4, 2, 3> {
    x.permute([2, 0, 1])
}

#[network]
fn TransposeAllPermutations5(x: Tensor<2, 3, 4>) -> Tensor<4, 3, 2> {
    x.permute([2, 1, 0])
}

#[network]
fn TransposeDefault(x: Tensor<2, 3, 4>) -> Tensor<4, 3, 2> {
    x.permute([2, 1, 0])
}

#[network]
fn UnsqueezeAxis0(x: Tensor<3, 4, 5>) -> Tensor<1, 3, 4, 5> {
    x.reshape([1, 3, 4, 5])
}

#[network]
fn UnsqueezeAxis1(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 4, 5> {
    x.reshape([3, 1, 4, 5])
}

#[network]
fn UnsqueezeAxis2(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 1, 5> {
    x.reshape([3, 4, 1, 5])
}

#[network]
fn UnsqueezeNegativeAxes(x: Tensor<1, 3, 1, 5>) -> Tensor<1, 3, 1, 1, 5> {
    x.reshape([1, 3, 1, 1, 5])
}

#[network]
fn UnsqueezeThreeAxes(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 1, 5, 1, 1> {
    x.reshape([3, 4, 1, 5, 1, 1])
}

#[network]
fn UnsqueezeTwoAxes(x: Tensor<3, 4, 5>) -> Tensor<3, 1, 4, 5, 1> {
    x.reshape([3, 1, 4, 5, 1])
}

#[network]
fn UnsqueezeUnsortedAxes(x: Tensor<3, 4, 5>) -> Tensor<3, 4, 1, 5, 1, 1> {
    x.reshape([3, 4, 1, 5, 1, 1])
}

cases! {
    "node";
    concat_1d_axis_0: Concat1dAxis0,
    concat_1d_axis_negative_1: Concat1dAxisNegative1,
    concat_2d_axis_0: Concat2dAxis0,
    concat_2d_axis_1: Concat2dAxis1,
    concat_2d_axis_negative_1: Concat2dAxisNegative1,
    concat_2d_axis_negative_2: Concat2dAxisNegative2,
    concat_3d_axis_0: Concat3dAxis0,
    concat_3d_axis_1: Concat3dAxis1,
    concat_3d_axis_2: Concat3dAxis2,
    concat_3d_axis_negative_1: Concat3dAxisNegative1,
    concat_3d_axis_negative_2: Concat3dAxisNegative2,
    concat_3d_axis_negative_3: Concat3dAxisNegative3,
    flatten_axis0: FlattenAxis0,
    flatten_axis1: FlattenAxis1,
    flatten_axis2: FlattenAxis2,
    flatten_axis3: FlattenAxis3,
    flatten_default_axis: FlattenDefaultAxis,
    flatten_negative_axis1: FlattenNegativeAxis1,
    flatten_negative_axis2: FlattenNegativeAxis2,
    flatten_negative_axis3: FlattenNegativeAxis3,
    flatten_negative_axis4: FlattenNegativeAxis4,
    reshape_extended_dims: ReshapeExtendedDims,
    reshape_negative_dim: ReshapeNegativeDim,
    reshape_negative_extended_dims: ReshapeNegativeExtendedDims,
    reshape_one_dim: ReshapeOneDim,
    reshape_reduced_dims: ReshapeReducedDims,
    reshape_reordered_all_dims: ReshapeReorderedAllDims,
    reshape_reordered_last_dims: ReshapeReorderedLastDims,
    reshape_zero_and_negative_dim: ReshapeZeroAndNegativeDim,
    reshape_zero_dim: ReshapeZeroDim,
    slice: Slice,
    slice_default_axes: SliceDefaultAxes,
    slice_default_steps: SliceDefaultSteps,
    slice_end_out_of_bounds: SliceEndOutOfBounds,
    slice_neg: SliceNeg,
    slice_negative_axes: SliceNegativeAxes,
    split_1d_uneven_split_opset18: Split1dUnevenSplitOpset18,
    split_2d_uneven_split_opset18: Split2dUnevenSplitOpset18,
    split_equal_parts_1d_opset13: SplitEqualParts1dOpset13,
    split_equal_parts_1d_opset18: SplitEqualParts1dOpset18,
    split_equal_parts_2d: SplitEqualParts2d,
    split_equal_parts_2d_opset13: SplitEqualParts2dOpset13,
    split_equal_parts_default_axis_opset13: SplitEqualPartsDefaultAxisOpset13,
    split_equal_parts_default_axis_opset18: SplitEqualPartsDefaultAxisOpset18,
    split_variable_parts_1d_opset13: SplitVariableParts1dOpset13,
    split_variable_parts_1d_opset18: SplitVariableParts1dOpset18,
    split_variable_parts_2d_opset13: SplitVariableParts2dOpset13,
    split_variable_parts_2d_opset18: SplitVariableParts2dOpset18,
    split_variable_parts_default_axis_opset13: SplitVariablePartsDefaultAxisOpset13,
    split_variable_parts_default_axis_opset18: SplitVariablePartsDefaultAxisOpset18,
    squeeze: Squeeze,
    squeeze_negative_axes: SqueezeNegativeAxes,
    tile_precomputed: TilePrecomputed,
    transpose_all_permutations_0: TransposeAllPermutations0,
    transpose_all_permutations_1: TransposeAllPermutations1,
    transpose_all_permutations_2: TransposeAllPermutations2,
    transpose_all_permutations_3: TransposeAllPermutations3,
    transpose_all_permutations_4: TransposeAllPermutations4,
    transpose_all_permutations_5: TransposeAllPermutations5,
    transpose_default: TransposeDefault,
    unsqueeze_axis_0: UnsqueezeAxis0,
    unsqueeze_axis_1: UnsqueezeAxis1,
    unsqueeze_axis_2: UnsqueezeAxis2,
    unsqueeze_negative_axes: UnsqueezeNegativeAxes,
    unsqueeze_three_axes: UnsqueezeThreeAxes,
    unsqueeze_two_axes: UnsqueezeTwoAxes,
    unsqueeze_unsorted_axes: UnsqueezeUnsortedAxes,
}
