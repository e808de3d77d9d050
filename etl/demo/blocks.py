"""What a cell is divided into: blocks of lots and the lanes between them, all in the cell's own (s, t)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from etl.demo.patch import Patch, Scale

SOUTH, NORTH, WEST, EAST = 0, 1, 2, 3
FIRST_LANE = 4
"""Streets of a cell: 0..3 are the main lines on its four sides, then its own lanes in order."""


class Lane(NamedTuple):
    """A street of constant t (runs with s) or of constant s; `collector` or `hem` by kind."""

    kind: str
    width_m: float
    with_s: bool
    at: float
    start: float
    end: float
    parent: int  # the street an alley opens from


class Block(NamedTuple):
    """A rectangle of (s, t). `rows` of house lots run with s or t; with 0 rows it is one public lot."""

    s0: float
    s1: float
    t0: float
    t1: float
    with_s: bool
    rows: int
    use: str
    frontage_m: float
    low_street: int
    high_street: int


@dataclass(slots=True)
class Layout:
    """The blocks and lanes of one cell, with its surface and measures."""

    patch: Patch
    scale: Scale
    blocks: list[Block] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)

    def add_lane(self, lane: Lane) -> int:
        """Record a lane; its number among the streets of the cell."""
        self.lanes.append(lane)
        return FIRST_LANE + len(self.lanes) - 1


def divided(
    rng: np.random.Generator, start: float, end: float, pieces: int, gaps: list[float], loose: float
) -> list[tuple[float, float]]:
    """Cut [start, end] into uneven pieces with the given gaps between them (one fewer than pieces)."""
    weights = 1.0 + loose * (rng.random(pieces) - 0.5)
    sizes = weights / weights.sum() * (end - start - sum(gaps))
    found, at = [], start
    for size, gap in zip(sizes, [*gaps, 0.0], strict=True):
        found.append((at, at + float(size)))
        at += float(size) + gap
    return found
