"""A planning answer with everything that one may hold, and what can be read in the PDF made of it."""

import io
import re
import unicodedata
from typing import Any

import pypdf

E, N = 106.3656, 10.3548
_LONG_PLAN = (
    "Điều chỉnh cục bộ quy hoạch chi tiết xây dựng tỷ lệ 1/500 khu dân cư, thương mại, dịch vụ và công viên "
    "ven sông Tiền kết hợp chỉnh trang đô thị hai bên đường Hùng Vương"
)


def square(east: float, north: float, side: float = 0.0002) -> dict[str, Any]:
    """A square in WGS 84, `east` and `north` degrees from the middle of the city."""
    w, s = E + east, N + north
    ring = [[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]]
    return {"type": "Polygon", "coordinates": [ring]}


def parcel(number: int) -> dict[str, Any]:
    """A parcel beside the one before it."""
    return {
        "id": number,
        "identifier": f"w68b{number:08d}",
        "unit_code": "28249",
        "unit_name": "Phường 1",
        "unit_now": "Phường Mỹ Tho",
        "sheet_no": "12",
        "parcel_no": str(44 + number),
        "old_sheet_no": "3",
        "old_parcel_no": "118",
        "legal_area_m2": 480.0,
        "measured_area_m2": 481.4,
        "computed_area_m2": 481.37,
        "land_uses": [{"code": "ODT", "area_m2": 300.0}, {"code": "CLN", "area_m2": 181.4}],
        "status": "active",
        "address": "12/3 Hùng Vương, Phường 1",
        "geometry": square(0.00022 * number, 0),
    }


def zone(parcel_id: int, number: int) -> dict[str, Any]:
    """A zone on a parcel; each third has a more detailed plan above it."""
    return {
        "layer": "zoning",
        "feature_id": 100 * parcel_id + number,
        "parcel_id": parcel_id,
        "theme": "land_function",
        "theme_title": "Chức năng sử dụng đất quy hoạch",
        "title": f"Đất ở đô thị ODT-{number:03d}",
        "function_code": "ODT",
        "function_name": "Đất ở đô thị",
        "plan": {
            "code": "QHCT",
            "name": _LONG_PLAN if number % 4 == 0 else "Quy hoạch phân khu trung tâm",
            "level": "chi_tiet",
            "level_title": "Quy hoạch chi tiết",
            "decision_no": f"{800 + number}/QĐ-UBND",
            "decision_date": "2022-05-12",
            "scale": 500,
        },
        "governs": number % 3 != 0,
        "area_m2": 1234.5 + number,
        "share": 0.1834,
        "max_density_pct": 80.0,
        "floors_min": 2,
        "floors_max": 6,
        "height_max_m": 23.1,
        "far_max": 3.9,
        "setback_m": 3.0,
        "legal_basis": "Điều 5 Quy định quản lý theo đồ án",
    }


