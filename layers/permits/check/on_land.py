"""Whether the land may be built on at all: the parcel itself, its registered use, and the plan's function."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_area
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import GROUPS, USES, Proposal
from layers.planning.building.functions import land_use_group
from layers.planning.building.lines import zone_source
from layers.planning.building.reading import CONDITIONS
from layers.planning.building.study import Study
from layers.planning.tolerance import TOLERANCE_M2, tolerance_on

_STATUS = {
    "disputed": Text("Thửa đất đang có tranh chấp.", "The parcel is disputed."),
    "seized": Text("Thửa đất đang bị kê biên.", "The parcel is seized."),
}


def parcel_current(parcel: Mapping[str, Any]) -> CheckLine:
    """Found on the day asked about, and nothing on record speaks against it.

    Which article keeps a permit from disputed or seized land is not loaded, so the officer decides.
    """
    told = _STATUS.get(parcel["status"])
    if told is None:
        return CheckLine("parcel_current", "pass", Text("Thửa đất đang hiện hành.", "The parcel is current."))
    return CheckLine("parcel_current", "cannot_decide", told)


def data_age(sources: Sequence[Mapping[str, Any]]) -> CheckLine:
    """Nothing can be granted on data that is past its cycle."""
    old = [source for source in sources if source["overdue"]]
    if not old:
        return CheckLine(
            "data_age", "pass", Text("Dữ liệu còn trong chu kỳ.", "The data is within its cycle.")
        )
    titles = ", ".join(str(source["title"]).lower() for source in old)
    told = Text(
        f"Dữ liệu {titles} đã quá chu kỳ cập nhật: đối chiếu hồ sơ giấy trước khi quyết định.",
        f"The data of {titles} is past its cycle: hold it against the paper file before deciding.",
    )
    return CheckLine("data_age", "cannot_decide", told)


def conditions(book: RuleBook) -> CheckLine:
    """Whether the conditions of the day asked about are loaded."""
    rule = book.look_up(CONDITIONS)
    if isinstance(rule, NotLoaded):
        told = Text(f"Không xác định được: {rule.reason.vi}.", f"Cannot be told: {rule.reason.en}.")
        return CheckLine("conditions", "cannot_decide", told)
    told = Text(
        f"Áp dụng {rule.document}, {rule.article} ({rule.state.vi}).",
        f"{rule.document}, {rule.article} applies ({rule.state.en}).",
    )
    return CheckLine("conditions", "pass" if rule.verified else "cannot_decide", told, rule=rule)


def land_use(parcel: Mapping[str, Any], proposal: Proposal) -> CheckLine:
    """The registered uses must hold one that the building asks for."""
    codes = list(dict.fromkeys(str(use.get("code", "")) for use in parcel["land_uses"] or ()))
    wanted, use = GROUPS[proposal.use], USES[proposal.use]
    groups = {code: land_use_group(code) for code in codes}
    listed = ", ".join(codes)
    if not codes:
        told = Text("Thửa đất không ghi mục đích sử dụng.", "No land use is on record.")
        return CheckLine("land_use", "cannot_decide", told)
    fitting = [code for code, group in groups.items() if group in wanted]
    if fitting and len(codes) > 1:
        told = Text(
            f"Thửa đất có nhiều mục đích ({listed}); chưa có ranh giới từng phần để biết công trình nằm trên "
            f"phần {', '.join(fitting)}.",
            f"The parcel has several uses ({listed}); where the part for {', '.join(fitting)} lies is not "
            "on record.",
        )
        return CheckLine("land_use", "cannot_decide", told)
    if fitting:
        told = Text(f"Mục đích {listed} phù hợp: {use.vi}.", f"{listed} fits: {use.en}.")
        return CheckLine("land_use", "pass", told)
    if None in groups.values():
        told = Text(f"Không xếp được mã {listed} vào nhóm đất nào.", f"The group of {listed} is not known.")
        return CheckLine("land_use", "cannot_decide", told)
    told = Text(
        f"Mục đích sử dụng đất là {listed}, không phù hợp: {use.vi}.",
        f"The land is registered as {listed}, which does not fit: {use.en}.",
    )
    return CheckLine("land_use", "fail", told)


def in_plan(study: Study, proposal: Proposal, gaps: Mapping[str, str]) -> Iterator[CheckLine]:
    """The footprint against each governing function; ground no plan speaks of is told too."""
    footprint, wanted = proposal.footprint.geometry, GROUPS[proposal.use]
    here = footprint.intersection(study.lot)
    if here.area <= tolerance_on(proposal.area_m2):
        told = Text(
            "Công trình không nằm trên thửa đất này, nên chưa đối chiếu được với quy hoạch.",
            "The building does not stand on this parcel, so it cannot be held against its plans.",
        )
        yield CheckLine("in_plan", "cannot_decide", told, unit="m²")
        return
    covered = shapely.union_all([one.zone.ground for one in study.limits])
    for one in study.limits:
        part = footprint.intersection(one.zone.ground)
        if part.area <= TOLERANCE_M2:
            continue
        name = str(one.zone.hit["function_name"] or one.zone.hit["function_code"] or "?")
        fits, known = one.zone.group in wanted, one.zone.group is not None
        told = Text(
            f"{format_area(part.area)} nằm trong “{name}”, {'phù hợp' if fits else 'không phù hợp'} với "
            f"{USES[proposal.use].vi.lower()}.",
            f"{part.area:.1f} m² lie in “{name}”, which {'fits' if fits else 'does not fit'} "
            f"{USES[proposal.use].en.lower()}.",
        )
        yield CheckLine(
            "in_plan",
            "pass" if fits else "fail" if known else "cannot_decide",
            told,
            measured=float(part.area),
            unit="m²",
            source=zone_source(one.zone.hit),
            geometry=None if fits else part,
        )
    left = here.difference(covered)
    if left.area > TOLERANCE_M2:
        unknown = "land_function" in gaps
        yield CheckLine(
            "in_plan",
            "cannot_decide" if unknown else "fail",
            _no_plan(float(left.area)) if unknown else _no_function(float(left.area)),
            measured=float(left.area),
            unit="m²",
            geometry=left,
        )


def _no_plan(area: float) -> Text:
    return Text(
        f"{format_area(area)} của công trình chưa có dữ liệu quy hoạch sử dụng đất.",
        f"No plan of land function is loaded for {area:.1f} m² of the building.",
    )


def _no_function(area: float) -> Text:
    """The plans that show all functions there give this ground none: it is a road or a corridor of theirs."""
    return Text(
        f"{format_area(area)} của công trình nằm trên đất mà đồ án không giao cho chức năng xây dựng nào.",
        f"{area:.1f} m² of the building stand on ground to which the plans give no function for building.",
    )
