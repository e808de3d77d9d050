"""What else a file needs: other permits, neighbours to hear, whether a permit is needed, the house number."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_area
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import Proposal
from layers.references.address import read_address

EXEMPTION = "building.permit.exemption.house"


def other_permits() -> CheckLine:
    """No register of permits is loaded: nothing can be said of overlaps."""
    told = Text("Hệ thống chưa có sổ giấy phép xây dựng.", "No register of permits is loaded.")
    return CheckLine("permits", "cannot_decide", told)


def neighbours(rows: Sequence[Mapping[str, Any]]) -> CheckLine:
    """Parcels that share a border: their owners are told; names stand in the file, not here."""
    if not rows:
        told = Text("Không có thửa liền kề trong dữ liệu.", "No neighbouring parcel is on record.")
        return CheckLine("neighbours", "pass", told, 0)
    listed = ", ".join(f"{row['parcel_no']}/{row['sheet_no']}" for row in rows[:12])
    more = len(rows) - 12
    vi, en = (f" và {more} thửa khác", f" and {more} more") if more > 0 else ("", "")
    told = Text(
        f"{len(rows)} thửa liền kề (thửa/tờ): {listed}{vi}.",
        f"{len(rows)} neighbouring parcels (parcel/sheet): {listed}{en}.",
    )
    shapes = shapely.union_all([shapely.from_wkb(bytes(row["wkb"])) for row in rows])
    ids = tuple(row["id"] for row in rows)
    return CheckLine("neighbours", "pass", told, len(rows), geometry=shapes, features=ids)


def exemption(proposal: Proposal, book: RuleBook) -> CheckLine:
    """Small houses are exempt outside certain areas; which areas those are is not loaded."""
    rule = book.look_up(EXEMPTION)
    area = proposal.floor_area_m2
    if isinstance(rule, NotLoaded):
        told = Text(f"Không xác định được: {rule.reason.vi}.", f"Cannot be told: {rule.reason.en}.")
        return CheckLine("exemption", "cannot_decide", told)
    floors, most = rule.value["floors_below"], rule.value["floor_area_m2_below"]
    if proposal.use == "house" and proposal.floors < floors and area < most:
        told = Text(
            f"Nhà dưới {floors} tầng và dưới {most} m² sàn được miễn nếu ở ngoài khu đô thị theo quy hoạch "
            "chung, khu chức năng và khu có quy chế kiến trúc; hệ thống chưa có ranh giới các khu này.",
            f"Houses of fewer than {floors} floors and {most} m² of floors are exempt outside urban areas of "
            "the general plan, functional areas and areas with an architecture regulation; their borders are "
            "not loaded.",
        )
        return CheckLine("exemption", "cannot_decide", told, float(area), most, "m²", rule)
    told = Text(
        f"Phải có giấy phép: {proposal.floors} tầng, {format_area(area)} sàn.",
        f"A permit is needed: {proposal.floors} floors, {area:.1f} m² of floors.",
    )
    return CheckLine("exemption", "pass", told, float(area), most, "m²", rule)


def house_number(parcel: Mapping[str, Any]) -> CheckLine:
    """A house gets its number before its permit."""
    address = parcel["address"] or ""
    numbered = next((reading for reading in read_address(address) if reading.path), None) if address else None
    if numbered is None:
        told = Text(
            "Thửa đất chưa có số nhà: làm thủ tục cấp số nhà.",
            "The parcel has no house number yet: apply for one.",
        )
        return CheckLine("house_number", "cannot_decide", told)
    told = Text(
        f"Số nhà {numbered.number} {numbered.street}.", f"House number {numbered.number} {numbered.street}."
    )
    return CheckLine("house_number", "pass", told)
