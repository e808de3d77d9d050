"""The words of a proposal: each line with its outcome, numbers and reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, RuleBook
from layers.numbering.between import Choice, Side, odd_side
from layers.numbering.directed import directed, runs_as_ruled
from layers.numbering.ground import Axis, Gate, Subject, Way
from layers.numbering.lines import (
    ALLEY_DIRECTION,
    DIRECTION,
    INSERTION,
    PARITY,
    VACANT,
    WRITTEN,
    RuleLine,
    needs,
)
from layers.numbering.placed import Neighbours, Placed
from layers.references.address import Number, format_path, read_address, street_key

_SIDES = {"left": Text("trái", "left"), "right": Text("phải", "right")}


def where(axis: Axis) -> str:
    """A street or an alley of it, as it is called: "hẻm 12/5 Ấp Bắc"."""
    return f"hẻm {format_path(axis.path)} {axis.street_name}" if axis.path else axis.street_name


def direction_line(axis: Axis, book: RuleBook) -> RuleLine:
    """Which way numbers grow, and whether that is what the circular says for a new street."""
    title = Text("Chiều đánh số", "Numbering direction")
    if axis.path:
        told = Text(
            f"Trong {where(axis)} số tăng từ đầu hẻm trở vào.", f"In {where(axis)} numbers grow inwards."
        )
        rule = book.look_up(ALLEY_DIRECTION)
        return needs(rule, RuleLine("direction", title, "pass", told, rule))
    rule = book.look_up(DIRECTION)
    if runs_as_ruled(axis.line):
        told = Text(
            f"{axis.street_name} được đánh số theo chiều quy định.",
            f"{axis.street_name} is numbered in the direction of the rule.",
        )
    else:
        told = Text(
            f"{axis.street_name} đã đánh số ngược chiều quy định cho đường mới; đường đã có số giữ chiều cũ.",
            f"{axis.street_name} is numbered against the direction for new streets; it keeps its own.",
        )
    numbers = {"basis": axis.basis, "as_for_new_streets": runs_as_ruled(axis.line)}
    return needs(rule, RuleLine("direction", title, "pass", told, rule, numbers))


def no_direction(way: Way, book: RuleBook) -> RuleLine:
    """A street for which nobody stated where its numbers begin: with the start that the rule would give."""
    start = directed(way.street.line).coords[0]
    name = way.street.name or str(way.street.id)
    told = Text(
        f"{name} chưa có chiều đánh số nên chưa thể đề xuất số nhà. Hãy xác định đầu đường trước; chưa có gì "
        "được lưu.",
        f"{name} has no numbering direction yet, so no number can be proposed. State where it starts first; "
        "nothing was stored.",
    )
    numbers = {"street": way.street.id, "start_by_the_rule": [round(start[0], 2), round(start[1], 2)]}
    title = Text("Chiều đánh số", "Numbering direction")
    return RuleLine("direction", title, "cannot_decide", told, book.look_up(DIRECTION), numbers)


def side_line(gate: Gate, axis: Axis, book: RuleBook) -> RuleLine:
    """Left or right, facing the ascending numbers."""
    title = Text("Bên đường", "Side of the street")
    rule = book.look_up(PARITY)
    numbers = {"from_centre_line_m": round(gate.away_m, 2), "at_m": round(gate.at_m, 2)}
    if gate.side is None:
        told = Text(
            "Cổng nằm ngay trên tim đường nên không biết bên nào. Hãy chỉ lại cổng.",
            "The gate is on the centre line itself: no side can be told. Point at the gate again.",
        )
        return RuleLine("side", title, "cannot_decide", told, rule, numbers)
    side = _SIDES[gate.side]
    told = Text(
        f"Cổng ở bên {side.vi} {where(axis)}, nhìn theo chiều số tăng.",
        f"The gate is on the {side.en} of {where(axis)}, facing the ascending numbers.",
    )
    return needs(rule, RuleLine("side", title, "pass", told, rule, numbers))


def parity_missing(book: RuleBook) -> bool:
    """Whether nothing says which side is odd on the day: then no number is told."""
    return isinstance(book.look_up(PARITY), NotLoaded)


def parity_line(number: Number, fits: bool, side: Side, book: RuleBook) -> RuleLine:
    """The number against the side it is on."""
    odd = Text("lẻ", "odd") if odd_side(side) else Text("chẵn", "even")
    told = Text(
        f"Bên {_SIDES[side].vi} mang số {odd.vi}; số đề xuất {format_path((number,))}.",
        f"The {_SIDES[side].en} has {odd.en} numbers; proposed is {format_path((number,))}.",
    )
    rule = book.look_up(PARITY)
    title = Text("Chẵn, lẻ theo bên đường", "Parity by side")
    line = RuleLine("parity", title, "pass" if fits else "fail", told, rule, {"number": number[0]})
    return needs(rule, line)


def place_line(gate: Gate, beside: Neighbours) -> RuleLine:
    """Between which houses the gate stands."""
    title = Text("Vị trí dọc đường", "Place along the street")
    before, after = _named(beside.before), _named(beside.after)
    told = Text(
        f"Cách đầu đường {gate.at_m:.0f} m, giữa {before.vi} và {after.vi} cùng bên.",
        f"{gate.at_m:.0f} m from the start, between {before.en} and {after.en} on the same side.",
    )
    numbers = {
        "at_m": round(gate.at_m, 2),
        "before": beside.before.id if beside.before else None,
        "after": beside.after.id if beside.after else None,
    }
    return RuleLine("position", title, "pass", told, None, numbers)


def vacant_line(before: int, after: int, choice: Choice, book: RuleBook) -> RuleLine:
    """Numbers kept for vacant lots between the neighbours."""
    title = Text("Số dành cho lô đất trống", "Numbers kept for vacant lots")
    rule = book.look_up(VACANT)
    numbers = {"vacant_before": before, "vacant_after": after}
    if choice.how == "free" and choice.enough:
        told = Text(
            f"Dành số cho {before} lô trống phía trước và {after} lô phía sau.",
            f"Numbers are kept for {before} vacant lots before it and {after} after it.",
        )
        return needs(rule, RuleLine("vacant", title, "pass", told, rule, numbers))
    if before + after == 0:
        told = Text("Không có lô trống nào ở giữa.", "There is no vacant lot between.")
        return needs(rule, RuleLine("vacant", title, "pass", told, rule, numbers))
    told = Text(
        f"Không đủ số cho {before + after} lô trống giữa hai nhà; các lô đó sẽ phải mang số kèm chữ.",
        f"There are not enough numbers for the {before + after} vacant lots between: they will need letters.",
    )
    return needs(rule, RuleLine("vacant", title, "fail", told, rule, numbers))


def number_line(choice: Choice, beside: Neighbours, axis: Axis, book: RuleBook) -> RuleLine:
    """The number itself: free, with a letter, or none."""
    title = Text("Số đề xuất", "Proposed number")
    before, after = _named(beside.before), _named(beside.after)
    if choice.number is None:
        told = Text(
            f"Giữa {before.vi} và {after.vi} không còn số nào theo thứ tự. Cán bộ có thể chọn số khác, có "
            "nêu lý do, hoặc đánh số lại cả đường.",
            f"Between {before.en} and {after.en} no number is left in order. Another may be given with a "
            "reason, or the street be numbered anew.",
        )
        return RuleLine("number", title, "cannot_decide", told)
    number = format_path((*axis.path, choice.number))
    if choice.how == "free":
        told = Text(
            f"Số {number} chưa dùng, nằm giữa {before.vi} và {after.vi}.",
            f"Number {number} is free, between {before.en} and {after.en}.",
        )
        return RuleLine("number", title, "pass", told, None, {"number": number})
    rule = book.look_up(INSERTION)
    told = Text(
        f"Giữa {before.vi} và {after.vi} hết số, nên lấy số của nhà nhỏ hơn kèm chữ: {number}.",
        f"No number is left between {before.en} and {after.en}: the smaller one with a letter, {number}.",
    )
    return needs(rule, RuleLine("number", title, "pass", told, rule, {"number": number}))


def written_line(path: tuple[Number, ...], book: RuleBook) -> RuleLine:
    """How the number is written, which no text was seen to say."""
    title = Text("Cách viết", "Written form")
    told = Text(f"Viết là {format_path(path)}.", f"Written {format_path(path)}.")
    rule = book.look_up(WRITTEN)
    return needs(rule, RuleLine("written_form", title, "pass", told, rule, {"written": format_path(path)}))


def record_line(subject: Subject, axis: Axis) -> RuleLine:
    """The street against the address that the cadastre has for the lot (Article 4: they must agree)."""
    title = Text("Khớp với địa chỉ thửa đất", "Agrees with the parcel's address")
    streets = {street_key(reading.street) for reading in read_address(subject.address or "")}
    if not streets:
        told = Text("Thửa đất chưa có địa chỉ để đối chiếu.", "The parcel has no address to compare with.")
        return RuleLine("address_on_record", title, "cannot_decide", told)
    numbers = {"address": subject.address}
    alley = " ".join(("hem", format_path(axis.path), axis.street_name))
    if streets & {street_key(axis.street_name), street_key(alley)}:
        told = Text(f"Địa chính ghi “{subject.address}”.", f"The cadastre has “{subject.address}”.")
        return RuleLine("address_on_record", title, "pass", told, None, numbers)
    told = Text(
        f"Địa chính ghi “{subject.address}”, khác với {where(axis)}. Hãy kiểm tra trước khi cấp.",
        f"The cadastre has “{subject.address}”, which is not {where(axis)}. Check before it is given.",
    )
    return RuleLine("address_on_record", title, "fail", told, None, numbers)


def current_lines(current: Sequence[Mapping[str, Any]]) -> list[RuleLine]:
    """That the lot has a number already."""
    if not current:
        return []
    names = ", ".join(str(row["address"] or row["number"]) for row in current)
    told = Text(f"Thửa đất đã có số: {names}.", f"The lot has a number already: {names}.")
    title = Text("Một nhà một số", "One number a house")
    return [RuleLine("already_numbered", title, "fail", told, None, {"ids": [row["id"] for row in current]})]


def corner_collisions(others: Sequence[str], gate: Gate) -> list[Mapping[str, Any]]:
    """That the lot might belong to another street as well."""
    if not others:
        return []
    told = Text(
        f"Nhà ở góc, cũng giáp {', '.join(others)}.", f"A corner house: it is also on {', '.join(others)}."
    )
    return [{"code": "corner_house", "reason": told, "geometry": _point(gate)}]


def other_street(current: Sequence[Mapping[str, Any]], axis: Axis, gate: Gate) -> list[Mapping[str, Any]]:
    """Numbers that the lot has on other streets."""
    found = [row for row in current if row["street_id"] != axis.street_id]
    return [
        {
            "code": "two_streets",
            "reason": Text(
                f"Thửa đất đang mang số của đường khác: {row['address']}.",
                f"The lot has a number of another street: {row['address']}.",
            ),
            "id": row["id"],
            "geometry": _point(gate),
        }
        for row in found
    ]


def _point(gate: Gate) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(gate.point)}


def _named(one: Placed | None) -> Text:
    if one is None:
        return Text("đầu hoặc cuối dãy nhà", "the end of the row")
    number = format_path((one.number,))
    return Text(f"số {number}", f"number {number}")
