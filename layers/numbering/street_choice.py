"""Which street a house belongs to: the one its gate opens to, and at a corner the larger. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

from gis_platform.layer.text import Text
from gis_platform.rules import RuleBook
from layers.numbering.ground import Subject, Way
from layers.numbering.lines import CORNER, Outcome, RuleLine, needs
from layers.planning.building.frontage import frontages

#: Beyond this from a street's edge a gate does not open to it.
FARTHEST_M = 40.0
#: Two edges that near to one another are equally near: the error of the maps.
_ALIKE_M = 1.0
_UNKNOWN_WIDTH_M = 4.0

_STREET = Text("Đường mà nhà mở ra", "The street the house opens to")
_CORNER = Text("Nhà ở góc hai đường", "Corner house")


@dataclass(frozen=True, slots=True)
class StreetChoice:
    """The way that was chosen, the others it might be, and why; no way where none is near."""

    way: Way | None
    others: tuple[Way, ...]
    lines: tuple[RuleLine, ...]


def called(way: Way) -> str:
    """What people call it."""
    return way.street.name or f"đường số {way.street.id}"


def choose(subject: Subject, ways: Sequence[Way], book: RuleBook) -> StreetChoice:
    """By the gate where one was given, else by what the lot fronts on."""
    if subject.place is not None:
        return _by_gate(subject, ways, book)
    assert subject.lot is not None  # noqa: S101  # a subject has a lot or a place
    lengths = {one.street.id: one.length_m for one in frontages(subject.lot, [way.street for way in ways])}
    faced = [way for way in ways if way.street.id in lengths]
    if not faced:
        return _nearest_only(subject, ways)
    best = max(faced, key=lambda way: (_width(way), way.axis is not None, lengths[way.street.id]))
    others = tuple(way for way in faced if way is not best)
    metres = {called(way): round(lengths[way.street.id], 2) for way in faced}
    line = _said("pass", f"Lô đất tiếp giáp {called(best)}.", f"The lot fronts on {called(best)}.", metres)
    return StreetChoice(best, others, (line, *_corner(best, others, book, by_gate=False)))


def _by_gate(subject: Subject, ways: Sequence[Way], book: RuleBook) -> StreetChoice:
    away = {way.street.id: _from_edge(subject, way) for way in ways}
    near = sorted((w for w in ways if away[w.street.id] <= FARTHEST_M), key=lambda w: away[w.street.id])
    if not near:
        return StreetChoice(None, (), (_none_near(),))
    alike = [way for way in near if away[way.street.id] - away[near[0].street.id] <= _ALIKE_M]
    best = max(alike, key=lambda way: (_width(way), way.axis is not None, -away[way.street.id]))
    others = tuple(way for way in alike if way is not best)
    metres = {called(way): round(max(away[way.street.id], 0.0), 2) for way in near[:4]}
    line = _said(
        "pass", f"Cổng mở ra {called(best)}, gần nhất.", f"The gate is nearest to {called(best)}.", metres
    )
    return StreetChoice(best, others, (line, *_corner(best, others, book, by_gate=True)))


def _nearest_only(subject: Subject, ways: Sequence[Way]) -> StreetChoice:
    near = [way for way in ways if _from_edge(subject, way) <= FARTHEST_M]
    if not near:
        return StreetChoice(None, (), (_none_near(),))
    best = min(near, key=lambda way: _from_edge(subject, way))
    metres = {called(best): round(_from_edge(subject, best), 2)}
    line = _said(
        "cannot_decide",
        f"Lô đất không tiếp giáp đường nào trong dữ liệu; gần nhất là {called(best)}. Hãy chỉ cổng trên "
        "bản đồ.",
        f"The lot fronts on no street on record; the nearest is {called(best)}. Point at the gate on the "
        "map.",
        metres,
    )
    return StreetChoice(best, tuple(way for way in near if way is not best), (line,))


def _corner(best: Way, others: Sequence[Way], book: RuleBook, *, by_gate: bool) -> list[RuleLine]:
    if not others:
        return []
    widths = {called(way): way.street.width_m for way in (best, *others)}
    names = ", ".join(widths)
    equal = any(_width(way) == _width(best) for way in others)
    if equal and not by_gate:
        told = Text(
            f"Lô đất giáp {names}, mặt cắt ngang bằng nhau: cửa chính quyết định. Hãy chỉ cổng trên bản đồ.",
            f"The lot fronts on {names}, equally wide: the main door decides. Point at the gate on the map.",
        )
        return [needs(book.look_up(CORNER), _corner_line("cannot_decide", told, book, widths))]
    told = Text(
        f"Nhà ở góc {names}: theo {called(best)}, đường có mặt cắt ngang lớn hơn.",
        f"A corner of {names}: by {called(best)}, the one with the larger cross-section.",
    )
    return [needs(book.look_up(CORNER), _corner_line("pass", told, book, widths))]


def _corner_line(outcome: Outcome, told: Text, book: RuleBook, widths: dict[str, float | None]) -> RuleLine:
    return RuleLine("corner", _CORNER, outcome, told, book.look_up(CORNER), {"width_m": widths})


def _said(outcome: Outcome, vi: str, en: str, metres: dict[str, float]) -> RuleLine:
    return RuleLine("street", _STREET, outcome, Text(vi, en), None, {"metres": metres})


def _none_near() -> RuleLine:
    told = Text(
        f"Trong {FARTHEST_M:.0f} m không có đường, hẻm nào trong dữ liệu nên chưa thể đề xuất số.",
        f"There is no street or alley on record within {FARTHEST_M:.0f} m, so no number can be proposed.",
    )
    return RuleLine("street", _STREET, "cannot_decide", told)


def _width(way: Way) -> float:
    return way.street.width_m or 0.0


def _from_edge(subject: Subject, way: Way) -> float:
    half = (way.street.width_m or _UNKNOWN_WIDTH_M) / 2
    return float(way.street.line.distance(subject.ground)) - half
