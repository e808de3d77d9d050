"""The setback along each street that a parcel faces: the stricter of plan and table, and which that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_platform.layer.text import Language, Text
from gis_platform.rules import NotLoaded, RuleBook
from gis_platform.vietnamese_numbers import format_number
from layers.planning.building.drawn import drawn_setback
from layers.planning.building.frontage import Frontage
from layers.planning.building.ground import Net
from layers.planning.building.lines import Line, street_source, zone_source
from layers.planning.building.reading import SETBACK, Street
from layers.planning.building.setback import SetbackTable
from layers.planning.building.zones import Limits


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A frontage with its lines; ``setback`` carries the metres, or why they cannot be told."""

    frontage: Frontage
    red_line: Line
    setback: Line
    building_line: Line
    taken_m2: float

    @property
    def street(self) -> Street:
        return self.frontage.street

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.red_line, self.setback, self.building_line)

    def told(self, language: Language) -> dict[str, Any]:
        """As JSON; widths and distances in metres, the lines counted from the centre of the street."""
        street = self.frontage.street
        return {
            "street_id": street.id,
            "name": street.name,
            "kind": street.kind,
            "width_m": street.width_m,
            "planned_width_m": street.planned_width_m,
            "length_m": round(self.frontage.length_m, 2),
            "red_line_m": self.red_line.value,
            "building_line_m": self.building_line.value,
            "setback_m": self.setback.value,
            "outcome": self.setback.outcome,
            "reason": self.setback.reason.in_language(language) if self.setback.reason else None,
            "taken_m2": round(self.taken_m2, 2),
        }


def front_lines(
    fronts: Sequence[Frontage],
    limits: Sequence[Limits],
    net: Net,
    reserves: Mapping[int, Mapping[str, Any]],
    book: RuleBook,
    *,
    roads_known: bool,
) -> list[FrontLine]:
    """``roads_known``: plans that show all planned roads cover the whole parcel. ``reserves``: those
    that take."""
    table = book.look_up(SETBACK)
    building = [one for one in limits if one.zone.for_buildings]
    taken = {taker.street: taker.area_m2 for taker in net.takers if taker.street is not None}
    return [
        _front(
            front,
            building,
            table,
            drawn_setback(front.street.id, net, reserves),
            roads_known=roads_known,
            taken_m2=taken.get(front.street.id, 0.0),
        )
        for front in fronts
    ]


def _front(
    front: Frontage,
    building: Sequence[Limits],
    table: Any,
    drawn: Line | None,
    *,
    roads_known: bool,
    taken_m2: float,
) -> FrontLine:
    street = front.street
    red = _red_line(street, roads_known=roads_known)
    setback = _setback(street, building, table, red)
    if drawn is not None and setback.value is not None and float(drawn.value or 0) > float(setback.value):
        setback = drawn
    metres = [line.value for line in (red, setback)]
    both = [float(value) for value in metres if isinstance(value, float | int)]
    if len(both) == 2:
        building_line = Line("building_line", "computed", sum(both), "m", street=street.id, source=red.source)
    else:
        missing = red.reason if red.value is None else setback.reason
        building_line = Line("building_line", "cannot_decide", None, "m", missing, street=street.id)
    return FrontLine(front, red, setback, building_line, taken_m2)


def _red_line(street: Street, *, roads_known: bool) -> Line:
    source = street_source(street.id, street.source_date)
    if street.planned_width_m is not None:
        why = Text(
            f"Một nửa của bề rộng quy hoạch {format_number(street.planned_width_m, 1)} m.",
            f"One half of the planned width of {street.planned_width_m:g} m.",
        )
        half = street.planned_width_m / 2
        return Line("red_line", "computed", half, "m", why, source=source, street=street.id)
    if roads_known and street.red_half_m is not None:
        why = Text(
            "Đồ án không vẽ đường quy hoạch trên thửa đất và chưa có bề rộng quy hoạch của đường; tạm tính "
            "theo nửa bề rộng hiện trạng.",
            "The plans draw no planned road on the parcel and the planned width is not loaded; half of "
            "today's width for the time being.",
        )
        return Line("red_line", "computed", street.red_half_m, "m", why, source=source, street=street.id)
    why = Text("Chưa có bề rộng quy hoạch của đường.", "The planned width of the street is not loaded.")
    return Line("red_line", "cannot_decide", None, "m", why, source=source, street=street.id)


