"""What a planner should know of a draft before believing what is said of it."""

from typing import Any

from etl.drafts.zone import Draft
from gis_platform.layer.text import Text


def findings_of(draft: Draft, totals: dict[str, Any], overlaps: Any) -> list[dict[str, Any]]:
    """Each with ``code``, ``count`` and its words in both languages; the most telling first."""
    grid, found = draft.grid, []
    if grid.get("how") == "recognised":
        others = ", ".join(f"EPSG:{srid}" for srid in grid["others"])
        also = Text(f" Cũng khớp: {others}.", f" It would fit {others} too.") if others else Text("", "")
        found.append(
            _finding(
                "grid_recognised",
                1,
                f"Tệp không khai báo hệ toạ độ; theo vị trí, máy đọc theo EPSG:{grid['srid']}.{also.vi} "
                "Hãy kiểm tra trên bản đồ.",
                f"The file says no grid; by its place it was read in EPSG:{grid['srid']}.{also.en} "
                "Check it on the map.",
            )
        )
    unknown = totals["zones_unknown"]
    if unknown:
        found.append(
            _finding(
                "function_unknown",
                unknown,
                f"{unknown} ô chưa rõ chức năng sử dụng đất: tệp không nêu, hoặc mã không có trong danh mục.",
                f"Of {unknown} zones the function is not known: the file says none, or a code of no list.",
            )
        )
    count, examples = overlaps
    if count:
        told = ", ".join(examples)
        found.append(
            _finding(
                "zones_overlap",
                count,
                f"{count} cặp ô cùng loại chồng lên nhau ({told}). Diện tích mỗi thửa chỉ tính một lần.",
                f"{count} pairs of zones of one kind overlap ({told}). A parcel's area is counted once.",
            )
        )
    unread = sum(draft.unread_counts.values())
    if unread:
        found.append(
            _finding(
                "unread",
                unread,
                f"{unread} đối tượng hoặc giá trị trong tệp không đọc được hoặc không dùng đến.",
                f"{unread} elements or values of the file could not be read, or were not used.",
            )
        )
    return found


def _finding(code: str, count: int, vi: str, en: str) -> dict[str, Any]:
    return {"code": code, "count": count, "text_vi": vi, "text_en": en}
