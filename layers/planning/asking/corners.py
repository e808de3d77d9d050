"""Corner points from a certificate as ground: in the right grid, in the right columns, once around."""

from typing import NoReturn

import numpy as np
from shapely import LineString, Polygon, STRtree

from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import VN2000_GEOGRAPHIC, VN2000_SRIDS, transform_coordinates
from gis_platform.geometry.envelope import MARGIN, Bounds, Verdict, envelope_in, guess_axis_swap
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_number
from layers.planning.asking.drawing import require_size
from layers.planning.asking.grids import grid_told
from layers.planning.asking.question import Ground
from layers.planning.asking.refusing import refusal
from layers.references.corner_table import BadTable, Corner, read_corner_table, rows_without_corner

# A table closes by its first point again; this near it is the same point.
_SAME_M = 0.001
# UTM zones are for maps of the country: no certificate is in them.
_OF_SMALL_SCALE = (3405, 3406)
_MOST_SHOWN = 5


def ground_of_corners(text: str, crs: int | None, city: City, language: Language) -> Ground:
    """The ground within the corners, moved from the grid ``crs`` into the working grid.

    Raises:
        BadParameter: a row cannot be read, lies in another grid or has its columns swapped, or the sides
            cross; the detail names the row and what to try, ``row`` is its number.
    """
    srid = city.working_srid if crs is None else _grid(crs, city, language)
    try:
        written = read_corner_table(text)
    except BadTable as fault:
        _refuse(fault.told, language, fault.row)
    _require_in_grid(written, srid, city, language)
    corners = _once_around(written)
    if len(corners) < 3:
        _refuse(_too_few(len(corners), rows_without_corner(text, written)), language)
    xy = np.array([(corner.y, corner.x) for corner in corners])
    _require_plain(corners, Polygon(xy), language)
    moved = Polygon(transform_coordinates(xy, srid, city.working_srid))
    require_size(moved.area, "corners", language)
    if not moved.is_valid:
        _refuse(_TOUCHES_ITSELF, language)
    return Ground(moved, city.working_srid, "corners")


def _grid(crs: int, city: City, language: Language) -> int:
    if crs == city.working_srid or (crs in VN2000_SRIDS and crs != VN2000_GEOGRAPHIC):
        return crs
    told = Text(
        f"EPSG:{crs} không phải là lưới chiếu VN-2000. Ví dụ: 9210 (kinh tuyến trục 105°45'), "
        "5897 (kinh tuyến trục 105°00').",
        f"EPSG:{crs} is no grid of VN-2000. Such are 9210 (meridian 105°45') and 5897 (105°00').",
    )
    raise refusal(BadParameter, told, language, parameter="crs")


def _once_around(corners: list[Corner]) -> list[Corner]:
    """Without points that stand where the one before stands, and without the first point at the end."""
    kept = [c for i, c in enumerate(corners) if i == 0 or not _same(c, corners[i - 1])]
    return kept[:-1] if len(kept) > 1 and _same(kept[0], kept[-1]) else kept


def _same(one: Corner, other: Corner) -> bool:
    return abs(one.x - other.x) < _SAME_M and abs(one.y - other.y) < _SAME_M


def _require_in_grid(corners: list[Corner], srid: int, city: City, language: Language) -> None:
    """First each row by itself, so that one mistyped row is named; where none fits, the grid is in doubt."""
    box = envelope_in(srid, city.envelope.as_tuple())
    strayed = [corner for corner in corners if not _within(corner.y, corner.x, box)]
    if not strayed:
        return
    if len(strayed) < len(corners):
        _refuse(_strayed(strayed[0], box), language, strayed[0].row)
    bounds = (
        min(c.y for c in corners),
        min(c.x for c in corners),
        max(c.y for c in corners),
        max(c.x for c in corners),
    )
    found = guess_axis_swap(bounds, city.envelope.as_tuple(), srid)
    row = strayed[0].row
    if found.verdict is Verdict.SWAPPED_AXES:
        _refuse(_swapped(row), language, row)
    if found.verdict is Verdict.OTHER_CRS:
        fitting = (grid for grid in found.likely_srids if grid in VN2000_SRIDS - {VN2000_GEOGRAPHIC})
        grids = sorted(fitting, key=lambda candidate: candidate in _OF_SMALL_SCALE)[:3]
        if grids:
            _refuse(_other_grid(row, srid, grids, found.swapped), language, row)
        _refuse(_DEGREES, language, row)
    _refuse(_outside(row, box), language, row)


def _within(x: float, y: float, box: Bounds) -> bool:
    across, up = (box[2] - box[0]) * MARGIN, (box[3] - box[1]) * MARGIN
    return box[0] - across <= x <= box[2] + across and box[1] - up <= y <= box[3] + up


def _require_plain(corners: list[Corner], ring: Polygon, language: Language) -> None:
    """Raises BadParameter, with the rows, where two sides cross."""
    if ring.is_valid:
        return
    ends = [*corners[1:], corners[0]]
    sides = [LineString([(a.y, a.x), (b.y, b.x)]) for a, b in zip(corners, ends, strict=True)]
    count = len(sides)
    for one, other in sorted(map(tuple, STRtree(sides).query(sides, predicate="intersects").T.tolist())):
        apart = (other - one) % count
        if one < other and 1 < apart < count - 1:
            rows = (corners[one].row, ends[one].row, corners[other].row, ends[other].row)
            _refuse(_crossing(*rows), language, rows[2])
    _refuse(_TOUCHES_ITSELF, language)


