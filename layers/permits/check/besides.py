"""Whether a permit is needed at all."""

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_area
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import Proposal

EXEMPTION = "building.permit.exemption.house"


#: What builds anew, so that floors and floor area say whether the exemption of houses can hold.
_BUILDS = frozenset({"new", "relocation", "temporary"})


def exemption(proposal: Proposal, book: RuleBook) -> CheckLine:
    """A house too big to be exempt needs a permit; for all else conditions or areas are not loaded."""
    rule = book.look_up(EXEMPTION)
    area = proposal.floor_area_m2
    if isinstance(rule, NotLoaded):
        told = Text(f"Không xác định được: {rule.reason.vi}.", f"Cannot be told: {rule.reason.en}.")
        return CheckLine("exemption", "cannot_decide", told)
    floors, most = rule.value["floors_below"], rule.value["floor_area_m2_below"]
    if proposal.kind == "repair":
        return CheckLine("exemption", "cannot_decide", _REPAIR)
    if proposal.kind not in _BUILDS:
        return CheckLine("exemption", "cannot_decide", _CHANGED)
    if proposal.use != "house":
        return CheckLine("exemption", "cannot_decide", _OTHER_USE, rule=rule)
    if proposal.floors < floors and area < most:
        told = Text(
            f"Nhà dưới {floors} tầng và dưới {most} m² sàn được miễn nếu ở ngoài khu đô thị theo quy hoạch "
            "chung, khu chức năng, khu xây dựng theo quy hoạch xã và khu có quy chế quản lý kiến trúc; hệ "
            "thống chưa có ranh giới các khu này.",
            f"Houses of fewer than {floors} floors and {most} m² of floors are exempt outside urban areas of "
            "the general plan, functional areas, areas for building of a commune plan and areas with an "
            "architecture regulation; their borders are not loaded.",
        )
        return CheckLine("exemption", "cannot_decide", told, float(area), most, "m²", rule)
    told = Text(
        f"Phải có giấy phép: {proposal.floors} tầng, {format_area(area)} sàn.",
        f"A permit is needed: {proposal.floors} floors, {area:.1f} m² of floors.",
    )
    return CheckLine("exemption", "pass", told, float(area), most, "m²", rule)


_REPAIR = Text(
    "Một số trường hợp sửa chữa, cải tạo được miễn giấy phép (Luật Xây dựng số 135/2025/QH15, Điều 43 khoản "
    "2 điểm h); điều kiện cụ thể chưa được nạp nên chưa xác định được.",
    "Some repairs are exempt (Construction Law 135/2025/QH15, Article 43.2.h); their conditions are not "
    "loaded, so it cannot be told.",
)
_CHANGED = Text(
    "Chưa xác định được: quy định miễn giấy phép đã nạp chỉ nói về xây dựng nhà ở, không nói về điều chỉnh, "
    "gia hạn giấy phép đã cấp.",
    "Cannot be told: the exemption that is loaded speaks of building houses, not of adjusting or extending a "
    "permit.",
)
_OTHER_USE = Text(
    "Công trình cấp IV cũng được miễn giấy phép ở ngoài một số khu vực (Điều 43 khoản 2 điểm g), ngoài các "
    "trường hợp miễn khác của khoản 2; cấp công trình và ranh giới các khu này chưa được nạp nên chưa xác "
    "định được.",
    "Works of grade IV are exempt outside certain areas too (Article 43.2.g), beside the other cases of that "
    "clause; the grade of the works and the borders of the areas are not loaded, so it cannot be told.",
)
