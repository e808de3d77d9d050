"""All lots of a cell at once: frontages cut at random, neighbours sharing every vertex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.demo.blocks import Block, Layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_OUTLINE_STEP_M = 12.0


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
    box = np.array([(b.t0, b.t1, b.s0, b.s1) if not b.with_s else (b.s0, b.s1, b.t0, b.t1) for b in rows])
    with_s = np.array([b.with_s for b in rows])
    two = np.array([b.rows == 2 for b in rows])
    metres = (box[:, 1] - box[:, 0]) * _run(layout, rows)
    counts = np.maximum(1, np.rint(metres / np.array([b.frontage_m for b in rows])).astype(np.int64))

    cut_low = _cuts(rng, counts)
    cut_high = _cuts(rng, np.where(two, counts, 0))
    # Where the backs meet: a slanting line, so that depths vary along the block.
    lean = rng.uniform(-0.07, 0.07, (len(rows), 2))
    back = np.where(two[:, None], 0.5 + lean, 1.0)

    low_of, low_cut = _flat(cut_low, counts)
    high_of, high_cut = _flat(cut_high, np.where(two, counts, -1))
    # The back line of a block carries the cuts of both rows.
    back_of = np.concatenate([low_of, high_of])
    back_cut = np.concatenate([low_cut, high_cut])
    order = np.unique(back_of + back_cut / 2.0, return_index=True)[1]
    back_of, back_cut = back_of[order], back_cut[order]
    back_key = back_of + back_cut / 2.0

    def place(of: Ints, cut: Floats, depth: Floats) -> Floats:
        a = box[of, 0] + (box[of, 1] - box[of, 0]) * cut
        b = box[of, 2] + (box[of, 3] - box[of, 2]) * depth
        along = with_s[of]
        return layout.patch.at(np.where(along, a, b), np.where(along, b, a))

    depth_at = back[back_of, 0] + (back[back_of, 1] - back[back_of, 0]) * back_cut
    points = np.round(
        np.concatenate(
            [
                place(low_of, low_cut, np.zeros(len(low_of))),
                place(back_of, back_cut, depth_at),
                place(high_of, high_cut, np.ones(len(high_of))),
            ]
        ),
        3,
    )
    first_back, first_high = len(low_of), len(low_of) + len(back_of)

    index, size, block, street = [], [], [], []
    for of, cut, first, ahead in ((low_of, low_cut, 0, False), (high_of, high_cut, first_high, True)):
        lot = np.flatnonzero(of[:-1] == of[1:]) if len(of) else np.empty(0, np.int64)
        begin = np.searchsorted(back_key, of[lot] + cut[lot] / 2.0) + first_back
        end = np.searchsorted(back_key, of[lot] + cut[lot + 1] / 2.0) + first_back
        number = end - begin + 3  # two on the front, the rest on the back
        at = np.repeat(np.cumsum(number) - number, number)
        step = np.arange(number.sum()) - at
        lot_of = np.repeat(np.arange(len(lot)), number)
        front = np.where(step == 0, lot[lot_of], lot[lot_of] + 1) + first
        if ahead:  # front seen from the far side: backs first, to stay anticlockwise
            front = np.where(step == 0, lot[lot_of] + 1, lot[lot_of]) + first
            index.append(np.where(step < 2, front, begin[lot_of] + step - 2))
        else:
            index.append(np.where(step < 2, front, end[lot_of] - step + 2))
        size.append(number)
        block.append(of[lot])
        street.append(np.array([b.high_street if ahead else b.low_street for b in rows])[of[lot]])
    sizes, of_block = np.concatenate(size), np.concatenate(block)
    start = np.concatenate([[0], np.cumsum(sizes)])
    ring = np.concatenate(index)
    # Rows that run with t see the plane mirrored: turn their rings round.
    mirrored = np.repeat(~with_s[of_block], sizes)
    position = np.arange(len(ring))
    turned = np.repeat(start[:-1] + start[1:] - 1, sizes) - position
    ring = ring[np.where(mirrored, turned, position)]
    return Lots(points[ring], start, numbers[of_block], np.concatenate(street))


def _cuts(rng: np.random.Generator, counts: Ints) -> Floats:
    """Cumulative shares 0..1 of each row's frontage, one row a line, padded at the end."""
    chance = rng.random((len(counts), int(counts.max())))
    widths = 0.82 + 0.34 * chance + np.where(chance > 0.9, 0.45, 0.0)  # one in ten is a wide lot
    inside = np.arange(widths.shape[1]) < counts[:, None]
    reached = np.cumsum(np.where(inside, widths, 0.0), axis=1)
    total = np.maximum(reached[:, -1:], 1e-9)
    shares = np.concatenate([np.zeros((len(counts), 1)), reached / total], axis=1)
    last = np.arange(shares.shape[1]) == counts[:, None]
    shares[last] = 1.0
    return shares


def _flat(cuts: Floats, counts: Ints) -> tuple[Ints, Floats]:
    used = np.arange(cuts.shape[1]) <= counts[:, None]
    of, place = np.nonzero(used)
    return of, cuts[of, place]


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
