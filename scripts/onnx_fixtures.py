"""Makes `tests/onnx`: the ONNX project's own tests of operators that the layers can express.

The tests come with the package `onnx`, as models with inputs and outputs. Each is translated node by node; weights,
shapes and bounds that a test passes as inputs become the network's weights and options. A network has no batch axis:
if an operator has one, the network is run on each sample. Whatever cannot be expressed is listed with the reason. No
output is computed here: a case holds the model's inputs and the test's outputs unchanged.

Writes into `tests/onnx`:
  cases.safetensors    `{case}/input{i}`, `{case}/output{i}` and, under `{case}/state/`, its state dict
  *.rs, but main.rs    the declarations
  README.md            how many tests are expressed, and why the others are not
"""

import re
import subprocess
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator
from safetensors.numpy import save

from onnx_layers import ABSENT, BATCHED, PARAMETERS, RECURRENT, NotExpressed, Translation, Value, attributes, translate

DATA = Path(onnx.__file__).parent / "backend" / "test" / "data"
FOLDERS = ["node", "simple", "pytorch-converted", "pytorch-operator"]
TARGET = Path(__file__).resolve().parent.parent / "tests" / "onnx"
# Inputs and outputs of a case, in bytes.
LARGEST = 50_000
MAX_RANK = 6

# Operators whose tests have their own file.
MODULES = {
    "windows": BATCHED - {"BatchNormalization", "InstanceNormalization", "GroupNormalization", "LRN", "PRelu", *RECURRENT},
    "shapes": {"Concat", "Flatten", "Reshape", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze"},
}


@dataclass
class Case:
    module: str
    name: str
    declaration: str
    tensors: dict[str, np.ndarray]


def read(path: Path) -> np.ndarray:
    tensor = onnx.TensorProto()
    tensor.ParseFromString(path.read_bytes())
    return numpy_helper.to_array(tensor)


def evaluate(node: onnx.NodeProto, t: Translation, opset_imports: list) -> bool:
    """Computes a node whose inputs are known before the network runs."""
    if node.op_type in ("Shape", "Size") and node.input[0] in t.values:
        shape = np.array(t.values[node.input[0]].shape, np.int64)
        options = attributes(node)
        shape = shape[options.get("start", 0) : options.get("end", len(shape))]
        t.constants[node.output[0]] = shape if node.op_type == "Shape" else np.array(shape.prod(), np.int64)
        return True
    if node.op_type == "CastLike" and node.input[0] in t.constants:
        # Everything else is f32.
        target = t.constants.get(node.input[1], np.zeros((), np.float32))
        t.constants[node.output[0]] = t.constants[node.input[0]].astype(target.dtype)
        return True
    names = [name for name in node.input if name]
    if any(name not in t.constants for name in names):
        return False
    inputs = [
        helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(t.constants[n].dtype), None) for n in names
    ]
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output if name]
    graph = helper.make_graph([node], "constants", inputs, outputs)
    model = helper.make_model(graph, opset_imports=opset_imports)
    results = ReferenceEvaluator(model).run(None, {name: t.constants[name] for name in names})
    t.constants.update(zip([name for name in node.output if name], results, strict=True))
    return True


