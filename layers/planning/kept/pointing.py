"""A line of a kept answer: where a JSON pointer leads, what people call it, and of which parcel it speaks."""

from typing import Any

from gis_platform.layer.text import Language, Text
from layers.parcels import LAYER as PARCELS

_LISTS = {
    "": Text("Toàn bộ kết quả", "The whole answer"),
    "verdict": Text("Kết luận", "Verdict"),
    "affected": Text("Bị ảnh hưởng", "Affected"),
    "not_affected": Text("Không bị ảnh hưởng", "Not affected"),
    "no_data": Text("Chưa có dữ liệu", "No data"),
    "slivers": Text("Chạm mép trong phạm vi sai số", "Slivers"),
    "path": Text("Biến động của thửa đất", "What became of the parcel"),
    "parcels": Text("Thông tin thửa đất", "The parcel"),
    "sources": Text("Nguồn dữ liệu", "Source"),
    "rules": Text("Quy tắc áp dụng", "Rule"),
    "building": Text("Chỉ tiêu xây dựng", "What may be built"),
    "site": Text("Cả khu đất", "The site"),
}
_AREAS = {
    "computed_area_m2": Text("Diện tích tính trên bản đồ", "Area computed on the map"),
    "legal_area_m2": Text("Diện tích pháp lý", "Legal area"),
    "measured_area_m2": Text("Diện tích đo đạc", "Measured area"),
}
_NAMES = ("theme_title", "kind_title", "title", "text")


def lead(document: Any, pointer: str) -> list[Any] | None:
    """What a JSON pointer (RFC 6901) passes, the document first; None where it leads nowhere."""
    if pointer and not pointer.startswith("/"):
        return None
    passed = [document]
    for step in _steps(pointer):
        at = passed[-1]
        if isinstance(at, dict) and step in at:
            passed.append(at[step])
        elif isinstance(at, list) and step.isdecimal() and len(step) < 7 and int(step) < len(at):
            passed.append(at[int(step)])
        else:
            return None
    return passed


def line_told(document: dict[str, Any], pointer: str, language: Language) -> str:
    """What the line is called: the part of the answer, then its own name where it has one."""
    passed, steps = lead(document, pointer) or [document], _steps(pointer)
    first = steps[0] if steps else ""
    if steps and steps[-1] == "verdict":
        first = "verdict"
    known = _LISTS.get(first)
    words = [known.in_language(language) if known else first]
    if first != "verdict":
        words += [name for at in passed[1:] if (name := _name(at))]
        words += _member(first, steps, language)
    return ": ".join(words)


def parcel_told(document: dict[str, Any], pointer: str) -> dict[str, Any] | None:
    """The parcel of which the line speaks, the first one where it speaks of all; None where there is none."""
    passed, steps = lead(document, pointer) or [document], _steps(pointer)
    parcels: list[dict[str, Any]] = document["parcels"]
    if steps[:1] == ["parcels"] and len(passed) > 2:
        meant = passed[2]["id"]
    else:
        meant = next(
            (at["parcel_id"] for at in passed[1:] if isinstance(at, dict) and "parcel_id" in at), None
        )
    found = next((p for p in parcels if p["id"] == meant), parcels[0] if parcels else None)
    if found is None:
        return None
    members = ("id", "identifier", "unit_code", "unit_name", "unit_now", "sheet_no", "parcel_no")
    return {name: found.get(name) for name in members}


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _name(at: Any) -> str | None:
    """A zone is called by its theme and function, anything else by the first name it has."""
    if not isinstance(at, dict):
        return None
    names = [at[name] for name in _NAMES if isinstance(at.get(name), str) and at[name]][:1]
    own = at.get("function_name") or (at.get("title") if "theme_title" in at else None)
    return " – ".join([*names, *([own] if isinstance(own, str) and own not in names else [])]) or None


def _member(first: str, steps: list[str], language: Language) -> list[str]:
    """A fact of a parcel by the title that the layer gives it."""
    if first != "parcels" or len(steps) < 3:
        return []
    title = next((p.title for p in PARCELS.properties if p.name == steps[2]), _AREAS.get(steps[2]))
    return [title.in_language(language) if title else steps[2]]