def _setback(street: Street, building: Sequence[Limits], table: Any, red: Line) -> Line:
    """The strictest of the zones for building; in each the stricter of plan and table."""
    found = [_of_zone(street, one, table, red) for one in building]
    undecided = [line for line in found if line.value is None]
    if undecided or not found:
        if undecided:
            return undecided[0]
        why = Text("Không có đất quy hoạch để xây dựng.", "No ground is planned for building.")
        return Line("setback", "cannot_decide", None, "m", why, street=street.id)
    return max(found, key=lambda line: float(line.value or 0))


def _of_zone(street: Street, one: Limits, rule: Any, red: Line) -> Line:
    hit = one.zone.hit
    stated, source = hit["setback_m"], zone_source(hit)
    places: dict[str, Any] = {"source": source, "zone": one.zone.id, "street": street.id}
    if isinstance(rule, NotLoaded):
        why = Text(f"Không xác định được: {rule.reason.vi}.", f"Cannot be told: {rule.reason.en}.")
        return Line("setback", "cannot_decide", None, "m", why, stated=stated, **places)
    table = SetbackTable.of(rule.value)
    silent = _silent(table, street, one, red)
    if silent is not None:
        if stated is None:
            why = Text(f"Đồ án không nêu; {silent.vi}.", f"The plan does not say; {silent.en}.")
            return Line("setback", "cannot_decide", None, "m", why, **places)
        why = Text(f"Mức của đồ án; {silent.vi}.", f"As the plan states; {silent.en}.")
        return Line("setback", "stated", float(stated), "m", why, **places)
    assert isinstance(red.value, float) and one.height_m is not None  # noqa: S101, PT018  # else silent
    cell = table.at(2 * red.value, one.height_m)
    doubt_vi = ", ô này chưa xác minh" if cell.doubtful else ""
    doubt_en = ", this cell is not verified" if cell.doubtful else ""
    by_table = Text(
        f"{rule.document}, {rule.article}: {format_number(cell.metres, 1)} m cho đường rộng "
        f"{format_number(2 * red.value, 1)} m và công trình cao đến {format_number(one.height_m, 1)} "
        f"m{doubt_vi}",
        f"{rule.document}, {rule.article}: {cell.metres:g} m on a road of {2 * red.value:g} m with a "
        "building of "
        f"up to {one.height_m:g} m{doubt_en}",
    )
    plan = float(stated) if stated is not None else None
    plan_holds = plan is not None and plan >= cell.metres
    said = Text(
        f"Đồ án: {format_number(plan, 1)} m" if plan is not None else "Đồ án không nêu",
        f"Plan: {plan:g} m" if plan is not None else "The plan does not say",
    )
    which_vi, which_en = ("đồ án", "plan") if plan_holds else ("quy chuẩn", "rule")
    why = Text(
        f"{said.vi}; {by_table.vi}; lấy mức chặt hơn, là mức của {which_vi}.",
        f"{said.en}; {by_table.en}; the stricter holds, which is the {which_en}.",
    )
    value = plan if plan_holds else cell.metres
    # A cell in doubt is in doubt either way: were it larger, it would be the stricter one.
    outcome: Any = "stated" if plan_holds else "computed"
    return Line("setback", outcome, value, "m", why, rule, stated=plan, doubtful=cell.doubtful, **places)


def _silent(table: SetbackTable, street: Street, one: Limits, red: Line) -> Text | None:
    """Why the table does not speak here; None where it does."""
    if not table.is_for(street.kind):
        return Text("bảng khoảng lùi không áp dụng cho hẻm", "the table of setbacks is not for alleys")
    if one.height_m is None:
        return Text(
            "chưa biết chiều cao công trình để tra bảng", "the table asks for a height, and none is known"
        )
    if not isinstance(red.value, float):
        return Text(
            "chưa biết bề rộng đường để tra bảng", "the table asks for the road's width, which is not known"
        )
    return None
