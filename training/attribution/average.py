"""The mean of several weights of one training line: often better than each of them.

PYTHONPATH=src:. python -m training.attribution.average A.pt B.pt -o MEAN.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    saved = [torch.load(path, weights_only=True) for path in args.weights]
    if any(one["sizes"] != saved[0]["sizes"] for one in saved):
        raise SystemExit("the weights are of networks of different sizes")
    mean = {name: torch.stack([one["state"][name] for one in saved]).mean(0) for name in saved[0]["state"]}
    torch.save({"state": mean, "sizes": saved[0]["sizes"]}, args.out)


if __name__ == "__main__":
    main()
