"""The reliability plot: for each layer, the share of right rows against what their confidence promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

SIDE, GAP, TOP, LEFT = 150, 40, 36, 40


def drawn(layers: Mapping[str, np.ndarray[Any, Any]]) -> str:
    """An SVG with a panel for each layer; points [rows, 2] are a confidence and whether the row is right.

    A dot is a tenth of the scale, its area the number of rows in it; on the dashed line confidence is what it says.
    """
    width = LEFT + len(layers) * (SIDE + GAP)
    panels = "".join(
        _panel(name, points, LEFT + place * (SIDE + GAP)) for place, (name, points) in enumerate(layers.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + SIDE + 44}" font-family="sans-serif" font-size="11">\n'
        "<title>Share of right rows against confidence, by layer</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n{panels}</svg>\n'
    )


def _panel(name: str, points: np.ndarray[Any, Any], left: int) -> str:
    bottom = TOP + SIDE
    parts = [
        f'<text x="{left}" y="{TOP - 12}" font-weight="bold">{name}, {len(points)} rows</text>',
        f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
        f'<line x1="{left}" y1="{bottom}" x2="{left + SIDE}" y2="{TOP}" stroke="#999" stroke-dasharray="4 3"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{left + SIDE * tick:.0f}" y="{bottom + 14}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 5}" y="{bottom - SIDE * tick + 4:.0f}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{left + SIDE / 2:.0f}" y="{bottom + 30}" text-anchor="middle">confidence</text>')
    bins = np.minimum((points[:, 0] * 10).astype(int), 9)
    for at in range(10):
        held = points[bins == at]
        if len(held):
            x, y = left + SIDE * held[:, 0].mean(), bottom - SIDE * held[:, 1].mean()
            radius = 2 + 10 * np.sqrt(len(held) / len(points))
            tip = f"{len(held)} rows: confidence {held[:, 0].mean():.2f}, right {held[:, 1].mean():.2f}"
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f6fb2" fill-opacity=".6"><title>{tip}</title></circle>'
            )
    return "\n".join(parts) + "\n"
