"""Elements of a drawing that are no zone, each with the reason: nothing is dropped without a word."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.drafts.elements import Elements
from etl.drafts.zone import Draft, Unread
from gis_platform.folding import fold
from gis_platform.layer.text import Text

#: Layers of frames and of the program itself: a frame is a closed line around everything, and no zone.
_FRAMES: Final = ("khung", "frame", "viewport", "defpoints", "border")
_LINES: Final = (1, 5)
_POINTS: Final = (0, 4)
_COLLECTION: Final = 7
_LEFT_OUT = Text("Lớp này được bỏ qua theo yêu cầu.", "Its layer is left out, as was asked.")
_FRAME = Text("Lớp khung, không phải ô đất; được bỏ qua.", "A layer of frames, not of zones; left out.")
_ON_PAPER = Text("Nằm trên trang in (layout), không nằm trên bản đồ.", "It lies on a printed sheet (layout).")
_NO_GEOMETRY = Text("Không có hình hoặc không đọc được hình.", "It has no shape, or none that can be read.")
_POINT = Text("Là điểm, không phải vùng.", "It is a point and no area.")
_BLOCK = Text(
    "Là khối (block) gồm nhiều hình. Hãy phá khối (explode) rồi gửi lại.",
    "It is a block of several shapes. Explode it and send the drawing again.",
)
_ALONE = Text("Chữ không nằm trong vùng nào.", "A text that stands in no area.")


def is_frame(layer: str) -> bool:
    """Whether a layer is, by its name, one of frames."""
    told = fold(layer)
    return any(word in told for word in _FRAMES)


def leave_rest(
    draft: Draft, held: Elements, out: NDArray[np.bool_], used: set[int], leave_out: frozenset[str]
) -> None:
    """Note every element that is neither an area nor a text of one; ``out`` are those left out as a whole."""
    types, areas, texts = shapely.get_type_id(held.shapes), held.are_areas, held.are_texts
    for at in range(len(held.shapes)):
        if (areas[at] and not out[at]) or at in used:
            continue
        code, words = _reason(held, at, int(types[at]), bool(out[at]), bool(texts[at]), leave_out)
        draft.leave(Unread(held.layers[at], held.names[at], held.kinds[at], code, words))


def _reason(
    held: Elements, at: int, kind: int, out: bool, is_text: bool, leave_out: frozenset[str]
) -> tuple[str, Text]:
    if out:
        if held.on_paper[at]:
            return "on_paper", _ON_PAPER
        return ("left_out", _LEFT_OUT) if held.layers[at] in leave_out else ("frame", _FRAME)
    if is_text:
        return "text_alone", _ALONE
    if kind in _LINES:
        return "not_closed", _open(held, at)
    if kind in _POINTS:
        return "point", _POINT
    return ("block", _BLOCK) if kind == _COLLECTION else ("missing_geometry", _NO_GEOMETRY)


def _open(held: Elements, at: int) -> Text:
    """A line and how far its ends are apart, which tells a line from an edge that was not quite closed."""
    corners = shapely.get_coordinates(held.shapes[at])
    gap = float(np.hypot(*(corners[0] - corners[-1]))) if len(corners) else 0.0
    vi = f"{gap:.2f}".replace(".", ",")
    return Text(
        f"Đường chưa khép kín: hai đầu cách nhau {vi} đơn vị bản vẽ. Hãy khép kín nếu đây là ranh ô đất.",
        f"The line is not closed: its ends are {gap:.2f} units apart. Close it if it is the edge of a zone.",
    )
