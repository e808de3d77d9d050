"""One polygon out of what a file holds, or a refusal that lists what there is to choose from."""

from itertools import combinations

import shapely
from shapely import Polygon

from etl.footprints.outline import PARAMETER, Held, Outline, refuse
from gis_platform.folding import fold
from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_area
from layers.permits.size import require_building
from layers.planning.asking.drawing import MOST_POSITIONS, require_size
from layers.planning.tolerance import TOLERANCE_M2

_MOST_LISTED = 10
#: Parts of a building that are drawn edge to edge may miss each other by so much, in metres.
_SAME_EDGE_M = 0.01


def require_areas(held: Held) -> None:
    """Raises BadParameter with what is there instead, where no area is."""
    if held.outlines:
        return
    there = "; ".join(each.vi for each in held.left[:_MOST_LISTED])
    there_en = "; ".join(each.en for each in held.left[:_MOST_LISTED])
    vi, en = (f" Trong tệp có: {there}.", f" In the file: {there_en}.") if there else ("", "")
    refuse(
        Text(
            f"Không có đường khép kín hay vùng nào trong tệp ({held.form.vi}).{vi} Hãy vẽ đường bao công "
            "trình "
            "thành một đường khép kín rồi gửi lại.",
            f"There is no closed line or area in the file ({held.form.en}).{en} Draw the outline of the "
            "building as "
            "one closed line and send it again.",
        )
    )


def of_layer(held: Held, layer: str | None) -> None:
    """Leave the outlines of one layer alone, where one is asked for. Raises BadParameter where it has "
    "none."""
    if layer is None:
        return
    kept = [one for one in held.outlines if fold(one.layer) == fold(layer)]
    if not kept:
        known = ", ".join(sorted({one.layer for one in held.outlines if one.layer})) or "–"
        refuse(
            Text(
                f"Lớp “{layer}” không có đường khép kín nào. Các lớp có: {known}.",
                f"On layer “{layer}” there is no closed line. Layers that have some: {known}.",
            )
        )
    held.outlines = kept


def one_of(held: Held, outlines: list[Outline]) -> Polygon:
    """The footprint in metres of the working grid; what was done to it is added to the notices."""
    if len(outlines) == 1:
        chosen = outlines[0].shape
        _require_sound(outlines[0])
    else:
        chosen = _joined(outlines)
        held.notices.append(
            Text(
                f"{len(outlines)} phần liền nhau được ghép thành một công trình.",
                f"{len(outlines)} parts that adjoin were put together as one building.",
            )
        )
    assert isinstance(chosen, Polygon)  # noqa: S101  # one part, by here
    positions = shapely.get_num_coordinates(chosen)
    if positions > MOST_POSITIONS:
        refuse(
            Text(
                f"Đường bao có {positions} điểm; tối đa {MOST_POSITIONS}. Hãy vẽ đơn giản hơn.",
                f"The outline has {positions} positions, at most {MOST_POSITIONS} are taken. Draw it more "
                "simply.",
            )
        )
    require_size(chosen.area, PARAMETER, "en")
    require_building(chosen.area, PARAMETER, "en")
    if any(one.rounded for one in outlines):
        held.notices.append(_ROUNDED)
    if any(one.raised for one in outlines):
        held.notices.append(_RAISED)
    if chosen.interiors:
        held.notices.append(
            Text(
                f"Công trình có {len(chosen.interiors)} khoảng trống bên trong (sân, giếng trời), không "
                "tính vào "
                "diện tích xây dựng.",
                f"The building has {len(chosen.interiors)} openings inside (courts), which are not counted.",
            )
        )
    return chosen


def _require_sound(outline: Outline) -> None:
    if shapely.is_valid(outline.shape):
        return
    if outline.shape.area < TOLERANCE_M2 and shapely.area(shapely.convex_hull(outline.shape)) < 0.01:
        require_size(0.0, PARAMETER, "en")
    where = shapely.is_valid_reason(outline.shape).partition("[")[2].rstrip("]")
    vi, en = (f" gần vị trí {where}", f" near {where}") if where else ("", "")
    refuse(
        Text(
            f"Đường bao ({outline.called.vi}) tự cắt nhau hoặc chồng lên nhau{vi} (mét của lưới thành "
            "phố). Hãy vẽ "
            "lại theo một vòng quanh công trình.",
            f"The outline ({outline.called.en}) crosses or covers itself{en} (metres of the city's grid). "
            "Draw it "
            "again, once around the building.",
        )
    )


def _joined(outlines: list[Outline]) -> Polygon:
    """Parts that adjoin along an edge are one building; parts apart, or one in another, are not."""
    shapes = [one.shape for one in outlines]
    if len(shapes) > _MOST_LISTED or not all(shapely.is_valid(shape) for shape in shapes):
        _refuse_several(outlines)
    if any(a.intersection(b).area > TOLERANCE_M2 for a, b in combinations(shapes, 2)):
        _refuse_several(outlines)
    grown = [shape.buffer(_SAME_EDGE_M, join_style="mitre") for shape in shapes]
    together = shapely.union_all(grown).buffer(-_SAME_EDGE_M, join_style="mitre")
    if (
        not isinstance(together, Polygon)
        or together.area < sum(shape.area for shape in shapes) - TOLERANCE_M2
    ):
        _refuse_several(outlines)
    return together


def _refuse_several(outlines: list[Outline]) -> None:
    most_first = sorted(outlines, key=lambda one: -one.shape.area)[:_MOST_LISTED]
    vi = "; ".join(f"{one.called.vi} ({format_area(one.shape.area)})" for one in most_first)
    en = "; ".join(f"{one.called.en} ({one.shape.area:.1f} m²)" for one in most_first)
    left = len(outlines) - len(most_first)
    more_vi, more_en = (f"; và {left} vùng khác", f"; and {left} more") if left else ("", "")
    layers = sorted({one.layer for one in outlines if one.layer})
    pick = Text("", "")
    if len(layers) > 1:
        pick = Text(
            f" Có thể chọn lớp của công trình bằng layer=, ví dụ layer={layers[0]}.",
            f" The layer of the building can be chosen with layer=, such as layer={layers[0]}.",
        )
    refuse(
        Text(
            f"Tệp có {len(outlines)} vùng rời nhau hoặc chồng lên nhau, không rõ vùng nào là công trình: "
            f"{vi}{more_vi}. "
            f"Hãy chỉ giữ đường bao của một công trình rồi gửi lại.{pick.vi}",
            f"The file has {len(outlines)} areas apart or over each other, and which is the building is "
            "not clear: "
            f"{en}{more_en}. Keep the outline of one building alone and send it again.{pick.en}",
        ),
        layers=layers,
    )


_ROUNDED = Text(
    "Cung tròn được thay bằng các đoạn thẳng ngắn, nên diện tích có thể nhỏ hơn thực tế dưới 0,1 %.",
    "Arcs are drawn as short lines, so that the area may come out less than 0.1 % too small.",
)
_RAISED = Text(
    "Cao độ trong tệp được bỏ qua; chiều cao công trình nhập riêng.",
    "Heights in the file are left out; the height of the building is given by itself.",
)
