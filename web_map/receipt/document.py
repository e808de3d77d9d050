"""The receipt of a case (giấy tiếp nhận hồ sơ và hẹn trả kết quả) as a PDF/A-2b on one sheet of A4."""

from datetime import datetime
from pathlib import Path
from typing import Any

from gis_platform.city import City
from web_map.extract.qr import qr_svg
from web_map.extract.saying import NOTHING, Saying
from web_map.paper import dated, set_sheet

_TEMPLATE = Path(__file__).with_name("receipt.typ")
#: Lines for documents, of which details and a long place take some: so all of it fits on the sheet. Documents
#: beyond are counted; the case has them all.
_LINES = 14
_LINE = 62
_MOST_DETAILS = 5
_HASH = 12


def receipt_pdf(receipt: dict[str, Any], *, city: City, address: str, printed_at: datetime) -> bytes:
    """The paper of ``gis_platform.casework.receipt.receipt_of`` with the ``unit``'s name, in Vietnamese.

    ``address`` is the whole address that the QR code leads to. The same receipt at the same moment gives the
    same bytes.

    Raises:
        Unavailable: the fonts are not installed.
    """
    say = Saying("vi", city.timezone)
    pictures = {"qr": qr_svg(address)}
    return set_sheet(_TEMPLATE, _content(receipt, city, say, address, printed_at), printed_at, pictures)


def _content(
    one: dict[str, Any], city: City, say: Saying, address: str, printed_at: datetime
) -> dict[str, Any]:
    """What stands on the sheet, every value a text."""
    documents = one["documents"]
    details = [
        [_short(each["title"], 24), _short(each["text"], _LINE)] for each in one["details"][:_MOST_DETAILS]
    ]
    received = one["received_on"] or one["opened_at"]
    most = _LINES - len(details) - len(one["place"]) // _LINE
    return {
        "unit": one["unit"],
        "city": city.title_vi,
        "code": one["code"],
        "pairs": [
            ["Người nộp hồ sơ", _short(one["applicant"] or NOTHING, 58)],
            ["Nội dung giải quyết", _short(one["kind"], _LINE)],
            *details,
            ["Địa điểm", one["place"]],
            ["Hình thức nộp", "Trực tuyến" if one["channel"] == "online" else "Nộp tại quầy"],
            ["Ngày tiếp nhận", f"{say.day(received)} (ghi nhận lúc {say.moment(one['opened_at'])})"],
        ],
        "documents": [
            [str(number), _short(each["kind"], 36), _short(each["name"], 28), each["sha256"][:_HASH]]
            for number, each in enumerate(documents[:most], 1)
        ],
        "more": f"và {len(documents) - most} tệp khác" if documents[most:] else "",
        **_due(one, say),
        "address": address,
        "printed": f"In lúc {say.moment(printed_at.isoformat())}",
        "dated": f"{city.title_vi}, {dated(say.day(printed_at.isoformat()))}",
        "synthetic": "Dữ liệu minh hoạ, không có giá trị pháp lý" if one["synthetic"] else None,
        "form": "Mẫu giấy của hệ thống, chưa đối chiếu với mẫu giấy do cơ quan có thẩm quyền ban hành.",
    }


def _due(one: dict[str, Any], say: Saying) -> dict[str, Any]:
    """The day to come back, and what it follows from."""
    term = one["term"]
    if one["closed_at"]:
        return {"due": f"Hồ sơ đã kết thúc ngày {say.day(one['closed_at'])}", "basis": [], "unverified": None}
    if term is None:
        return {"due": "Chưa có thời hạn", "basis": [], "unverified": None}
    rule = term["rule"] or {}
    if "missing" in rule:
        return {
            "due": "Chưa tính được ngày hẹn",
            "basis": [say.sentence(f"{rule['missing']}.")],
            "unverified": None,
        }
    counted = "ngày làm việc" if term["counts"] == "working" else "ngày"
    basis = ", ".join(_short(rule.get(name) or NOTHING, 50) for name in ("document", "article"))
    return {
        "due": "Đang tạm dừng tính thời hạn" if term["paused"] else say.day(term["due_on"]),
        "basis": [
            f"Thời hạn giải quyết: {term['days']} {counted}, tính từ sau ngày tiếp nhận.",
            f"Căn cứ: {basis}.",
        ],
        "unverified": None if rule.get("verified") else f"Thời hạn chưa kiểm chứng: {rule.get('state')}.",
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
