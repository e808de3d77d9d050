"""All lots of a cell at once: frontages cut at random, neighbours sharing every vertex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.demo.blocks import Block, Layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_OUTLINE_STEP_M = 12.0
_STEPS = 4096


@dataclass(frozen=True, slots=True)
class Lots:
    """Unclosed rings: `points[start[i]:start[i + 1]]`; with the block and street each lot belongs to."""

    points: Floats
    start: Ints
    block: Ints
    street: Ints

    def __len__(self) -> int:
        return len(self.block)


def cut_lots(layout: Layout, rng: np.random.Generator) -> Lots:
    """House lots row by row, then the public lots, in EPSG:9210 rounded to 1 mm."""
    houses = [number for number, block in enumerate(layout.blocks) if block.rows]
    publics = [number for number, block in enumerate(layout.blocks) if not block.rows]
    parts = []
    if houses:
        parts.append(_house_lots(layout, np.array(houses), rng))
    if publics:
        parts.append(_public_lots(layout, publics))
    if not parts:
        return Lots(np.empty((0, 2)), np.zeros(1, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
    return joined(parts)


def joined(parts: list[Lots]) -> Lots:
    """Several sets of lots as one, in order."""
    if len(parts) == 1:
        return parts[0]
    offsets = np.cumsum([0, *(len(part.points) for part in parts)])
    starts = [part.start[:-1] + offset for part, offset in zip(parts, offsets[:-1], strict=True)]
    return Lots(
        np.concatenate([part.points for part in parts]),
        np.concatenate([*starts, offsets[-1:]]),
        np.concatenate([part.block for part in parts]),
        np.concatenate([part.street for part in parts]),
    )


def _house_lots(layout: Layout, numbers: Ints, rng: np.random.Generator) -> Lots:
    rows = [layout.blocks[number] for number in numbers]
    box = np.array([(b.s0, b.s1, b.t0, b.t1) if b.with_s else (b.t0, b.t1, b.s0, b.s1) for b in rows])
    with_s = np.array([b.with_s for b in rows])
    two = np.array([b.rows == 2 for b in rows])
    metres = (box[:, 1] - box[:, 0]) * _run(layout, rows)
    counts = np.maximum(1, np.rint(metres / np.array([b.frontage_m for b in rows])).astype(np.int64))
    low = _flat(_shares(rng, counts), counts)
    high = _flat(_shares(rng, np.where(two, counts, 0)), np.where(two, counts, -1))
    back = _merged(low, high)
    # Where the backs meet: a slanting line, so that depths vary along the block.
    lean = np.where(two[:, None], 0.5 + rng.uniform(-0.07, 0.07, (len(rows), 2)), 1.0)
    depth = lean[back.of, 0] + (lean[back.of, 1] - lean[back.of, 0]) * back.share

    def place(cuts: _Cuts, depth: Floats) -> Floats:
        a = box[cuts.of, 0] + (box[cuts.of, 1] - box[cuts.of, 0]) * cuts.share
        b = box[cuts.of, 2] + (box[cuts.of, 3] - box[cuts.of, 2]) * depth
        along = with_s[cuts.of]
        return layout.patch.at(np.where(along, a, b), np.where(along, b, a))

    places = [place(low, np.zeros(len(low.of))), place(back, depth), place(high, np.ones(len(high.of)))]
    points = np.round(np.concatenate(places), 3).astype(np.float64)
    first_high = len(low.of) + len(back.of)
    near = _rings(low, 0, back, len(low.of), far=False)
    far = _rings(high, first_high, back, len(low.of), far=True)
    ring, sizes, of_block = (np.concatenate(pair) for pair in zip(near, far, strict=True))
    start = np.concatenate([[0], np.cumsum(sizes)])
    # Rows that run with t see the plane mirrored: turn their rings round.
    position = np.arange(len(ring))
    turned = np.repeat(start[:-1] + start[1:] - 1, sizes) - position
    ring = ring[np.where(np.repeat(with_s[of_block], sizes), position, turned)]
    fronts = np.array([(b.low_street, b.high_street) for b in rows])
    side = np.repeat([0, 1], [len(near[1]), len(far[1])])
    return Lots(points[ring], start, numbers[of_block], fronts[of_block, side])


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Points along one line of each block: block number and share 0..1 of its length, in order."""

    of: Ints
    share: Floats

    @property
    def key(self) -> Floats:
        """Grows from point to point over all blocks."""
        return self.of + self.share / 2.0