def infer(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> dict[str, tuple[int, ...]]:
    """The shapes of all tensors, with the parameters among the inputs known."""
    known = onnx.ModelProto()
    known.CopyFrom(model)
    stored = {tensor.name for tensor in known.graph.initializer}
    for name, value in constants.items():
        if name not in stored:
            known.graph.initializer.append(numpy_helper.from_array(value, name))
    inferred = shape_inference.infer_shapes(known, data_prop=True).graph
    shapes = {}
    for info in [*inferred.value_info, *inferred.output]:
        shapes[info.name] = tuple(d.dim_value for d in info.type.tensor_type.shape.dim)
    return shapes


def case_of(folder: str, path: Path) -> Case:
    model = onnx.load(path / "model.onnx")
    graph = model.graph
    operators = {node.op_type for node in graph.node}
    data = path / "test_data_set_0"
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    names = [info.name for info in graph.input if info.name not in constants]
    for info in [*graph.input, *graph.output]:
        if not info.type.HasField("tensor_type"):
            raise NotExpressed("sequences and options")
    given = [read(data / f"input_{i}.pb") for i in range(len(names))]
    expected = [read(data / f"output_{i}.pb") for i in range(len(graph.output))]

    for node in graph.node:
        if node.op_type in RECURRENT and not attributes(node).get("layout", 0):
            # The batch comes after the steps and the directions; here it comes before them.
            given = [np.moveaxis(v, 1, 0) if n == node.input[0] else v for n, v in zip(names, given, strict=True)]
            whole_sequence = [info.name == node.output[0] for info in graph.output]
            expected = [np.moveaxis(v, 1 + w, 0) for v, w in zip(expected, whole_sequence, strict=True)]

    # An input that is only ever used as a parameter is a weight.
    uses = defaultdict(list)
    for node in graph.node:
        for i, name in enumerate(node.input):
            uses[name].append(i in PARAMETERS.get(node.op_type, []))
    activations = {}
    for name, value in zip(names, given, strict=True):
        if uses[name] and all(uses[name]):
            constants[name] = value
        else:
            activations[name] = value

    if any(node.domain not in ("", "ai.onnx") for node in graph.node):
        raise NotExpressed("operators of another domain")
    if any(tensor.dtype != np.float32 for tensor in [*activations.values(), *expected]):
        raise NotExpressed("types other than f32")
    if any(tensor.size == 0 for tensor in [*activations.values(), *expected]):
        raise NotExpressed("empty tensors")
    if not activations:
        raise NotExpressed("no input")

    opset = next(entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx"))
    t = Translation(bool(operators & BATCHED), infer(model, constants), opset, constants)
    t.shapes |= {info.name: value.shape for info, value in zip(graph.output, expected, strict=True)}
    if t.batched and any(value.ndim < 2 for value in activations.values()):
        raise NotExpressed("works across the batch")
    inputs = ["x"] if len(activations) == 1 else [f"x{i}" for i in range(len(activations))]
    for code, (name, value) in zip(inputs, activations.items(), strict=True):
        if len(t.own(value.shape)) > MAX_RANK:
            raise NotExpressed("more than six axes")
        t.values[name] = Value(code, value.shape)

    for node in graph.node:
        if evaluate(node, t, list(model.opset_import)):
            continue
        if all(name not in t.values for name in node.input):
            raise NotExpressed(ABSENT + node.op_type)
        codes = translate(t, node)
        if isinstance(codes, str):
            codes = [codes]
        for name, code in zip(node.output, codes, strict=False):
            if not name:
                continue
            if name not in t.shapes or 0 in t.shapes[name]:
                raise NotExpressed("an unknown shape")
            if len([n for other in graph.node for n in other.input if n == name]) > 1 and not code.isidentifier():
                t.lines.append(f"let y{len(t.lines)} = {code};")
                code = f"y{len(t.lines) - 1}"
            t.values[name] = Value(code, t.shapes[name])

    results = []
    for info in graph.output:
        if info.name not in t.values:
            raise NotExpressed("masks and other outputs that are no layer's")
        results.append(t.values[info.name].code)
    tensors = {f"input{i}": value for i, value in enumerate(activations.values())}
    tensors |= {f"output{i}": value for i, value in enumerate(expected)}
    size = sum(tensor.nbytes for tensor in [*tensors.values(), *t.state.values()])
    if size > LARGEST:
        raise NotExpressed(f"more than {LARGEST // 1000} kB of data")
    tensors |= {f"state/{name}": value for name, value in t.state.items()}

    parameters = ", ".join(
        f"{c}: Tensor<{list(t.own(v.shape))}>" for c, v in zip(inputs, activations.values(), strict=True)
    )
    types = [f"Tensor<{list(t.own(value.shape))}>" for value in expected]
    types = types[0] if len(types) == 1 else f"({', '.join(types)})"
    result = results[0] if len(results) == 1 else f"({', '.join(results)})"
    result = (
        re.sub(r"^\((.*)\)$", r"\1", result)
        if result.startswith("(") and len(results) == 1 and whole(result)
        else result
    )
    network = "".join(word.capitalize() for word in name_of(path).split("_"))
    body = "\n    ".join([*t.lines, result])
    declaration = f"#[network]\nfn {network}({parameters}) -> {types} {{\n    {body}\n}}\n".replace("<[", "<").replace(
        "]>", ">"
    )
    tensors = {key: np.ascontiguousarray(value).reshape(value.shape or (1,)) for key, value in tensors.items()}
    return Case(module_of(folder, path, operators), f"{module(folder)}/{name_of(path)}", declaration, tensors)


def whole(code: str) -> bool:
    """Whether the first parenthesis closes at the end."""
    depth = 0
    for i, letter in enumerate(code):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return i == len(code) - 1
    return False


def name_of(path: Path) -> str:
    return re.sub(r"\W", "_", path.name.removeprefix("test_")).lower()


def module(folder: str) -> str:
    return folder.replace("-", "_")


def module_of(folder: str, path: Path, operators: set[str]) -> str:
    """The file a case belongs to."""
    if folder != "node":
        return module(folder)
    # Operators that are functions of others have a test of the function's body too.
    if "_expanded" in path.name:
        return "node_expanded"
    return next((f"node_{name}" for name, own in MODULES.items() if operators & own), "node")


def write_declarations(name: str, cases: list[Case]) -> None:
    file = TARGET / f"{name}.rs"
    folder = cases[0].name.split("/")[0]
    text = f"//! Tests of onnx {onnx.__version__}, `backend/test/data`. Made by `scripts/onnx_fixtures.py`.\n\nuse super::*;\n\n"
    text += "\n".join(case.declaration for case in cases)
    names = [(case.name.split("/")[1], re.search(r"fn (\w+)", case.declaration)[1]) for case in cases]
    pairs = "".join(f"    {case}: {network},\n" for case, network in names)
    text += f'\ncases! {{\n    "{folder}";\n{pairs}}}\n'
    file.write_text(text)
    subprocess.run(["rustfmt", "--edition", "2024", "--config-path", TARGET.parent.parent, file], check=True)


def by_count(table: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(table.items(), key=lambda row: (-row[1], row[0]))


def write_readme(counts: list[tuple[str, int, int]], reasons: Counter) -> None:
    """How many tests are expressed, and why the others are not."""
    total, of = sum(made for _, made, _ in counts), sum(of for _, _, of in counts)
    missing = {key.removeprefix(ABSENT): count for key, count in reasons.items() if key.startswith(ABSENT)}
    rest = {key: count for key, count in reasons.items() if not key.startswith(ABSENT)}
    rest[f"no such layer yet: {len(missing)} operators, listed below"] = sum(missing.values())
    folders = "".join(f"| `{folder}` | {made} | {of} |\n" for folder, made, of in counts)
    why = "".join(f"| {reason} | {count} |\n" for reason, count in by_count(rest))
    operators = ", ".join(f"{name} {count}" for name, count in by_count(missing))
    (TARGET / "README.md").write_text(README.format(version=onnx.__version__, **locals()))


README = """# The ONNX project's tests of operators

The package `onnx` {version} (Apache-2.0) contains tests of operators, each with a model, its inputs and the expected outputs. `scripts/onnx_fixtures.py` translates those that netcost's layers can express into declarations, and generates
everything in this folder except `main.rs`. If you add a layer, add its operator to
`scripts/onnx_layers.py`. Weights, shapes and bounds that a test passes as inputs become the network's weights and options, and a batch is run sample by sample.
Inputs and expected outputs are taken unchanged from the package, except that sequences have the batch before the steps.

{total} of {of} are expressed. Most of the others use types other than f32, or define an operator by a body of other operators (`_expanded`).

| folder | expressed | tests |
|---|--:|--:|
{folders}
| why left out | tests |
|---|--:|
{why}
A model is listed under its first failure. Operators without a layer: {operators}.
"""


def main() -> None:
    warnings.simplefilter("ignore")
    cases, reasons, counts = [], Counter(), []
    for folder in FOLDERS:
        paths = sorted(path for path in (DATA / folder).iterdir() if path.is_dir())
        before = len(cases)
        for path in paths:
            try:
                cases.append(case_of(folder, path))
            except NotExpressed as reason:
                reasons[str(reason)] += 1
        counts.append((folder, len(cases) - before, len(paths)))

    TARGET.mkdir(parents=True, exist_ok=True)
    for name in sorted({case.module for case in cases}):
        write_declarations(name, [case for case in cases if case.module == name])
    write_readme(counts, reasons)
    tensors = {f"{case.name}/{key}": value for case in cases for key, value in case.tensors.items()}
    origin = {"origin": f"scripts/onnx_fixtures.py, onnx {onnx.__version__}, Apache-2.0"}
    (TARGET / "cases.safetensors").write_bytes(save(tensors, origin))

    for folder, made, of in counts:
        print(f"{folder}: {made} of {of}")
    print(f"{len(cases)} cases, {(TARGET / 'cases.safetensors').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
