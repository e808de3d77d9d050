"""An alley without a name takes the number of the house immediately before its mouth (Article 7)."""

import json
import string
from dataclasses import dataclass

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Text
from gis_platform.rules import RuleBook
from gis_platform.sqlfiles import named_queries
from layers.numbering.directed import directed, shape_of
from layers.numbering.ground import Axis, axis_of, numbered_along
from layers.numbering.lines import ALLEY, RuleLine, needs
from layers.numbering.placed import neighbours
from layers.references.address import Number, format_path
from layers.references.house_path import MOST_ALLEYS, members_of, path_of

SQL = named_queries(__file__)

_TITLE = Text("Số của hẻm chưa có tên", "Number of an alley without a name")


@dataclass(frozen=True, slots=True)
class Mouth:
    """What an alley would be numbered as; no axis where that cannot be told. The line says why."""

    axis: Axis | None
    line: RuleLine


async def alley_at(work: UnitOfWork, line_id: int, book: RuleBook) -> Mouth:
    """The alley of a street feature that has no direction yet, as a line from its mouth inwards."""
    rule = book.look_up(ALLEY)
    found, row = await work.row(SQL["mouth"], line=line_id), await work.row(SQL["line"], line=line_id)
    parent = await axis_of(work, found["parent"]) if found is not None else None
    if found is None or row is None or parent is None:
        return Mouth(None, RuleLine("alley", _TITLE, "cannot_decide", _NO_MOUTH, rule))
    before = None
    if found["side"] is not None:
        along = await numbered_along(work, parent)
        before = neighbours(along, found["at_m"], found["side"]).before
    if before is None or len(parent.path) >= MOST_ALLEYS:
        told = _no_house(parent)
        return Mouth(None, RuleLine("alley", _TITLE, "cannot_decide", told, rule))
    number = await _free_for_alley(work, parent, before.number, line_id)
    path = (*parent.path, number)
    shape = shape_of(row["line"])
    merged = shapely.get_parts(shapely.line_merge(shape)).tolist()
    ends = shapely.get_coordinates(max(merged, key=shapely.length))
    start = ends[0] if found["inwards"] else ends[-1]
    axis = Axis(
        street_id=parent.street_id,
        street_name=parent.street_name,
        path=path,
        line=directed(shape, (float(start[0]), float(start[1]))),
        basis="assumed",
        width_m=row["width_m"],
        line_id=line_id,
    )
    told = Text(
        f"Nhà ngay trước đầu hẻm là số {format_path((*parent.path, before.number))} "
        f"{parent.street_name}, nên hẻm mang số {format_path(path)}.",
        f"The house before its mouth is number {format_path((*parent.path, before.number))} "
        f"{parent.street_name}, so the alley is {format_path(path)}.",
    )
    numbers = {"mouth_m": round(found["at_m"], 2), "side": found["side"], "house_before": before.id}
    return Mouth(axis, needs(rule, RuleLine("alley", _TITLE, "pass", told, rule, numbers)))


async def _free_for_alley(work: UnitOfWork, parent: Axis, number: Number, line_id: int) -> Number:
    """The number, with a letter where another alley of the parent has it: two mouths behind one house."""
    rows = await work.rows(
        SQL["alleys_of"], street=parent.street_id, alleys=json.dumps(members_of(parent.path))
    )
    return free_alley({path_of(row["alley_path"])[-1] for row in rows if row["line_id"] != line_id}, number)


def free_alley(taken: set[Number], number: Number) -> Number:
    """The number itself, or the first with a letter that is not taken."""
    if number not in taken:
        return number
    return next(
        (number[0], letter)
        for letter in (*string.ascii_lowercase, *(f"z{letter}" for letter in string.ascii_lowercase))
        if (number[0], letter) > number and (number[0], letter) not in taken
    )


_NO_MOUTH = Text(
    "Không thấy đầu hẻm mở ra đường, hẻm nào đã có chiều đánh số. Hãy xác định chiều của đường đó trước.",
    "Its mouth opens into no street or alley with a direction. State the direction of that one first.",
)


def _no_house(parent: Axis) -> Text:
    where = " ".join(filter(None, (format_path(parent.path), parent.street_name)))
    return Text(
        f"Trước đầu hẻm trên {where} chưa có nhà nào được đánh số, nên chưa biết số của hẻm.",
        f"No house before its mouth on {where} has a number yet, so the alley has none.",
    )
