"""What speaks against building on a parcel, and what is not known: the reasons behind its verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.planning.building.capacity import Capacity
from layers.planning.building.clash import Clash
from layers.planning.building.functions import Fit, Group
from layers.planning.building.ground import Net
from layers.planning.building.lines import Line
from layers.planning.building.reading import CODES, CONDITIONS, Street
from layers.planning.building.roads import Roads, unplanned_text
from layers.planning.building.setbacks import FrontLine
from layers.planning.building.verdict import Reason, Tier
from layers.planning.building.zones import Limits

_NO, _UNKNOWN = Tier.NOT_ALLOWED, Tier.NOT_ENOUGH_DATA
#: Cases in which no permit is given, though which article says so is not loaded.
_STATUS = {
    "disputed": Text("thửa đất đang có tranh chấp", "the parcel is disputed"),
    "seized": Text("thửa đất đang bị kê biên", "the parcel is seized"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one parcel.

    ``gaps`` maps a theme without data to its title; ``unmeasured`` are streets whose width nobody stated.
    """

    status: str
    net: Net
    limits: Sequence[Limits]
    fit: Fit
    fronts: Sequence[FrontLine]
    corridors: Sequence[Line]
    outline_m2: float | None
    capacity: Capacity
    unmeasured: Sequence[Street]
    roads: Roads
    clash: Clash | None
    gaps: Mapping[str, str]
    overdue: Sequence[Mapping[str, Any]]
    book: RuleBook


def reasons_of(facts: Facts) -> list[Reason]:
    """The weightiest first; none at all where everything is known and nothing speaks against it."""
    return [
        *_against(facts),
        *_rules_missing(facts),
        *_land(facts),
        *_data_missing(facts),
        *_figures(facts),
        *_also_so(facts),
    ]


def _against(facts: Facts) -> Iterator[Reason]:
    if facts.net.gone:
        told = Text("toàn bộ thửa đất thuộc đường quy hoạch", "a planned road takes all of the parcel")
        yield Reason("taken", _NO, told)
        return
    # What the rules of the day do not back is not said: the figures would be another day's.
    if _conditions_missing(facts) is not None or "land_function" in facts.gaps or not facts.limits:
        return
    groups = {one.zone.group for one in facts.limits}
    if None not in groups and not any(one.zone.for_buildings for one in facts.limits):
        names = ", ".join(dict.fromkeys(_name(one) for one in facts.limits))
        yield Reason(
            "function",
            _NO,
            Text(
                f"cả thửa đất được quy hoạch là {names}, không phải đất xây dựng nhà; "
                "chưa xét giấy phép xây dựng có thời hạn",
                f"all of the parcel is planned as {names}, not for houses; a temporary permit is not "
                "considered",
            ),
        )
    elif facts.fit.outcome == "differs":
        told = facts.fit.reason
        also = Text("chưa xét chuyển mục đích sử dụng đất", "a change of land use is not considered")
        yield Reason("land_use", _NO, Text(f"{told.vi}; {also.vi}", f"{told.en}; {also.en}"))
    room = facts.outline_m2
    doubtful = any(front.setback.doubtful for front in facts.fronts)
    if room is not None and room <= 0 and not doubtful:
        told = Text("khoảng lùi không để lại đất để xây dựng", "setbacks leave no ground to build on")
        if any(not one.zone.for_buildings for one in facts.limits):
            told = Text(
                "khoảng lùi không để lại đất trên phần được quy hoạch để xây dựng",
                "setbacks leave no ground where building is planned",
            )
        yield Reason("no_room", _NO, told)


def _conditions_missing(facts: Facts) -> NotLoaded | None:
    rule = facts.book.look_up(CONDITIONS)
    return rule if isinstance(rule, NotLoaded) else None


def _rules_missing(facts: Facts) -> Iterator[Reason]:
    told: dict[str, Text] = {}
    for code in CODES:
        rule = facts.book.look_up(code)
        if isinstance(rule, NotLoaded):
            told.setdefault(rule.reason.vi, rule.reason)
    for text in told.values():
        yield Reason("rule_not_loaded", _UNKNOWN, text)
    others = [one for one in facts.limits if one.zone.for_buildings and one.zone.group is not Group.HOUSING]
    if others:
        yield Reason(
            "rule_not_loaded",
            _UNKNOWN,
            Text(
                f"quy chuẩn cho công trình trên {_name(others[0])} chưa được nạp",
                f"the rules for buildings on {_name(others[0])} are not loaded",
            ),
        )


def _name(one: Limits) -> str:
    name = str(one.zone.hit["function_name"] or one.zone.hit["function_code"] or "?")
    return name[:1].lower() + name[1:]


