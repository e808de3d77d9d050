"""Whether a permit is needed at all."""

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_area
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import Proposal

EXEMPTION = "building.permit.exemption.house"


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
