"""The communal units of Mỹ Tho in three generations: codes, composition, and which cells belong to which.

Codes are reused from one generation to the next, so a unit is (code, generation). Which wards took in
phường 3, 7 and 8 before generation 2, by which resolution and when, was not found: those rows carry
UNVERIFIED in their note.
Every boundary is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

UNVERIFIED = "chưa xác minh"
SYNTHETIC = "Ranh giới là dữ liệu minh hoạ"
CITY_CODE, PROVINCE_CODE = "815", "82"


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward (phuong) or commune (xa) of one generation, made of whole units of the one before."""

    code: str
    name: str
    kind: str
    parts: tuple[str, ...] = ()
    note: str | None = None

    @property
    def full_name(self) -> str:
        """With its kind, as written in an address."""
        return f"{'Phường' if self.kind == 'phuong' else 'Xã'} {self.name}"


FIRST: tuple[Unit, ...] = (
    Unit("28249", "5", "phuong"),
    Unit("28252", "4", "phuong"),
    Unit("28255", "7", "phuong"),
    Unit("28258", "3", "phuong"),
    Unit("28261", "1", "phuong"),
    Unit("28264", "2", "phuong"),
    Unit("28267", "8", "phuong"),
    Unit("28270", "6", "phuong"),
    Unit("28273", "9", "phuong"),
    Unit("28276", "10", "phuong"),
    Unit("28279", "Tân Long", "phuong"),
    Unit("28282", "Đạo Thạnh", "xa"),
    Unit("28285", "Trung An", "xa"),
    Unit("28288", "Mỹ Phong", "xa"),
    Unit("28291", "Tân Mỹ Chánh", "xa"),
    Unit("28567", "Phước Thạnh", "xa"),
    Unit("28591", "Thới Sơn", "xa"),
)

_MERGED = f"Phường nhận sáp nhập, nghị quyết và ngày hiệu lực: {UNVERIFIED}"
_TAKEN_IN = {"28261": ("28261", "28255"), "28264": ("28264", "28258", "28267")}
SECOND: tuple[Unit, ...] = tuple(
    Unit(
        unit.code,
        unit.name,
        unit.kind,
        _TAKEN_IN.get(unit.code, (unit.code,)),
        _MERGED if unit.code in _TAKEN_IN else None,
    )
    for unit in FIRST
    if unit.code not in ("28255", "28258", "28267")
)

THIRD: tuple[Unit, ...] = (
    Unit("28249", "Đạo Thạnh", "phuong", ("28252", "28249", "28282")),
    Unit("28261", "Mỹ Tho", "phuong", ("28261", "28264", "28279")),
    Unit("28270", "Thới Sơn", "phuong", ("28270", "28591")),
    Unit("28273", "Mỹ Phong", "phuong", ("28273", "28291", "28288")),
    Unit("28285", "Trung An", "phuong", ("28276", "28567", "28285")),
)

GENERATIONS: tuple[tuple[Unit, ...], ...] = (FIRST, SECOND, THIRD)
# The first date is that of the demo's data ("up to 2018"), not of a resolution; the second is unverified.
VALID_FROM = (date(2018, 1, 1), date(2024, 11, 1), date(2025, 7, 1))

# Plan coordinates (u0, u1, v0, v1) in metres; the first box that holds a cell's centre wins.
_FAR = 1e9
_BOXES: tuple[tuple[str, float, float, float, float], ...] = (
    ("1", -800, 0, -_FAR, 620),
    ("7", -800, 0, 620, 1450),
    ("4", -1750, -800, -_FAR, 1000),
    ("5", -2300, 0, 1000, 2150),
    ("6", -3700, -1750, -_FAR, 1400),
    ("10", -4600, -1750, 1400, 2500),
    ("2", 0, 800, -_FAR, 620),
    ("3", 0, 900, 620, 980),
    ("8", 0, 1350, 980, 2150),
    ("9", 800, 2600, -_FAR, 1600),
    ("Tân Mỹ Chánh", 1350, _FAR, -_FAR, 2300),
    ("Đạo Thạnh", -2300, 700, 2150, _FAR),
    ("Mỹ Phong", 0, _FAR, 1250, _FAR),
    ("Phước Thạnh", -_FAR, -1750, 2500, _FAR),
    ("Trung An", -_FAR, -1750, -_FAR, 2500),
)


def unit_of(u: NDArray[np.float64], v: NDArray[np.float64], row: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number in FIRST of the unit that holds each cell centre; rows -2 and -1 are the river's."""
    number = {unit.name: index for index, unit in enumerate(FIRST)}
    found = np.full(np.broadcast(u, v).shape, -1)
    for name, u0, u1, v0, v1 in _BOXES:
        inside = (u >= u0) & (u < u1) & (v >= v0) & (v < v1) & (found < 0)
        found = np.where(inside, number[name], found)
    island = np.where(
        u < -1000, number["Thới Sơn"], np.where((u > 150) & (u < 3300), number["Tân Long"], found)
    )
    return np.asarray(np.where(row == -2, island, found))
