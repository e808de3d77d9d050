"""SVG written for the map: shapes as paths and texts, in millimetres of paper."""

from collections.abc import Iterator
from html import escape

import shapely
from shapely.geometry.base import BaseGeometry

from web_map.extract.map.frame import Frame
from web_map.style.palette import FONT, HALO, TEXT

MM_PER_POINT = 0.3528


def path(frame: Frame, shape: BaseGeometry, look: str) -> str:
    """A path of a shape; holes stay open. Nothing for an empty shape."""
    drawn = "".join(_ring(frame, line, closed) for line, closed in _lines(shape))
    return f'<path d="{drawn}" fill-rule="evenodd" {look}/>' if drawn else ""


def text(
    x: float,
    y: float,
    words: str,
    points: float,
    *,
    colour: str = TEXT,
    weight: int = 400,
    turned: float = 0,
    halo: float = 0.6,
) -> str:
    """A text around ``x``, ``y``, with a halo in the colour of the paper; ``turned`` degrees clockwise."""
    size = points * MM_PER_POINT
    turn = f' transform="rotate({turned:.2f} {x:.2f} {y:.2f})"' if turned else ""
    look = f'font-family="{FONT}" font-size="{size:.3f}" font-weight="{weight}" text-anchor="middle"'
    place = f'<text x="{x:.2f}" y="{y + size * 0.36:.2f}" {look}{turn}'
    inked = f'{place} fill="{colour}">{escape(words)}</text>'
    if not halo:
        return inked
    # Twice, since a halo in one text with its letters covers parts of the letters beside.
    edge = f'fill="none" stroke="{HALO}" stroke-width="{halo}" stroke-linejoin="round"'
    return f"{place} {edge}>{escape(words)}</text>{inked}"


def width_of(words: str, points: float) -> float:
    """About how many millimetres a text takes."""
    return len(words) * points * MM_PER_POINT * 0.58


def _lines(shape: BaseGeometry) -> Iterator[tuple[BaseGeometry, bool]]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield part.exterior, True
            for hole in part.interiors:
                yield hole, True
        elif part.geom_type in ("LineString", "LinearRing"):
            yield part, False
        elif part.geom_type.startswith(("Multi", "Geometry")):
            yield from _lines(part)


def _ring(frame: Frame, line: BaseGeometry, closed: bool) -> str:
    points = shapely.get_coordinates(line)
    written = "L".join(f"{frame.x(e):.2f} {frame.y(n):.2f}" for e, n in points[: -1 if closed else None])
    return f"M{written}{'Z' if closed else ''}"
