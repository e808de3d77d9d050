"""The layout of a rural cell: single rows of large lots along its roads, some orchards behind them."""

from __future__ import annotations

import numpy as np

from etl.demo.blocks import EAST, NORTH, SOUTH, WEST, Block, Lane, Layout

LANE_M = 5.0
_DEPTH = (24.0, 30.0)
_FRONTAGE = (8.0, 12.0)
_LARGEST_M2 = 235.0  # mean of a row; single lots go up to 400


def lay_hamlet(
    layout: Layout, rng: np.random.Generator, margins: tuple[float, ...], roads: tuple[bool, ...]
) -> None:
    """Rows along the sides that are roads. `margins` and `roads` are for south, north, west and east."""
    scale = layout.scale
    gaps = (scale.gap_t[:, 0], scale.gap_t[:, -1], scale.gap_s[0], scale.gap_s[-1])
    reach = [margin / float(gap.min()) for margin, gap in zip(margins, gaps, strict=True)]
    deep = rng.uniform(*_DEPTH, 4)
    # A row ends where the row round the corner begins.
    corner = [(margins[side] + (34.0 if roads[side] else 6.0)) / float(gaps[side].min()) for side in range(4)]
    for side in (SOUTH, NORTH, WEST, EAST):
        if not roads[side]:
            continue
        with_s = side in (SOUTH, NORTH)
        near, size = reach[side], deep[side] / float(gaps[side].mean())
        row = (near, near + size) if side in (SOUTH, WEST) else (1 - near - size, 1 - near)
        span = (reach[WEST], 1 - reach[EAST]) if with_s else (corner[SOUTH], 1 - corner[NORTH])
        _lay_row(layout, rng, with_s, span, row, side)
    if rng.random() < 0.5:
        _lay_orchard(layout, rng, corner)


def lay_island(layout: Layout, rng: np.random.Generator) -> None:
    """One lane along the middle of a piece of island, a row of lots on each side, orchards behind."""
    scale = layout.scale
    half = LANE_M / 2 / float(scale.gap_t.min())
    size = rng.uniform(*_DEPTH) / float(scale.gap_t.mean())
    lane = layout.add_lane(Lane("collector", LANE_M, True, 0.5, 0.0, 1.0, SOUTH))
    _lay_row(layout, rng, True, (0.02, 0.98), (0.5 - half - size, 0.5 - half), lane)
    _lay_row(layout, rng, True, (0.02, 0.98), (0.5 + half, 0.5 + half + size), lane)
    if 0.5 - half - size > 0.22:
        _lay_orchard(layout, rng, [0.04, 0.54 + half + size, 0.05, 0.05])


def _lay_row(
    layout: Layout,
    rng: np.random.Generator,
    with_s: bool,
    span: tuple[float, float],
    row: tuple[float, float],
    street: int,
) -> None:
    """Groups of houses with open ground between."""
    scale = layout.scale
    rectangle = (*span, *row) if with_s else (*row, *span)
    run = float(scale.window(scale.run_s if with_s else scale.run_t, *rectangle).mean())
    gap = float(scale.window(scale.gap_t if with_s else scale.gap_s, *rectangle).mean())
    at = span[0] + rng.uniform(0, 30) / run
    while at < span[1] - 30 / run:
        end = min(at + rng.uniform(50, 190) / run, span[1])
        depth = (row[1] - row[0]) * gap
        frontage = min(float(rng.uniform(*_FRONTAGE)), _LARGEST_M2 / depth)
        group = (at, end, *row) if with_s else (*row, at, end)
        layout.blocks.append(Block(*group, with_s, 1, "house", frontage, street, street))
        at = end + rng.choice([3.0, rng.uniform(15, 90)]) / run


def _lay_orchard(layout: Layout, rng: np.random.Generator, corner: list[float]) -> None:
    """A strip of large garden plots in the open middle."""
    scale = layout.scale
    t0 = corner[SOUTH] + 0.02
    t1 = min(t0 + rng.uniform(55, 85) / float(scale.gap_t.mean()), 1 - corner[NORTH])
    s0, s1 = corner[WEST] + 0.03, 1 - corner[EAST] - 0.03
    if t1 - t0 < 0.06:
        return
    layout.blocks.append(Block(s0, s1, t0, t1, True, 1, "orchard", float(rng.uniform(42, 70)), SOUTH, SOUTH))