def _merged(low: _Cuts, high: _Cuts) -> _Cuts:
    """The cuts of both rows of each block, each once: the line where their backs meet."""
    of, share = np.concatenate([low.of, high.of]), np.concatenate([low.share, high.share])
    order = np.unique(of + share / 2.0, return_index=True)[1]
    return _Cuts(of[order], share[order])


def _rings(
    front: _Cuts, first_front: int, back: _Cuts, first_back: int, *, far: bool
) -> tuple[Ints, Ints, Ints]:
    """Rings between a front line and the back line: point numbers, ring sizes, and the block of each.

    Lines begin at the given point numbers. Every cut of the back line that a lot passes is a vertex of it;
    seen from the near side rings run anticlockwise, and so they do from the `far` side.
    """
    lot = np.flatnonzero(front.of[:-1] == front.of[1:])
    begin = np.searchsorted(back.key, front.key[lot]) + first_back
    end = np.searchsorted(back.key, front.key[lot + 1]) + first_back
    sizes = end - begin + 3  # two on the front, the rest on the back
    lot_of = np.repeat(np.arange(len(lot)), sizes)
    step = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    along = lot[lot_of] + first_front + np.where(far, 1 - step, step)
    behind = begin[lot_of] + step - 2 if far else end[lot_of] - step + 2
    return np.where(step < 2, along, behind), sizes, front.of[lot]


def _shares(rng: np.random.Generator, counts: Ints) -> Floats:
    """Cumulative shares 0..1 of each row's frontage, one row a line, padded at the end."""
    chance = rng.random((len(counts), int(counts.max())))
    widths = 0.82 + 0.34 * chance + np.where(chance > 0.9, 0.45, 0.0)  # one in ten is a wide lot
    inside = np.arange(widths.shape[1]) < counts[:, None]
    reached = np.cumsum(np.where(inside, widths, 0.0), axis=1)
    total = np.maximum(reached[:, -1:], 1e-9)
    shares = np.concatenate([np.zeros((len(counts), 1)), reached / total], axis=1)
    # Steps of centimetres: cuts of the two rows meet exactly or stay well apart.
    shares = np.round(shares * _STEPS) / _STEPS
    shares[np.arange(shares.shape[1]) == counts[:, None]] = 1.0
    return shares


def _flat(cuts: Floats, counts: Ints) -> _Cuts:
    of, place = np.nonzero(np.arange(cuts.shape[1]) <= counts[:, None])
    return _Cuts(of, cuts[of, place])


def _run(layout: Layout, rows: list[Block]) -> Floats:
    scale = layout.scale
    return np.array(
        [scale.window(scale.run_s if b.with_s else scale.run_t, b.s0, b.s1, b.t0, b.t1).mean() for b in rows]
    )


def _public_lots(layout: Layout, numbers: list[int]) -> Lots:
    rings: list[Floats] = []
    sizes: list[int] = []
    for number in numbers:
        block = layout.blocks[number]
        steps_s = max(1, int((block.s1 - block.s0) * layout.scale.run_s.mean() / _OUTLINE_STEP_M))
        steps_t = max(1, int((block.t1 - block.t0) * layout.scale.run_t.mean() / _OUTLINE_STEP_M))
        east = np.linspace(block.s0, block.s1, steps_s, endpoint=False)
        north = np.linspace(block.t0, block.t1, steps_t, endpoint=False)
        west = np.linspace(block.s1, block.s0, steps_s, endpoint=False)
        south = np.linspace(block.t1, block.t0, steps_t, endpoint=False)
        s = np.concatenate([east, np.full(steps_t, block.s1), west, np.full(steps_t, block.s0)])
        t = np.concatenate([np.full(steps_s, block.t0), north, np.full(steps_s, block.t1), south])
        rings.append(layout.patch.at(s, t))
        sizes.append(len(s))
    street = np.array([layout.blocks[number].low_street for number in numbers])
    points = np.round(np.concatenate(rings), 3).astype(np.float64)
    return Lots(points, np.concatenate([[0], np.cumsum(sizes)]), np.array(numbers), street)