def _land(facts: Facts) -> Iterator[Reason]:
    if facts.status in _STATUS:
        yield Reason("status", _UNKNOWN, _STATUS[facts.status])
    if facts.fit.outcome == "partly":
        yield Reason("land_use", _UNKNOWN, facts.fit.reason)
    elif facts.fit.outcome == "cannot_decide":
        vi, en = (words.rstrip(".") for words in (facts.fit.reason.vi, facts.fit.reason.en))
        yield Reason("land_use", _UNKNOWN, Text(vi[:1].lower() + vi[1:], en[:1].lower() + en[1:]))
    if facts.clash is not None and facts.clash.weighty:
        yield Reason("clash", _UNKNOWN, facts.clash.text)
    for line in facts.corridors:
        if line.reason is not None:
            yield Reason("corridor", _UNKNOWN, line.reason)


def _data_missing(facts: Facts) -> Iterator[Reason]:
    if facts.gaps:
        titles = ", ".join(title[:1].lower() + title[1:] for title in facts.gaps.values())
        told = Text(f"chưa có dữ liệu về {titles}", f"no data on {titles}")
        yield Reason("no_data", _UNKNOWN, told)
    if facts.roads.unplanned and not facts.net.gone:
        told = unplanned_text(facts.roads.unplanned)
        yield Reason("planned_width", _UNKNOWN, told)
    if facts.overdue:
        titles = ", ".join(str(source["title"]).lower() for source in facts.overdue)
        told = Text(
            f"dữ liệu {titles} đã quá chu kỳ cập nhật", f"the data of {titles} is past its update cycle"
        )
        yield Reason("overdue", _UNKNOWN, told)


def _figures(facts: Facts) -> Iterator[Reason]:
    if facts.net.gone:
        return
    for street in facts.unmeasured:
        name = street.name or "?"
        told = Text(
            f"chưa có bề rộng của {name} cạnh thửa đất", f"the width of {name} beside it is not loaded"
        )
        yield Reason("frontage", _UNKNOWN, told)
    if not facts.fronts and not facts.unmeasured:
        told = Text("không tìm thấy đường giáp thửa đất", "no street is found along the parcel")
        yield Reason("frontage", _UNKNOWN, told)
    for front in facts.fronts:
        name = front.frontage.street.name or "?"
        if front.setback.value is None or front.red_line.value is None:
            told = Text(f"chưa xác định được khoảng lùi trên {name}", f"the setback on {name} cannot be told")
            yield Reason("setback", _UNKNOWN, told)
        elif front.setback.doubtful:
            told = Text(
                f"mức khoảng lùi trên {name} theo quy chuẩn chưa xác minh",
                f"what the rules say of the setback on {name} is not verified",
            )
            yield Reason("setback", _UNKNOWN, told)
    if any(one.undecided for one in facts.limits if one.zone.for_buildings):
        told = Text("đồ án không nêu đủ chỉ tiêu xây dựng", "the plan does not state all figures")
        yield Reason("figures", _UNKNOWN, told)
    elif facts.capacity.footprint_m2 is None:
        why = facts.capacity.reason
        vi, en = why.vi.rstrip("."), why.en.rstrip(".")
        yield Reason("footprint", _UNKNOWN, Text(vi[:1].lower() + vi[1:], en[:1].lower() + en[1:]))


def _also_so(facts: Facts) -> Iterator[Reason]:
    """What decides nothing by itself and yet must be said."""
    if facts.clash is not None and not facts.clash.weighty:
        yield Reason("clash", Tier.ALLOWED, facts.clash.text)
    if facts.net.takers and not facts.net.gone:
        taken = facts.net.taken_m2
        share = 100 * taken / facts.net.lot.area
        by = ", ".join(facts.roads.names)
        told = Text(
            f"đường quy hoạch lấy {format_number(taken, 2)} m² ({format_number(share, 1)} %) "
            f"của thửa đất: {by}",
            f"planned roads take {taken:.2f} m² ({share:.1f} %) of the parcel: {by}",
        )
        yield Reason("road", Tier.ALLOWED, told)


def corridor_line(hit: Mapping[str, Any], source: Mapping[str, Any]) -> Line:
    """Ground in a corridor: whether one may build there is in a rule that is not loaded."""
    area = hit["area_m2"]
    told = Text(
        f"{format_area(area)} nằm trong “{hit['title']}”, quy định xây dựng tại đó chưa được nạp",
        f"{area:.1f} m² lie in “{hit['title']}”, and the rules for building there are not loaded",
    )
    return Line("corridor", "cannot_decide", float(area), "m²", told, source=source, zone=hit["feature_id"])
