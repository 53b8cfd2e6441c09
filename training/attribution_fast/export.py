"""Weights -> the model folder that Parley loads: an ONNX file, the vocabulary, a manifest.

    PYTHONPATH=src:. python -m training.attribution_fast.export OUT.pt -o FOLDER

The graph is written out by hand, operator by operator: it is short, and an LSTM in one call is three times as fast as what an exporter
makes of it. Word vectors are int8 with a scale for each word; everything else stays in 32-bit floats.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from parley.annotate.statements.attribution.sided import LABELS
from training.attribution.export import digest
from training.attribution_fast.data import base_words
from training.attribution_fast.model import WordNetwork
from training.attribution_fast.train import read_network

Array = npt.NDArray[Any]


class Graph:
    """An ONNX graph under construction; each operator's result bears the name that is given."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def hold(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, result: str, *inputs: str, **options: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [result], **options))
        return result


def gates(weights: Array) -> Array:
    """PyTorch's order of an LSTM's gates (input, forget, cell, output) -> ONNX's (input, output, forget, cell)."""
    i, f, c, o = np.split(weights, 4)
    return np.concatenate([i, o, f, c])


def build(network: WordNetwork) -> onnx.ModelProto:
    """Ids and marks [length] -> logits [length, labels]."""
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    table = network.table().detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    graph = Graph()
    graph.add("Gather", "small", graph.hold("words", np.round(table / scale).astype(np.int8)), "ids")
    graph.add("Cast", "wide", "small", to=TensorProto.FLOAT)
    graph.add("Gather", "scales", graph.hold("scale", scale.astype(np.float32)), "ids")
    graph.add("Mul", "word", "wide", "scales")
    graph.add("Gather", "mark", graph.hold("mark_table", state["marks.weight"]), "marks")
    graph.add("Add", "both", "word", "mark")
    norm = graph.hold("norm_gain", state["norm.weight"]), graph.hold("norm_shift", state["norm.bias"])
    graph.add("LayerNormalization", "normed", "both", *norm, axis=-1, epsilon=1e-5)
    graph.add("Unsqueeze", "one", "normed", graph.hold("axis_0", np.array([0])))
    x = graph.add("Transpose", "x", "one", perm=[0, 2, 1])
    for at, dilation in enumerate(network.shape["dilations"]):
        held = (graph.hold(f"c{at}_{k}", state[f"convolutions.{at}.{k}"]) for k in ("weight", "bias"))
        seen = graph.add("Conv", f"c{at}", x, *held, kernel_shape=[3], dilations=[dilation], pads=[dilation, dilation])
        x = graph.add("Add", f"x{at}", x, graph.add("Relu", f"r{at}", seen))
    graph.add("Transpose", "steps", x, perm=[2, 0, 1])  # [length, 1, width]
    sides = ("", "_reverse")

    def both(name: str) -> Array:
        return np.stack([gates(state[f"recurrent.{name}_l0{side}"]) for side in sides])

    graph.add(
        "LSTM", "read", "steps",
        graph.hold("w", both("weight_ih")),
        graph.hold("r", both("weight_hh")),
        graph.hold("b", np.concatenate([both("bias_ih"), both("bias_hh")], axis=1)),
        hidden_size=network.shape["state"], direction="bidirectional",
    )  # fmt: skip
    flat = graph.hold("flat", np.array([0, -1]))
    graph.add("Reshape", "read_flat", graph.add("Transpose", "read_rows", "read", perm=[0, 2, 1, 3]), flat)
    graph.add("Reshape", "steps_flat", "steps", flat)
    graph.add("Concat", "all", "steps_flat", "read_flat", axis=1)
    graph.add("MatMul", "raw", "all", graph.hold("label_w", state["label.weight"].T))
    graph.add("Add", "logits", "raw", graph.hold("label_b", state["label.bias"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["length"]) for name in ("ids", "marks")]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["length", len(LABELS)])]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "words", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(made)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument(
        "--outside-bias", type=float, default=0.0, help="taken off the score of a word outside everything"
    )
    parser.add_argument("--calibration", default="[1, 0]", help="JSON: slope and shift of the confidence's logit")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network = read_network(args.weights)
    onnx.save(build(network), str(args.out / "words.onnx"))
    (args.out / "words.txt").write_text("".join(f"{word}\n" for word in base_words()[0]), encoding="utf-8")
    files = ("words.onnx", "words.txt")
    manifest = {
        "name": args.out.name,
        "task": "attribution",
        "language": "en",
        "labels": list(LABELS),
        "sizes": network.shape,
        "decoding": {"outside_bias": args.outside_bias, "calibration": json.loads(args.calibration)},
        "files": {
            file: {"sha256": digest(args.out / file), "bytes": (args.out / file).stat().st_size} for file in files
        },
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{args.out}: {(args.out / 'words.onnx').stat().st_size / 1e6:.1f} MB of ONNX")


if __name__ == "__main__":
    main()
