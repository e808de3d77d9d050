"""The drawing on a permit: lot and building, north up, with a scale bar, as SVG in millimetres."""

import json
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.vietnamese_numbers import format_number

WIDTH_MM, HEIGHT_MM = 62.0, 58.0
_EDGE_MM = 5.0
#: Below the drawing, for the scale bar.
_FOOT_MM = 8.0
_BARS_M = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_INK, _LOT, _BUILT = "#2b2722", "#fbf7ee", "#7a4f8a"


def drawing_svg(content: Mapping[str, Any]) -> str | None:
    """Of a paper's ``lot`` and ``footprint``, GeoJSON in metres; None where there is no building."""
    built = _shape(content.get("footprint"))
    if built is None or built.is_empty:
        return None
    lot = _shape(content.get("lot"))
    west, south, east, north = (built if lot is None else shapely.union(built, lot)).bounds
    wide, high = WIDTH_MM - 2 * _EDGE_MM, HEIGHT_MM - 2 * _EDGE_MM - _FOOT_MM
    per_metre = min(wide / max(east - west, 0.1), high / max(north - south, 0.1))
    left = (WIDTH_MM - (east - west) * per_metre) / 2
    top = _EDGE_MM + (high - (north - south) * per_metre) / 2

    def placed(x: float, y: float) -> str:
        return f"{left + (x - west) * per_metre:.2f} {top + (north - y) * per_metre:.2f}"

    def path(shape: BaseGeometry) -> str:
        rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
        return "".join(f"M{'L'.join(placed(*corner) for corner in ring.coords)}Z" for ring in rings)

    drawn = ""
    if lot is not None:
        drawn += f'<path d="{path(lot)}" fill="{_LOT}" stroke="{_INK}" stroke-width="0.35"/>'
    drawn += (
        f'<path d="{path(built)}" fill="{_BUILT}" fill-opacity="0.35" fill-rule="evenodd" stroke="{_BUILT}" '
        'stroke-width="0.4"/>'
    )
    size = f'viewBox="0 0 {WIDTH_MM:g} {HEIGHT_MM:g}" width="{WIDTH_MM:g}mm" height="{HEIGHT_MM:g}mm"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}{_bar(per_metre)}{_north()}</svg>'


def _bar(per_metre: float) -> str:
    metres = max((m for m in _BARS_M if m * per_metre <= WIDTH_MM / 2), default=_BARS_M[0])
    length, y = metres * per_metre, HEIGHT_MM - 3.5
    half = length / 2
    return (
        f'<rect x="{_EDGE_MM}" y="{y}" width="{half:.2f}" height="1.1" fill="{_INK}"/>'
        f'<rect x="{_EDGE_MM}" y="{y}" width="{length:.2f}" height="1.1" fill="none" stroke="{_INK}" '
        f'stroke-width="0.2"/>{_text(_EDGE_MM, y - 1, "0")}'
        f"{_text(_EDGE_MM + length, y - 1, f'{format_number(metres)} m')}"
    )


def _north() -> str:
    x, y = WIDTH_MM - 5.0, 7.0
    arrow = f"M{x} {y - 4}L{x - 1.6} {y + 2}L{x} {y + 0.8}L{x + 1.6} {y + 2}Z"
    return f'<path d="{arrow}" fill="{_INK}"/>{_text(x, y + 5, "B")}'


def _text(x: float, y: float, words: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Be Vietnam Pro" font-size="2.4" text-anchor="middle" '
        f'fill="{_INK}">{words}</text>'
    )


def _shape(geojson: Any) -> BaseGeometry | None:
    if not geojson:
        return None
    return shapely.from_geojson(json.dumps(geojson))