def full_document(parcels: int = 1, zones: int = 3) -> dict[str, Any]:
    """The document with `zones` zones on each of its parcels."""
    ids = range(1, parcels + 1)
    site = {"legal_area_m2": 480.0 * parcels, "measured_area_m2": 481.4 * parcels}
    return {
        "id": "7Q2M9KX4",
        "query": {"sheet": "12", "parcel": "45"},
        "as_of": "2026-11-22",
        "known_at": "2026-11-22T08:30:00+07:00",
        "language": "vi",
        "ambiguous": False,
        "notices": ["Đường đã đổi tên; kết quả lấy theo tên hiện nay."],
        "synthetic": True,
        "path": [
            {
                "kind": "split",
                "on": "2019-03-04",
                "from": {"unit": "Phường 1", "sheet": "3", "parcel": "118"},
                "to": [
                    {"parcel_id": i, "unit": "Phường 1", "sheet": "12", "parcel": str(44 + i)} for i in ids
                ],
                "basis": "Hồ sơ tách thửa số 214/2019",
            }
        ],
        "site": {**site, "computed_area_m2": 481.37 * parcels, "geometry": None},
        "parcels": [parcel(i) for i in ids],
        "affected": [zone(i, number) for i in ids for number in range(1, zones + 1)],
        "not_affected": [
            {
                "parcel_id": i,
                "theme": "heritage",
                "theme_title": "Khu vực bảo vệ di tích",
                "checked_against": ["QHC"],
            }
            for i in ids
        ],
        "no_data": [
            {
                "parcel_id": i,
                "theme": "power_corridor",
                "theme_title": "Hành lang an toàn lưới điện",
                "uncovered_m2": 481.37,
                "reason": "Hệ thống chưa có dữ liệu cho nội dung này tại thửa đất.",
            }
            for i in ids
        ],
        "slivers": [{**zone(1, 99), "area_m2": 0.31}],
        "tolerance": {"area_m2": 0.5, "text": "Phần giao nhỏ hơn 0,5 m² được coi là sai số bản đồ."},
        "building": [building(i) for i in ids],
        "verdict": {
            "tier": "allowed",
            "sentence": "Được xây nhà ở trên phần đất ngoài đường quy hoạch, theo các chỉ tiêu dưới đây.",
        },
        "sources": [
            {
                "layer": "parcels",
                "title": "Thửa đất",
                "source_date": "2018-12-31",
                "age_days": 2883,
                "overdue": True,
                "synthetic": True,
                "warning": "Thửa đất: dữ liệu cập nhật đến 31/12/2018, đã quá chu kỳ cập nhật hằng tháng.",
            },
            {
                "layer": "zoning",
                "title": "Quy hoạch",
                "source_date": "2026-06-30",
                "age_days": 145,
                "warning": None,
            },
        ],
        "rules": [
            {
                "code": "detailed_plan_governs",
                "text": "Quy hoạch chi tiết hơn được ưu tiên theo thông lệ.",
                "verified": False,
            }
        ],
        "disclaimer": "Kết quả tra cứu chỉ có giá trị tham khảo.",
        "receipt": {
            "id": "7Q2M9KX4",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "made_at": "2026-11-22T01:31:07+00:00",
            "url": "/answers/7Q2M9KX4",
        },
    }


def building(parcel_id: int) -> dict[str, Any]:
    """What may be built on a parcel: a line of each outcome, and a frontage."""
    rule = {
        "code": "max_density",
        "document": "QCVN 01:2021/BXD",
        "article": "Bảng 2.8",
        "effective_from": "2021-07-05",
        "effective_to": "2026-12-31",
        "verified": False,
    }
    return {
        "parcel_id": parcel_id,
        "function": "Đất ở đô thị",
        "land_use_against_plan": "Phù hợp một phần",
        "taken_m2": 31.2,
        "lines": [
            {
                "code": "max_density",
                "title": "Mật độ xây dựng tối đa",
                "value": 51.86,
                "unit": "%",
                "outcome": "computed",
                "reason": "Nội suy theo diện tích thửa đất 481,4 m².",
                "rule": rule,
            },
            {
                "code": "floors",
                "title": "Số tầng tối đa",
                "value": 6,
                "unit": "tầng",
                "outcome": "stated",
                "rule": None,
                "source": "Quy hoạch phân khu trung tâm",
            },
            {
                "code": "spacing",
                "title": "Khoảng cách giữa các công trình",
                "value": None,
                "unit": "m",
                "outcome": "cannot_decide",
                "reason": "Chưa nạp quy định cho ngày này.",
                "rule": {**rule, "code": "spacing", "article": "Mục 2.6.1", "verified": True},
            },
        ],
        "frontages": [
            {
                "street_id": 4,
                "name": "Hùng Vương",
                "width_m": 14.0,
                "planned_width_m": 23.0,
                "length_m": 21.9,
                "setback_m": 3.0,
            }
        ],
        "buildable": square(0.00022 * parcel_id + 0.00003, 0.00003, 0.00014),
        "footprint_max_m2": 249.63,
        "floor_area_max_m2": 1497.8,
    }


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, lines and the marks of where a long word may break joined."""
    return [joined(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def places_of(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each text with where it begins, in points from the lower left corner; none that is set aslant."""
    found: list[tuple[str, float, float]] = []

    def keep(text: str, outer: list[float], inner: list[float], _font: Any, _size: float) -> None:
        a, b, c, d, e, f = outer
        x, y = inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f
        if text.strip() and abs(inner[1] * a + inner[0] * b) < 1e-6:
            found.append((text, x, y))

    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=keep)
    return found


def joined(text: str) -> str:
    """Text without what only sets it in lines."""
    plain = unicodedata.normalize("NFC", text) if not unicodedata.is_normalized("NFC", text) else text
    return re.sub(r"\s+", " ", plain.replace("\u200b", ""))
