"""The layout of a built-up cell: collector streets, blocks between them, alleys through the blocks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from etl.demo.blocks import SOUTH, Block, Lane, Layout, divided

_PROMENADE_M = (12.0, 22.0)  # from the centre line of the riverside street


@dataclass(frozen=True, slots=True)
class Fabric:
    """The grain of a quarter; all lengths in metres, pairs are from-to."""

    band: float  # between collectors
    reach: float  # between cross streets
    collector: tuple[float, float]
    alley: tuple[float, float]
    depth: tuple[float, float]
    frontage: tuple[float, float]
    turned: float  # share of blocks whose rows run the other way
    public: float  # share of blocks given to one public use
    vacant: float  # share of blocks not yet divided


OLD = Fabric(86, 130, (8.0, 11.0), (3.5, 4.5), (17, 25), (4.8, 7.8), 0.22, 0.14, 0.0)
URBAN = Fabric(134, 185, (10.0, 13.0), (3.5, 5.5), (21, 30), (5.6, 8.0), 0.30, 0.14, 0.02)
PLANNED = Fabric(104, 155, (12.0, 16.0), (6.5, 8.0), (20, 27), (5.2, 8.0), 0.12, 0.12, 0.03)
EDGE = Fabric(150, 215, (8.0, 11.0), (4.0, 5.0), (26, 31), (7.0, 9.5), 0.35, 0.06, 0.22)

_PUBLIC_LARGE = ("park", "school", "school", "market", "office", "stadium", "hospital")
_PUBLIC_SMALL = ("pagoda", "kindergarten", "clinic", "culture", "park", "shop", "temple", "shop")


def lay_quarter(layout: Layout, rng: np.random.Generator, fabric: Fabric, margins: tuple[float, ...]) -> None:
    """Fill the layout. `margins` are the metres kept free on the south, north, west and east sides."""
    scale = layout.scale
    margins = tuple(1.02 * margin + 0.2 for margin in margins)  # the sides are measured beside the edge
    t_low, t_high = margins[0] / scale.gap_t[:, 0].min(), 1 - margins[1] / scale.gap_t[:, -1].min()
    s_low, s_high = margins[2] / scale.gap_s[0].min(), 1 - margins[3] / scale.gap_s[-1].min()
    bands_with_s = bool(rng.random() < 0.5)
    if bands_with_s:
        a, b, gap_a, gap_b = (s_low, s_high), (t_low, t_high), scale.gap_s, scale.gap_t
    else:
        a, b, gap_a, gap_b = (t_low, t_high), (s_low, s_high), scale.gap_t, scale.gap_s
    sides = (0, 1, 2, 3) if bands_with_s else (2, 3, 0, 1)
    bands = _intervals(rng, *b, float(gap_b.mean()), float(gap_b.min()), fabric.band, fabric.collector, 0.45)
    low = sides[0]
    through = rng.random() < 0.5
    columns = _intervals(
        rng, *a, float(gap_a.mean()), float(gap_a.min()), fabric.reach, fabric.collector, 0.5
    )
    if through:
        cross = _cross_streets(layout, columns, (0.0, 1.0), not bands_with_s, float(gap_a.min()))
    for number, (b0, b1) in enumerate(bands):
        top = 1.0 if number == len(bands) - 1 else (b1 + bands[number + 1][0]) / 2
        bottom = 0.0 if number == 0 else (b0 + bands[number - 1][1]) / 2
        if number == len(bands) - 1:
            high = sides[1]
        else:
            width = (bands[number + 1][0] - b1) * float(gap_b.min())
            high = layout.add_lane(Lane("collector", round(width, 1), bands_with_s, top, 0.0, 1.0, sides[2]))
        if not through:
            columns = _intervals(
                rng, *a, float(gap_a.mean()), float(gap_a.min()), fabric.reach, fabric.collector, 0.5
            )
            cross = _cross_streets(layout, columns, (bottom, top), not bands_with_s, float(gap_a.min()))
        for place, (a0, a1) in enumerate(columns):
            around = (
                low,
                high,
                cross[place - 1] if place else sides[2],
                cross[place] if place < len(cross) else sides[3],
            )
            begin = (columns[place - 1][1] + a0) / 2 if place else 0.0
            finish = (a1 + columns[place + 1][0]) / 2 if place < len(columns) - 1 else 1.0
            rectangle = (a0, a1, b0, b1) if bands_with_s else (b0, b1, a0, a1)
            axes = (begin, finish, bottom, top) if bands_with_s else (bottom, top, begin, finish)
            edges = around if bands_with_s else (around[2], around[3], around[0], around[1])
            _lay_block(layout, rng, fabric, rectangle, axes, edges, bands_with_s)
        low = high


def lay_promenade(layout: Layout, margins: tuple[float, ...]) -> None:
    """A strip of park between the riverside street and the bank, south of the cell itself."""
    gap = float(layout.scale.gap_t[:, 0].mean())
    near, far = _PROMENADE_M
    side = float(layout.scale.gap_s[:, 0].min())
    strip = ((margins[2] + 4) / side, 1 - (margins[3] + 4) / side, -far / gap, -near / gap)
    layout.blocks.append(Block(*strip, True, 0, "park", 0.0, SOUTH, SOUTH))


def _intervals(
    rng: np.random.Generator,
    start: float,
    end: float,
    mean: float,
    least: float,
    target: float,
    widths: tuple[float, float],
    loose: float,
) -> list[tuple[float, float]]:
    pieces = max(1, round((end - start) * mean / target))
    gaps = [float(np.round(rng.uniform(*widths) * 2) / 2) / least for _ in range(pieces - 1)]
    return divided(rng, start, end, pieces, gaps, loose)


def _cross_streets(
    layout: Layout, columns: list[tuple[float, float]], span: tuple[float, float], with_s: bool, least: float
) -> list[int]:
    found = []
    for (_, left), (right, _) in pairwise(columns):
        width = round((right - left) * least, 1)
        found.append(layout.add_lane(Lane("collector", width, with_s, (left + right) / 2, *span, 0)))
    return found


def _lay_block(
    layout: Layout,
    rng: np.random.Generator,
    fabric: Fabric,
    rectangle: tuple[float, float, float, float],
    axes: tuple[float, float, float, float],
    streets: tuple[int, ...],
    with_s: bool,
) -> None:
    """Cut one street block into strips of two rows with alleys between, or give it to one use.

    `axes` are the centre lines of the streets around it, where its alleys end.
    """
    s0, s1, t0, t1 = rectangle
    chance = rng.random()
    if chance < fabric.vacant:
        return
    if chance < fabric.vacant + fabric.public:
        use = _PUBLIC_LARGE[int(rng.integers(len(_PUBLIC_LARGE)))]
        layout.blocks.append(Block(*rectangle, with_s, 0, use, 0.0, streets[0], streets[1]))
        return
    if rng.random() < fabric.turned:
        with_s = not with_s
    scale = layout.scale
    window = scale.window(scale.gap_t if with_s else scale.gap_s, s0, s1, t0, t1)
    least, mean = float(window.min()), float(window.mean())
    b0, b1, a0, a1 = (t0, t1, s0, s1) if with_s else (s0, s1, t0, t1)
    low, high, left, right = streets if with_s else (streets[2], streets[3], streets[0], streets[1])
    begin, finish = axes[:2] if with_s else axes[2:]
    depth, alley = rng.uniform(*fabric.depth), float(np.round(rng.uniform(*fabric.alley) * 2) / 2)
    strips = max(1, round(((b1 - b0) * mean + alley) / (2 * depth + alley)))
    pieces = divided(rng, b0, b1, strips, [alley / least] * (strips - 1), 0.18)
    below = low
    for number, (k0, k1) in enumerate(pieces):
        above = high
        if number < strips - 1:
            middle = (k1 + pieces[number + 1][0]) / 2
            above = layout.add_lane(
                Lane("hem", alley, with_s, middle, begin, finish, left if rng.random() < 0.5 else right)
            )
        _lay_strip(layout, rng, fabric, (a0, a1, k0, k1), with_s, (below, above))
        below = above


def _lay_strip(
    layout: Layout,
    rng: np.random.Generator,
    fabric: Fabric,
    strip: tuple[float, float, float, float],
    with_s: bool,
    streets: tuple[int, int],
) -> None:
    a0, a1, k0, k1 = strip
    scale = layout.scale
    s0, s1, t0, t1 = (a0, a1, k0, k1) if with_s else (k0, k1, a0, a1)
    run = float(scale.window(scale.run_s if with_s else scale.run_t, s0, s1, t0, t1).mean())
    gap = float(scale.window(scale.gap_t if with_s else scale.gap_s, s0, s1, t0, t1).mean())
    half = (k1 - k0) * gap / 2
    if rng.random() < 0.8 * fabric.public and (a1 - a0) * run > 90:
        # A small public plot at one end, a passage of 2 m beside it.
        size, passage = rng.uniform(24, 42) / run, 2.0 / run
        use = _PUBLIC_SMALL[int(rng.integers(len(_PUBLIC_SMALL)))]
        if rng.random() < 0.5:
            ends, (a0, a1) = (a0, a0 + size), (a0 + size + passage, a1)
        else:
            ends, (a0, a1) = (a1 - size, a1), (a0, a1 - size - passage)
        plot = (*ends, k0, k1) if with_s else (k0, k1, *ends)
        layout.blocks.append(Block(*plot, with_s, 0, use, 0.0, *streets))
    frontage = float(np.clip(rng.uniform(*fabric.frontage), 91.0 / half, 230.0 / half))
    rectangle = (a0, a1, k0, k1) if with_s else (k0, k1, a0, a1)
    layout.blocks.append(Block(*rectangle, with_s, 2, "house", frontage, *streets))
