"""What land is registered for against what a plan makes of it: two lists of codes, one table of groups.

Groups follow Article 9 of the Land Law 31/2024 as the national system arranges its codes. The list of planned
functions is a list of its own: that its codes read like the cadastre's does not make them the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gis_platform.layer.text import Text
from layers.references.land_use_codes import OLDER_CODES
from layers.references.land_uses import land_use_names


class Group(StrEnum):
    """What may stand on the ground, roughly."""

    HOUSING = "housing"
    OFFICES = "offices"
    SERVICES = "services"
    TRADE = "trade"
    INDUSTRY = "industry"
    WORSHIP = "worship"
    PUBLIC_WORKS = "public_works"
    GREEN = "green"
    ROADS = "roads"
    WATER = "water"
    FARMING = "farming"
    CEMETERY = "cemetery"


#: Ground that a plan gives to one of these is not for buildings of those who hold it.
NOT_FOR_BUILDINGS = frozenset({Group.GREEN, Group.ROADS, Group.WATER, Group.FARMING, Group.CEMETERY})

_LAND_USES = {
    Group.HOUSING: "ONT ODT",
    Group.OFFICES: "TSC CQP CAN",
    Group.SERVICES: "DVH DXH DYT DGD DTT DKH DMT DKT DNG DSK",
    Group.TRADE: "TMD DCH",
    Group.INDUSTRY: "SKK SKN SCT SKC SKS",
    Group.WORSHIP: "TON TIN",
    Group.PUBLIC_WORKS: "DTL DCT DPC DDD DRA DNL DBV DCK",
    Group.GREEN: "DKV",
    Group.ROADS: "DGT",
    Group.WATER: "MNC SON",
    Group.FARMING: "LUA LUC LUK HNK CLN RDD RPH RSX NTS CNT LMU NKH",
    Group.CEMETERY: "NTD",
}
_PLANNED = {
    Group.HOUSING: "ODT ONT",
    Group.OFFICES: "TSC",
    Group.SERVICES: "DVH DYT DGD DTT",
    Group.TRADE: "TMD DCH",
    Group.INDUSTRY: "SKC SKK SKN",
    Group.WORSHIP: "TON TIN",
    Group.GREEN: "DKV",
    Group.ROADS: "DGT",
    Group.WATER: "MNC SON",
    Group.FARMING: "CLN HNK LUA LUC NTS",
    Group.CEMETERY: "NTD",
}
_OF_LAND_USE = {code: group for group, codes in _LAND_USES.items() for code in codes.split()}
_OF_PLANNED = {code: group for group, codes in _PLANNED.items() for code in codes.split()}


def planned_group(code: str | None) -> Group | None:
    """The group of a planned function; None where the list does not have it."""
    return _OF_PLANNED.get(code or "")


def land_use_group(code: str) -> Group | None:
    """The group of a registered use; an older code has one where all it may have become lies in one group."""
    if code in OLDER_CODES:
        became = {_OF_LAND_USE.get(new) for new in OLDER_CODES[code].codes}
        return became.pop() if len(became) == 1 else None
    return _OF_LAND_USE.get(code)


@dataclass(frozen=True, slots=True)
class Fit:
    """``fits``, ``differs``, ``partly`` or ``cannot_decide``, and why."""

    outcome: str
    reason: Text
    verified: bool = False

    @property
    def sentence(self) -> Text:
        """The reason standing alone."""
        return Text(_sentence(self.reason.vi), _sentence(self.reason.en))


def fit(uses: Sequence[dict[str, Any]], planned: Sequence[tuple[str | None, str | None]]) -> Fit:
    """Registered uses of a parcel against the functions, code and name, that govern its ground."""
    registered = list(dict.fromkeys(str(use.get("code", "")) for use in uses))
    functions = dict(planned)
    if not registered:
        return Fit(
            "cannot_decide", Text("Thửa đất không ghi mục đích sử dụng đất.", "No land use is on record.")
        )
    if not functions:
        return Fit(
            "cannot_decide", Text("Không có chức năng quy hoạch tại thửa đất.", "No planned function.")
        )
    unknown = [code for code in registered if land_use_group(code) is None]
    unknown += [code or "?" for code in functions if planned_group(code) is None]
    if unknown:
        listed = ", ".join(dict.fromkeys(unknown))
        return Fit(
            "cannot_decide",
            Text(f"Không xếp được mã {listed} vào nhóm đất nào.", f"The group of {listed} is not known."),
        )
    have, want = {land_use_group(code) for code in registered}, {planned_group(code) for code in functions}
    held, made = _uses(registered), _functions(functions)
    if have == want:
        return Fit(
            "fits",
            Text(f"Đăng ký: {held.vi}; quy hoạch: {made.vi}.", f"Registered: {held.en}; planned: {made.en}."),
        )
    told = Text(
        f"đất đăng ký là {held.vi} nhưng quy hoạch là {made.vi}",
        f"the land is registered as {held.en} but planned as {made.en}",
    )
    return Fit("partly" if have & want else "differs", told)


def _uses(codes: Sequence[str]) -> Text:
    names = land_use_names()
    known = [names.get(code, Text(code, code)) for code in codes]
    pairs = list(zip(known, codes, strict=True))
    return Text(
        ", ".join(f"{name.vi} ({code})" for name, code in pairs),
        ", ".join(f"{name.en} ({code})" for name, code in pairs),
    )


def _functions(functions: dict[str | None, str | None]) -> Text:
    """As the plan calls them: it has names in Vietnamese alone."""
    names = land_use_names()
    vi = (f"{_lowered(name or '')} ({code})" for code, name in functions.items())
    en = (
        f"{names[code].en if code and code in names else name} ({code})" for code, name in functions.items()
    )
    return Text(", ".join(vi), ", ".join(en))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
