"""What makes a drawing a map: frame, crosses of the grid with their numbers, scale bar, north."""

import math

import shapely
from shapely.geometry.base import BaseGeometry

from web_map.extract.map.frame import HEIGHT_MM, WIDTH_MM, Frame
from web_map.extract.map.ink import text
from web_map.extract.saying import Saying
from web_map.style.palette import HALO, TEXT

_SOFT = "#5c5449"
_NORTH_X, _NORTH_Y = WIDTH_MM - 9.0, 11.0
_BAR_Y = HEIGHT_MM - 9.0
_ARM = 1.2


def taken(frame: Frame) -> list[BaseGeometry]:
    """The room of the north arrow and of the scale bar, in millimetres."""
    bar = shapely.box(6, _BAR_Y - 5, 14 + frame.millimetres(frame.bar_m) + 8, HEIGHT_MM - 4)
    return [shapely.box(_NORTH_X - 5, _NORTH_Y - 8, _NORTH_X + 5, _NORTH_Y + 8), bar]


def furniture(frame: Frame, say: Saying) -> str:
    """All of it, to lie above the map."""
    edge = f'<rect x="0.15" y="0.15" width="{WIDTH_MM - 0.3}" height="{HEIGHT_MM - 0.3}" fill="none"'
    return f'{_grid(frame, say)}{_bar(frame, say)}{_north(say)}{edge} stroke="{TEXT}" stroke-width="0.3"/>'


def _grid(frame: Frame, say: Saying) -> str:
    west, south, east, north = frame.bounds
    step = frame.grid_step
    columns = range(math.ceil(west / step) * step, math.floor(east) + 1, step)
    rows = range(math.ceil(south / step) * step, math.floor(north) + 1, step)
    crosses = "".join(_cross(frame.x(e), frame.y(n)) for e in columns for n in rows)
    ticks = "".join(f"M{frame.x(e):.2f} 0v1.6M{frame.x(e):.2f} {HEIGHT_MM}v-1.6" for e in columns)
    ticks += "".join(f"M0 {frame.y(n):.2f}h1.6M{WIDTH_MM} {frame.y(n):.2f}h-1.6" for n in rows)
    numbers = [
        text(frame.x(e), 3.0, say.fixed(e, 0), 5.5, colour=_SOFT)
        for e in columns
        if 12 < frame.x(e) < WIDTH_MM - 24
    ]
    numbers += [
        text(3.0, frame.y(n), say.fixed(n, 0), 5.5, colour=_SOFT, turned=-90)
        for n in rows
        if 12 < frame.y(n) < HEIGHT_MM - 24
    ]
    return f'<path d="{crosses}{ticks}" fill="none" stroke="{TEXT}" stroke-width="0.15"/>{"".join(numbers)}'


def _cross(x: float, y: float) -> str:
    return f"M{x - _ARM:.2f} {y:.2f}h{2 * _ARM}M{x:.2f} {y - _ARM:.2f}v{2 * _ARM}"


def _bar(frame: Frame, say: Saying) -> str:
    length = frame.millimetres(frame.bar_m)
    left, quarter = 10.0, length / 4
    place = f'x="6" y="{_BAR_Y - 5}" width="{length + 16:.2f}" height="9.4" rx="0.8"'
    ground = f'<rect {place} fill="{HALO}" fill-opacity="0.9"/>'
    boxes = "".join(
        f'<rect x="{left + i * quarter:.2f}" y="{_BAR_Y}" width="{quarter:.2f}" height="1.3" '
        f'fill="{TEXT if i % 2 == 0 else "#ffffff"}" stroke="{TEXT}" stroke-width="0.15"/>'
        for i in range(4)
    )
    marks = [
        text(left + share * length, _BAR_Y - 2.2, words, 6, halo=0)
        for share, words in (
            (0, "0"),
            (0.5, say.plain(frame.bar_m / 2)),
            (1, f"{say.plain(frame.bar_m)} m"),
        )
    ]
    return ground + boxes + "".join(marks)


def _north(say: Saying) -> str:
    x, y = _NORTH_X, _NORTH_Y
    left = f'<path d="M{x} {y - 4}L{x - 2.2} {y + 4}L{x} {y + 2.2}Z" fill="{TEXT}"/>'
    right = f'<path d="M{x} {y - 4}L{x + 2.2} {y + 4}L{x} {y + 2.2}Z" fill="#ffffff"/>'
    edge = f'<path d="M{x} {y - 4}L{x + 2.2} {y + 4}L{x} {y + 2.2}L{x - 2.2} {y + 4}Z" fill="none"'
    halo = f'<circle cx="{x}" cy="{y - 0.6}" r="7" fill="{HALO}" fill-opacity="0.85"/>'
    drawn = f'{halo}{right}{left}{edge} stroke="{TEXT}" stroke-width="0.2" stroke-linejoin="round"/>'
    return drawn + text(x, y - 5.6, say("map.north"), 7, weight=600, halo=0)
