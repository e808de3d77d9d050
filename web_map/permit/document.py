"""A construction permit as a PDF/A-2b on one sheet of A4. It names no person."""

from datetime import date
from pathlib import Path
from typing import Any

from gis_platform.city import City
from layers.permits.check.line import TITLES
from layers.permits.papers import rule_state
from web_map.extract.qr import qr_svg
from web_map.extract.saying import NOTHING, Saying
from web_map.paper import dated, set_sheet
from web_map.permit.drawing import drawing_svg

_TEMPLATE = Path(__file__).with_name("permit.typ")
_VOID = {"superseded": "ĐÃ CÓ GIẤY KHÁC THAY THẾ", "expired": "ĐÃ HẾT HIỆU LỰC", "revoked": "ĐÃ BỊ THU HỒI"}
_HEADS = {"adjustment": "ĐIỀU CHỈNH GIẤY PHÉP XÂY DỰNG", "extension": "GIA HẠN GIẤY PHÉP XÂY DỰNG"}


def permit_pdf(paper: dict[str, Any], *, city: City, address_of_status: str) -> bytes:
    """The paper of ``layers.permits.papers.paper``, in Vietnamese, as it was given out.

    What holds no more is printed across it. ``address_of_status`` is the whole address that the QR code leads
    to. The same paper in the same state gives the same bytes.

    Raises:
        Unavailable: the fonts are not installed.
    """
    say = Saying("vi", city.timezone)
    pictures = {"qr": qr_svg(address_of_status), "drawing": drawing_svg(paper) or ""}
    return set_sheet(_TEMPLATE, _content(paper, city, say, address_of_status), paper["made_at"], pictures)


def _content(one: dict[str, Any], city: City, say: Saying, address: str) -> dict[str, Any]:
    """What stands on the sheet, every value a text."""
    state = one["state"]
    return {
        "unit": one.get("unit") or "",
        "head": _HEADS.get(one["given_for"], "GIẤY PHÉP XÂY DỰNG"),
        "number": one["given_by"],
        "of_permit": f"Số giấy phép: {one['permit_no']}" if one["given_by"] != one["permit_no"] else "",
        "pairs": [[name, value or NOTHING] for name, value in _pairs(one, say)],
        "lines": [str(line) for line in one.get("lines") or []] or ["Chưa xác định; xem đồ án quy hoạch."],
        "basis": _basis(one),
        "failed": _failed(one),
        "dated": f"{city.title_vi}, {dated(say.day(one['given_on']))}",
        "signer": ["TM. UỶ BAN NHÂN DÂN", *_signs(one["signer_title"])],
        "code": one["code"],
        "status": address,
        "void": _VOID.get(state),
        "synthetic": "Dữ liệu minh hoạ, không có giá trị pháp lý" if one.get("synthetic") else None,
        "unverified": "Mẫu giấy của hệ thống, chưa đối chiếu với mẫu ban hành kèm Nghị định 217/2026/NĐ-CP. "
        "Tên chủ đầu tư ghi trong hồ sơ, không ghi trên bản này.",
    }


def _pairs(one: dict[str, Any], say: Saying) -> list[tuple[str, str | None]]:
    lot = f"Thửa số {one['parcel']}, tờ bản đồ số {one['sheet']}" if one.get("parcel") else None
    until = one.get("valid_until")
    told = [
        ("Nội dung", one["kind_title"]),
        ("Công năng", one["use_title"]),
        ("Thửa đất", lot),
        ("Địa chỉ", one.get("address")),
        ("Phường, xã", one.get("unit")),
        ("Cốt nền xây dựng", _with(say, one.get("ground_level"), "m")),
        ("Mật độ xây dựng", _with(say, one.get("density_percent"), "%")),
        ("Hệ số sử dụng đất", _with(say, one.get("far"), "lần")),
        ("Diện tích xây dựng tầng 1", _with(say, one["footprint_m2"], "m²")),
        ("Tổng diện tích sàn", _with(say, one["floor_area_m2"], "m²")),
        ("Số tầng (trên mặt đất)", say.plain(one["floors"])),
        ("Chiều cao công trình", _with(say, one["height_m"], "m")),
        ("Phải khởi công trước hết ngày", _day(one.get("start_by"))),
    ]
    told += [("Số lần gia hạn", say.plain(one["extended"]))] if one.get("extended") else []
    return told + ([("Công trình được tồn tại đến", _day(until))] if until else [])


def _basis(one: dict[str, Any]) -> list[str]:
    plans = [
        f"{plan['plan']}" + (f" (Quyết định số {plan['decision_no']})" if plan.get("decision_no") else "")
        for plan in one.get("plans") or []
    ]
    rules = [
        f"{rule['document']}, {rule['article']} ({rule_state(rule).vi})" for rule in one.get("rules") or []
    ]
    return rules + plans or [NOTHING]


def _failed(one: dict[str, Any]) -> str | None:
    """What was not kept, and that an officer said why; why is in the case."""
    titles = [TITLES[code].vi for code in one.get("failed") or []]
    if not titles:
        return None
    why = "Cán bộ đã nêu lý do đề xuất cấp phép trong hồ sơ." if one.get("in_spite") else ""
    return f"Mục không đạt: {', '.join(titles)}. {why}".rstrip()


def _signs(title: str) -> list[str]:
    return ["CHỦ TỊCH"] if title == "Chủ tịch" else ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def _with(say: Saying, value: Any, unit: str) -> str | None:
    return None if value is None else f"{say.plain(value)} {unit}"


def _day(iso: Any) -> str | None:
    return f"{date.fromisoformat(str(iso)):%d/%m/%Y}" if iso else None
