"""Where the building stands: in its parcel, clear of roads, behind the building line, out of corridors."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import Proposal
from layers.planning.building.ground import strip
from layers.planning.building.lines import zone_source
from layers.planning.building.roads import unplanned_text
from layers.planning.building.setbacks import FrontLine
from layers.planning.building.study import Study
from layers.planning.tolerance import TOLERANCE_M2

#: Two drawings of one line differ by so much, in metres.
_SAME_LINE_M = 0.05
#: Coordinates of millions of metres have so much dust.
_DUST = 1e-6
_CORRIDORS = ("waterway_corridor", "power_corridor", "heritage")


def inside_parcel(study: Study, proposal: Proposal) -> CheckLine:
    """No more may stand outside than two maps may differ by."""
    outside = proposal.footprint.geometry.difference(study.lot)
    area = float(outside.area)
    if area <= TOLERANCE_M2:
        told = Text("Công trình nằm trong ranh giới thửa đất.", "The building lies within the parcel.")
        return CheckLine("inside_parcel", "pass", told, area, TOLERANCE_M2, "m²")
    told = Text(
        f"{format_area(area)} của công trình nằm ngoài thửa đất.",
        f"{area:.1f} m² of the building lie outside the parcel.",
    )
    away = float(proposal.footprint.geometry.distance(study.lot))
    if away > 0:
        told = Text(
            f"Toàn bộ công trình nằm ngoài thửa đất, cách ranh giới {format_number(away, 2)} m. Hãy kiểm "
            "tra lại "
            "toạ độ, hoặc chọn đúng thửa đất.",
            f"All of the building lies outside the parcel, {away:.2f} m from its border. Check the "
            "coordinates, "
            "or choose the right parcel.",
        )
    return CheckLine("inside_parcel", "fail", told, area, TOLERANCE_M2, "m²", geometry=outside)


def road(study: Study, proposal: Proposal, gaps: Mapping[str, str]) -> CheckLine:
    """Ground of a planned road is not built on."""
    taken = shapely.union_all([taker.geometry for taker in study.net.takers])
    part = proposal.footprint.geometry.intersection(taken)
    if part.area > TOLERANCE_M2:
        told = Text(
            f"{format_area(part.area)} của công trình nằm trên đất đường quy hoạch.",
            f"{part.area:.1f} m² of the building stand on ground of planned roads.",
        )
        return CheckLine("road", "fail", told, float(part.area), TOLERANCE_M2, "m²", geometry=part)
    if "road_reserve" in gaps:
        told = Text(
            "Chưa có dữ liệu đường quy hoạch cho cả thửa đất.",
            "Planned roads are not loaded for all of the parcel.",
        )
        return CheckLine("road", "cannot_decide", told)
    if study.unplanned:
        why = unplanned_text(study.unplanned)
        told = Text(f"{why.vi[:1].upper()}{why.vi[1:]}.", f"{why.en[:1].upper()}{why.en[1:]}.")
        return CheckLine("road", "cannot_decide", told)
    told = Text("Công trình không lấn đất đường quy hoạch.", "The building is clear of planned roads.")
    return CheckLine("road", "pass", told, float(part.area), TOLERANCE_M2, "m²")


def setbacks(study: Study, proposal: Proposal) -> Iterator[CheckLine]:
    """One line for each street that the parcel faces."""
    for street in study.unmeasured:
        name = street.name or "?"
        told = Text(f"Chưa có bề rộng của {name}.", f"The width of {name} is not loaded.")
        yield CheckLine("setback", "cannot_decide", told, unit="m", street=street.id)
    if not study.fronts and not study.unmeasured:
        told = Text(
            "Không tìm thấy đường giáp thửa đất trong dữ liệu.", "No street is found along the parcel."
        )
        yield CheckLine("setback", "cannot_decide", told, unit="m")
    for front in study.fronts:
        yield _setback(front, proposal)


def _setback(front: FrontLine, proposal: Proposal) -> CheckLine:
    street, wanted = front.street, front.setback
    name = street.name or "?"
    if wanted.value is None or front.red_line.value is None:
        why = front.red_line.reason if front.red_line.value is None else wanted.reason
        told = Text(
            f"{name}: {why.vi if why else 'chưa xác định được.'}", f"{name}: {why.en if why else 'unknown.'}"
        )
        return CheckLine("setback", "cannot_decide", told, unit="m", rule=wanted.rule, street=street.id)
    ground = strip(street.line, float(front.red_line.value))
    measured, allowed = float(proposal.footprint.geometry.distance(ground)), float(wanted.value)
    # Where a cell of the table is in doubt, what the plan itself asks for is not.
    stated = float(wanted.stated) if wanted.stated is not None else None
    if wanted.doubtful and stated is not None and measured < stated - _SAME_LINE_M - _DUST:
        allowed, in_doubt = stated, False
    else:
        in_doubt = wanted.doubtful
    inside = measured >= allowed - _SAME_LINE_M - _DUST
    told = Text(
        f"{name}: cách chỉ giới đường đỏ {format_number(measured, 2)} m, yêu cầu từ "
        f"{format_number(allowed, 2)} m.",
        f"{name}: {measured:.2f} m from the red line, at least {allowed:.2f} m are asked for.",
    )
    if in_doubt:
        told = Text(
            f"{told.vi} Ô của bảng chưa xác minh.", f"{told.en} The cell of the table is not verified."
        )
    kept = (
        None
        if inside
        else proposal.footprint.geometry.intersection(
            strip(street.line, float(front.red_line.value) + allowed)
        )
    )
    return CheckLine(
        "setback",
        "cannot_decide" if in_doubt else "pass" if inside else "fail",
        told,
        measured,
        allowed,
        "m",
        wanted.rule,
        wanted.source,
        kept,
        street.id,
    )


def corridors(
    hits: Sequence[Mapping[str, Any]], proposal: Proposal, gaps: Mapping[str, str]
) -> Iterator[CheckLine]:
    """The rules for building in corridors are not loaded: whoever keeps the corridor is to be asked."""
    met = False
    for hit in hits:
        if hit["theme"] not in _CORRIDORS:
            continue
        part = proposal.footprint.geometry.intersection(shapely.from_wkb(bytes(hit["ground"])))
        if part.area <= TOLERANCE_M2:
            continue
        met = True
        told = Text(
            f"{format_area(part.area)} của công trình nằm trong “{hit['title']}”; quy định xây dựng tại đó "
            "chưa được nạp, cần lấy ý kiến cơ quan quản lý.",
            f"{part.area:.1f} m² of the building lie in “{hit['title']}”; the rules there are not loaded, "
            "ask the body that keeps it.",
        )
        yield CheckLine(
            "corridor",
            "cannot_decide",
            told,
            float(part.area),
            unit="m²",
            source=zone_source(hit),
            geometry=part,
        )
    missing = [gaps[theme] for theme in _CORRIDORS if theme in gaps]
    if missing:
        titles = ", ".join(title[:1].lower() + title[1:] for title in missing)
        told = Text(f"Chưa có dữ liệu: {titles}.", f"No data on: {titles}.")
        yield CheckLine("corridor", "cannot_decide", told)
    elif not met:
        told = Text("Không nằm trong hành lang bảo vệ nào.", "In no corridor or protected area.")
        yield CheckLine("corridor", "pass", told)