def _too_few(count: int, unread: list[tuple[int, str]]) -> Text:
    rows_vi = "; ".join(f"dòng {row} “{line}”" for row, line in unread[:_MOST_SHOWN])
    rows_en = "; ".join(f"row {row} “{line}”" for row, line in unread[:_MOST_SHOWN])
    left = len(unread) - _MOST_SHOWN
    more_vi, more_en = (f" và {left} dòng nữa", f" and {left} more") if left > 0 else ("", "")
    unread_vi = f" Không đọc được thành điểm: {rows_vi}{more_vi}." if unread else ""
    unread_en = f" No points were read in: {rows_en}{more_en}." if unread else ""
    return Text(
        f"Bảng toạ độ chỉ có {count} điểm khác nhau; một khu đất cần ít nhất 3. Hãy dán đủ các dòng, mỗi "
        f"dòng gồm số hiệu điểm, X và Y.{unread_vi}",
        f"The table has {count} different points; ground needs at least 3. Paste all rows, each with the "
        f"point's number, X and Y.{unread_en}",
    )


def _strayed(corner: Corner, box: Bounds) -> Text:
    if _within(corner.x, corner.y, box):
        return Text(
            f"Dòng {corner.row} (điểm {corner.label}): X và Y bị đổi chỗ so với các dòng khác.",
            f"Row {corner.row} (point {corner.label}): X and Y are swapped, other than in the other rows.",
        )
    return Text(
        f"Dòng {corner.row} (điểm {corner.label}): X = {_metres(corner.x, 2)}, Y = {_metres(corner.y, 2)} "
        "nằm ngoài thành phố, trong khi các dòng khác nằm trong. "
        f"X phải trong khoảng {_metres(box[1])} đến {_metres(box[3])}, Y trong khoảng "
        f"{_metres(box[0])} đến {_metres(box[2])}. Hãy kiểm tra từng chữ số.",
        f"Row {corner.row} (point {corner.label}): X = {corner.x:.2f}, Y = {corner.y:.2f} lies outside "
        "the city, "
        f"while other rows lie in it. X must be between {box[1]:.0f} and {box[3]:.0f}, Y between "
        f"{box[0]:.0f} "
        f"and {box[2]:.0f}. Check each figure.",
    )


def _swapped(row: int) -> Text:
    return Text(
        f"Từ dòng {row}: hai cột X và Y bị đổi chỗ. Trên giấy chứng nhận X là toạ độ hướng Bắc (số lớn hơn), "
        "Y là toạ độ hướng Đông. Hãy đổi chỗ hai cột rồi tra lại.",
        f"From row {row}: the columns X and Y are swapped. On certificates X is the northing (the larger "
        "number) "
        "and Y the easting. Exchange the two columns and ask again.",
    )


def _other_grid(row: int, srid: int, grids: list[int], swapped: bool) -> Text:
    also_vi = " và hai cột X, Y bị đổi chỗ" if swapped else ""
    also_en = " with X and Y swapped" if swapped else ""
    said, likely = grid_told(srid), [grid_told(grid) for grid in grids]
    return Text(
        f"Từ dòng {row}: toạ độ không thuộc lưới VN-2000 {said.vi}; có vẻ thuộc lưới "
        f"{' hoặc '.join(told.vi for told in likely)}{also_vi}. "
        f"Hãy chọn lưới {likely[0].vi} (crs={grids[0]}) rồi tra lại.",
        f"From row {row}: the coordinates are not in the VN-2000 grid of {said.en}; they look like "
        f"{' or '.join(told.en for told in likely)}{also_en}. Choose {likely[0].en} (crs={grids[0]}) and ask "
        "again.",
    )


def _metres(value: float, decimals: int = 0) -> str:
    return format_number(value, decimals)


_DEGREES = Text(
    "Toạ độ không phải là mét của lưới VN-2000 mà có vẻ là kinh độ, vĩ độ. Hãy dùng bảng X, Y trên giấy "
    "chứng nhận, "
    "hoặc vẽ khu vực trên bản đồ.",
    "The coordinates are no metres of a VN-2000 grid; they look like degrees. Use the table of X and Y "
    "on the "
    "certificate, or draw the ground on the map.",
)


def _outside(row: int, box: Bounds) -> Text:
    return Text(
        f"Từ dòng {row}: các điểm nằm ngoài thành phố trong mọi lưới VN-2000 đã biết. X phải trong khoảng "
        f"{_metres(box[1])} đến {_metres(box[3])}, Y trong khoảng {_metres(box[0])} đến {_metres(box[2])}.",
        f"From row {row}: the points lie outside the city in every known VN-2000 grid. X must be between "
        f"{box[1]:.0f} and {box[3]:.0f}, Y between {box[0]:.0f} and {box[2]:.0f}.",
    )


def _crossing(first: int, second: int, third: int, fourth: int) -> Text:
    return Text(
        f"Cạnh từ dòng {first} đến dòng {second} cắt cạnh từ dòng {third} đến dòng {fourth}. Các điểm "
        "phải theo "
        "thứ tự quanh khu đất; hãy kiểm tra thứ tự các dòng.",
        f"The side from row {first} to row {second} crosses the side from row {third} to row {fourth}. "
        "The points "
        "must go around the ground in order; check the order of the rows.",
    )


_TOUCHES_ITSELF = Text(
    "Các cạnh chạm hoặc chồng lên nhau, nên không tạo thành một khu đất. Hãy kiểm tra thứ tự các dòng.",
    "Sides touch or lie on each other, so that they enclose no single ground. Check the order of the rows.",
)


def _refuse(told: Text, language: Language, row: int | None = None) -> NoReturn:
    more = {} if row is None else {"row": row}
    raise refusal(BadParameter, told, language, parameter="corners", **more)
