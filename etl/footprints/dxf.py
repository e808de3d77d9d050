"""Areas of a drawing: closed lines, circles and hatches of the model, read as drafts of plans are."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from etl.delivery.faults import Faults
from etl.delivery.receive import receive
from etl.delivery.source import open_source
from etl.drafts.elements import Elements, read_elements
from etl.drafts.left import is_frame
from etl.drafts.missed import entities_missed, pairs
from etl.footprints.outline import Held, Outline, refuse
from gis_platform.errors import DeliveryRefused
from gis_platform.layer.text import Text

_FORM = Text("bản vẽ DXF", "a DXF drawing")
_ROUND = frozenset({"Circle", "Ellipse", "Arc", "Spline"})
_LINES, _POINTS, _COLLECTION = (1, 5), (0, 4), 7
_MM = 1e-3
#: Kinds of things that a refusal tells of, one by one.
_MOST_TOLD = 6


@dataclass(slots=True)
class _Codes:
    """By handle: lines with bulges, and lines with heights."""

    bulged: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)


def read_dxf(path: Path, timezone: str) -> Held:
    """All areas of the model space. Raises BadParameter where the drawing cannot be read."""
    try:
        file = receive(path)
        found = read_elements(open_source(file, None, None), None, timezone, Faults(file.name))
    except DeliveryRefused as fault:
        empty = any(finding.code == "empty_file" for finding in fault.extra.get("findings", ()))
        missed = _missed(path, frozenset())
        if empty and missed:
            return Held(_FORM, left=missed)
        refuse(_NOTHING if empty else _DAMAGED)
    held = Held(_FORM)
    codes = _codes(path)
    frames = np.array([is_frame(layer) for layer in found.layers], bool)
    areas = np.flatnonzero(found.are_areas & ~found.on_paper & ~frames)
    seen: set[bytes] = set()
    for at in areas.tolist():
        for part in shapely.get_parts(shapely.force_2d(found.shapes[at])).tolist():
            key = _key(part)
            if key in seen:
                continue
            seen.add(key)
            held.outlines.append(_outline(found, at, part, codes))
    held.left += _left(found, frames)
    held.left += _missed(path, frozenset(found.names))
    return held


def _missed(path: Path, read: frozenset[str]) -> list[Text]:
    kinds = Counter(each.kind for each in entities_missed(path, read))
    return [
        Text(f"{count} đối tượng {kind[:40]} không đọc được", f"{count} {kind[:40]} that cannot be read")
        for kind, count in kinds.most_common(_MOST_TOLD)
    ]


def _key(part: shapely.geometry.base.BaseGeometry) -> bytes:
    """A hatch and its edge, or a line drawn twice, are one area."""
    bounds = np.array(part.bounds)
    if not np.isfinite(bounds).all() or np.abs(bounds).max() > 1e9:
        return bytes(shapely.to_wkb(part))
    return bytes(shapely.to_wkb(shapely.normalize(shapely.set_precision(part, _MM, mode="pointwise"))))


def _outline(found: Elements, at: int, part: shapely.Polygon, codes: _Codes) -> Outline:
    name, layer = found.names[at], found.layers[at]
    return Outline(
        part,
        layer,
        Text(f"đối tượng {name} trên lớp {layer}", f"entity {name} on layer {layer}"),
        rounded=found.kinds[at] in _ROUND or name in codes.bulged,
        raised=name in codes.raised,
    )


def _codes(path: Path) -> _Codes:
    """What GDAL does not tell: bulges (42) and heights (30, 38), of a line itself or of its vertices."""
    codes, kind, line = _Codes(), "", ""
    for code, value in pairs(path):
        if code == "0":
            kind = value
        elif code == "5" and kind in ("LWPOLYLINE", "POLYLINE"):
            line = value
        elif kind in ("LWPOLYLINE", "VERTEX", "POLYLINE") and _is_figure(value):
            if code == "42" and kind != "POLYLINE":
                codes.bulged.add(line)
            elif code in ("30", "38"):
                codes.raised.add(line)
    return codes


def _is_figure(value: str) -> bool:
    try:
        return float(value) != 0
    except ValueError:
        return False


def _left(found: Elements, frames: np.ndarray) -> list[Text]:
    """What is no area, kind by kind, so that a drawing without one tells why."""
    types = shapely.get_type_id(found.shapes)
    on_paper, frame = int(found.on_paper.sum()), int((frames & found.are_areas & ~found.on_paper).sum())
    here = ~found.on_paper
    texts = int((found.are_texts & here).sum())
    points = int((np.isin(types, _POINTS) & ~found.are_texts & here).sum())
    blocks = int(((types == _COLLECTION) & here).sum())
    told = [_open(found, np.flatnonzero(np.isin(types, _LINES) & here).tolist())]
    for count, vi, en in (
        (blocks, "khối (block); hãy phá khối bằng lệnh EXPLODE", "blocks; explode them"),
        (texts, "chữ", "texts"),
        (points, "điểm", "points"),
        (frame, "vùng trên lớp khung", "areas on layers of frames"),
        (on_paper, "đối tượng trên trang in (layout)", "entities on a printed sheet (layout)"),
    ):
        if count:
            told.append(Text(f"{count} {vi}", f"{count} {en}"))
    return [each for each in told if each is not None]


def _open(found: Elements, lines: list[int]) -> Text | None:
    if not lines:
        return None
    finite = [one for one in lines if np.isfinite(_gap(found, one))]
    if not finite:
        return Text(
            f"{len(lines)} đường có toạ độ không phải là số",
            f"{len(lines)} lines whose coordinates are no numbers",
        )
    at = min(finite, key=lambda one: _gap(found, one))
    gap = f"{_gap(found, at):.2f}"
    layer = found.layers[at]
    return Text(
        f"{len(lines)} đường chưa khép kín (gần khép nhất trên lớp {layer}, hai đầu cách "
        f"{gap.replace('.', ',')} "
        "đơn vị bản vẽ); hãy nối lại bằng lệnh PEDIT, chọn Join rồi Close",
        f"{len(lines)} lines that are not closed (the nearest to it on layer {layer}, its ends {gap} units "
        "apart); "
        "join them with PEDIT, Join, then Close",
    )


def _gap(found: Elements, at: int) -> float:
    corners = shapely.get_coordinates(found.shapes[at])
    return float(np.hypot(*(corners[0] - corners[-1]))) if len(corners) else 0.0


_NOTHING = Text(
    "Bản vẽ không có đối tượng nào. Hãy kiểm tra lại tệp đã lưu.",
    "There is nothing in the drawing. Look at the file that was saved.",
)
_DAMAGED = Text(
    "Tệp bắt đầu như bản vẽ DXF nhưng không đọc được: có thể bị hỏng hoặc cắt ngang. Hãy lưu lại (Save As, "
    "loại "
    "DXF) rồi gửi lại.",
    "The file begins like a DXF drawing and cannot be read: it may be damaged or cut off. Save it anew "
    "(Save As, "
    "type DXF) and send that.",
)
