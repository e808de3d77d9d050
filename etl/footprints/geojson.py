"""Areas of a GeoJSON file, wherever in it they stand."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from shapely import Polygon

from etl.footprints.outline import Held, Outline, refuse
from gis_platform.geometry.crs import WGS84
from gis_platform.layer.text import Text

MOST_POSITIONS = 50_000
_FORM = Text("GeoJSON", "GeoJSON")
_EPSG = re.compile(r"EPSG:{1,2}(?:[0-9.]*:)?([0-9]{4,6})\Z", re.IGNORECASE)
_LONE = re.compile("[\ud800-\udfff]")
_SHAPES = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})
_NAMES = ("name", "ten", "Name", "Layer", "id")


def read_geojson(content: bytes) -> Held:
    """All areas. Raises BadParameter where the text is no GeoJSON, or holds figures that are none."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        refuse(_TOO_DEEP)
    except UnicodeDecodeError:
        refuse(_NOT_UTF8)
    except ValueError as fault:
        refuse(_not_json(getattr(fault, "lineno", None)))
    if not isinstance(told, dict) or told.get("type") not in {*_SHAPES, *_HOLDERS}:
        refuse(_NO_GEOJSON)
    held = Held(_FORM, srid=_declared(told.get("crs")))
    budget = [MOST_POSITIONS]
    for number, (shape, called) in enumerate(_shapes(told), start=1):
        if shape["type"] not in ("Polygon", "MultiPolygon"):
            held.left.append(_no_area(number, str(shape["type"])))
            continue
        polygons = [shape.get("coordinates")] if shape["type"] == "Polygon" else shape.get("coordinates")
        for polygon in polygons if isinstance(polygons, list) else [None]:
            rings, raised = _rings(polygon, number, budget)
            held.outlines.append(
                Outline(Polygon(rings[0], rings[1:]), "", _called(number, called), raised=raised)
            )
    return held


_HOLDERS = ("FeatureCollection", "Feature", "GeometryCollection")


def _shapes(told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Each geometry with the name of its feature; what is none of GeoJSON's kinds is passed over."""
    waiting: list[tuple[Any, str | None]] = [(told, None)]
    while waiting:
        one, called = waiting.pop(0)
        kind = one.get("type") if isinstance(one, dict) else None
        if kind == "Feature":
            waiting.insert(0, (one.get("geometry"), _name(one)))
        elif kind in ("FeatureCollection", "GeometryCollection"):
            inner = one.get("features" if kind == "FeatureCollection" else "geometries")
            waiting[:0] = [(each, called) for each in inner] if isinstance(inner, list) else []
        elif kind in _SHAPES:
            yield one, called


def _name(feature: dict[str, Any]) -> str | None:
    properties = feature.get("properties")
    told = properties if isinstance(properties, dict) else {}
    named = next((told[name] for name in _NAMES if isinstance(told.get(name), str) and told[name]), None)
    # A lone surrogate can be written in JSON, and sent to nobody.
    return _LONE.sub("\N{REPLACEMENT CHARACTER}", named[:40]) if named else None


def _rings(polygon: Any, number: int, budget: list[int]) -> tuple[list[list[tuple[float, float]]], bool]:
    if not isinstance(polygon, list) or not polygon:
        refuse(_broken(number))
    raised = False
    rings = []
    for ring in polygon:
        if not isinstance(ring, list):
            refuse(_broken(number))
        budget[0] -= len(ring)
        if budget[0] < 0:
            refuse(_TOO_MANY)
        places = []
        for at in ring:
            if not isinstance(at, list) or not 2 <= len(at) <= 4 or not all(map(_is_number, at)):
                refuse(_broken(number))
            raised = raised or (len(at) > 2 and at[2] != 0)
            places.append((float(at[0]), float(at[1])))
        if len(set(places)) < 3:
            refuse(_too_few(number))
        rings.append(places)
    return rings, raised


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e15 if isinstance(value, int) else math.isfinite(value)


def _declared(crs: Any) -> int | None:
    """The old member ``crs``, which programs still write; without it the standard says WGS 84."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = _EPSG.search(name[:80]) if isinstance(name, str) else None
    return int(found[1]) if found is not None else WGS84


def _called(number: int, called: str | None) -> Text:
    name = f" “{called}”" if called else ""
    return Text(f"đối tượng thứ {number}{name}", f"feature {number}{name}")


def _no_area(number: int, kind: str) -> Text:
    return Text(
        f"đối tượng thứ {number} là {kind}, không phải vùng", f"feature {number} is a {kind} and no area"
    )


def _broken(number: int) -> Text:
    return Text(
        f"Đối tượng thứ {number}: toạ độ không đúng dạng GeoJSON. Hãy xuất lại tệp từ phần mềm bản đồ.",
        f"Feature {number}: its coordinates are not in the form of GeoJSON. Save the file anew from your "
        "program.",
    )


def _too_few(number: int) -> Text:
    return Text(
        f"Đối tượng thứ {number} có ít hơn 3 điểm khác nhau, không tạo thành vùng. Hãy vẽ lại.",
        f"Feature {number} has fewer than 3 different positions and encloses nothing. Draw it again.",
    )


def _not_json(line: int | None) -> Text:
    vi, en = (f" (dòng {line})", f" (line {line})") if line else ("", "")
    return Text(
        f"Tệp bắt đầu như GeoJSON nhưng không đọc được{vi}: có thể bị cắt ngang. Hãy xuất lại rồi gửi lại.",
        f"The file begins like GeoJSON and cannot be read{en}: it may be cut off. Save it anew and send "
        "that.",
    )


_NOT_UTF8 = Text(
    "Tệp GeoJSON không ở mã hoá UTF-8. Hãy lưu lại bằng UTF-8.",
    "The GeoJSON is not in UTF-8. Save it in UTF-8.",
)
_TOO_DEEP = Text(
    "Tệp lồng quá nhiều cấp, không phải GeoJSON của một công trình.",
    "The file is nested too deep to be the GeoJSON of a building.",
)
_NO_GEOJSON = Text(
    "Tệp là JSON nhưng không phải GeoJSON. Hãy xuất đường bao công trình ra GeoJSON (FeatureCollection, "
    "Feature "
    "hoặc Polygon).",
    "The file is JSON but no GeoJSON. Save the outline of the building as GeoJSON (FeatureCollection, "
    "Feature or "
    "Polygon).",
)
_TOO_MANY = Text(
    f"Tệp có hơn {MOST_POSITIONS} điểm. Hãy chỉ giữ đường bao của công trình.",
    f"The file has more than {MOST_POSITIONS} positions. Keep the outline of the building alone.",
)
