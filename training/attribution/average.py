"""The mean of several weights of one training line: often better than each of them.

    PYTHONPATH=src:. python -m training.attribution.average A.pt B.pt -o MEAN.pt [--parts 1 3]

`--parts` are the shares of each in the mean, equal where not given.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.attribution.train import read_model, save


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--parts", type=float, nargs="+")
    args = parser.parse_args()
    models = [read_model(path) for path in args.weights]
    parts = torch.tensor(args.parts or [1.0] * len(models))
    if len(parts) != len(models):
        raise SystemExit("--parts wants one number for each of the weights")
    if any(model.sizes != models[0].sizes for model in models):
        raise SystemExit("the weights are of networks of different sizes")
    states = [model.state_dict() for model in models]
    mean = {name: torch.stack([s[name] for s in states], -1) @ (parts / parts.sum()) for name in states[0]}
    models[0].load_state_dict(mean)
    save(models[0], args.out)


if __name__ == "__main__":
    main()
