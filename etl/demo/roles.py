"""What each main line is: street or canal, how wide, and what it is called.

Names are those of real streets and waters of Mỹ Tho; where they run here is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from etl.demo.names import AVENUES
from etl.demo.randomness import hashed

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BANK_ROAD_M = 8.0
_CANALS_U = {0: 50.0, 6: 28.0, -9: 22.0}
_CANALS_V = {8: 26.0}
_WIDE_U = {-1: 14.0, -2: 18.0, -3: 20.0, -4: 24.0, -6: 24.0, -7: 30.0, 1: 15.0, 2: 18.0, 3: 24.0}
_WIDE_V = {0: 20.0, 1: 13.0, 2: 16.0, 3: 22.0, 4: 16.0, 5: 20.0, 6: 24.0}


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its kind: quoc_lo, duong_tinh, duong_chinh or duong_pho."""

    text: str
    kind: str
    rural: bool = False  # goes on as a road where the city ends


_CITY = "duong_chinh"
_U_NAMES: dict[int, tuple[Name, Name]] = {
    -12: (Name("Đường tỉnh 876", "duong_tinh", True),) * 2,
    -7: (Name("Quốc lộ 60", "quoc_lo", True),) * 2,
    -6: (Name("Nguyễn Thị Thập", _CITY),) * 2,
    -5: (Name("Lê Văn Phẩm", _CITY, True), Name("Đường tỉnh 870B", "duong_tinh", True)),
    -4: (Name("Lý Thường Kiệt", _CITY), Name("Phan Lương Trực", _CITY)),
    -3: (Name("Trần Hưng Đạo", _CITY), Name("Trần Ngọc Giải", _CITY)),
    -2: (Name("Hùng Vương", _CITY, True), Name("Đường tỉnh 870", "duong_tinh", True)),
    -1: (Name("Nam Kỳ Khởi Nghĩa", _CITY), Name("Lê Đại Hành", _CITY)),
    1: (Name("Thái Sanh Hạnh", _CITY, True), Name("Đường tỉnh 879B", "duong_tinh", True)),
    2: (Name("Học Lạc", _CITY), Name("Trần Văn Hoài", _CITY)),
    3: (Name("Nguyễn Văn Giác", _CITY, True), Name("Đường tỉnh 879", "duong_tinh", True)),
    4: (Name("Trần Nguyên Hãn", _CITY),) * 2,
    7: (Name("Đường tỉnh 879D", "duong_tinh", True),) * 2,
}
_EVERYWHERE = 1e9
# Along a v-line names change: each holds west of its limit in plan metres.
_V_NAMES: dict[int, tuple[tuple[float, Name], ...]] = {
    0: (
        (-3300, Name("Đường tỉnh 864", "duong_tinh", True)),
        (-700, Name("Lê Thị Hồng Gấm", _CITY, True)),
        (0, Name("30 Tháng 4", _CITY)),
        (2400, Name("Phan Thanh Giản", _CITY, True)),
        (_EVERYWHERE, Name("Quốc lộ 50", "quoc_lo", True)),
    ),
    1: (
        (-2000, Name("Lê Thị Phỉ", _CITY)),
        (0, Name("Lê Lợi", _CITY)),
        (_EVERYWHERE, Name("Nguyễn Huệ", _CITY)),
    ),
    2: (
        (-2000, Name("Đoàn Thị Nghiệp", _CITY)),
        (0, Name("Rạch Gầm", _CITY)),
        (_EVERYWHERE, Name("Nguyễn An Ninh", _CITY)),
    ),
    3: ((0, Name("Trần Quốc Toản", _CITY, True)), (_EVERYWHERE, Name("Đinh Bộ Lĩnh", _CITY, True))),
    4: (
        (-2000, Name("Lê Văn Thạnh", _CITY)),
        (0, Name("Nguyễn Trãi", _CITY)),
        (_EVERYWHERE, Name("Hoàng Việt", _CITY)),
    ),
    5: (
        (-2000, Name("Nguyễn Minh Đường", _CITY)),
        (0, Name("Yersin", _CITY)),
        (_EVERYWHERE, Name("Phan Hiển Đạo", _CITY)),
    ),
    6: (
        (-2000, Name("Đường tỉnh 864B", "duong_tinh", True)),
        (0, Name("Nguyễn Quân", _CITY)),
        (_EVERYWHERE, Name("Vĩnh Tràng", _CITY, True)),
    ),
    10: ((_EVERYWHERE, Name("Đường tỉnh 878", "duong_tinh", True)),),
}
_CANAL_NAMES = {
    ("u", 0): ("Sông Bảo Định", "song"),
    ("u", 6): ("Rạch Kỳ Hôn", "rach"),
    ("u", -9): ("Rạch Gò Cát", "rach"),
    ("v", 8): ("Kênh Xáng Cụt", "kenh"),
}
_FAR_U, _FAR_V = 14, 12


def canal_width(line: Ints, family: str) -> Floats:
    """Water width in metres of each line, 0 where the line is a street. `family` is "u" or "v"."""
    known, far = (_CANALS_U, _FAR_U) if family == "u" else (_CANALS_V, _FAR_V)
    width = np.where((np.abs(line) > far) & (line % 7 == 0), 20.0, 0.0)
    for number, metres in known.items():
        width = np.where(line == number, metres, width)
    return np.asarray(width)


def street_width(seed: int, line: Ints, family: str) -> Floats:
    """Width in metres of the street along each line."""
    known = _WIDE_U if family == "u" else _WIDE_V
    width = np.select([line % 4 == 0, line % 2 == 0], [24.0, 18.0], 14.0) + 2.0 * np.floor(
        3.0 * hashed(seed, 31 if family == "u" else 32, line)
    )
    for number, metres in known.items():
        width = np.where(line == number, metres, width)
    return np.asarray(width)


@cache
def margin(seed: int, line: int, family: str) -> float:
    """Metres from a line to the first lot beside it: half a street, or half a canal and its bank road."""
    water = canal_metres(line, family)
    return (
        water / 2 + BANK_ROAD_M + 0.5 if water > 0 else float(street_width(seed, np.array(line), family)) / 2
    )


@cache
def canal_metres(line: int, family: str) -> float:
    """Water width of one line, 0 where it is a street."""
    return float(canal_width(np.array(line), family))


def canal_name(family: str, line: int) -> tuple[str, str]:
    """Name and kind of the canal along a line."""
    return _CANAL_NAMES.get(
        (family, line), (f"Kênh {'dọc' if family == 'u' else 'ngang'} số {abs(line)}", "kenh")
    )


def street_name(family: str, line: int, u: float, v: float) -> Name:
    """Name of the street along a line at plan coordinates u, v."""
    if family == "u" and line in _U_NAMES:
        return _U_NAMES[line][0 if v < 1700 else 1]
    if family == "v" and line in _V_NAMES:
        return next(name for limit, name in _V_NAMES[line] if u < limit)
    number = (2 * abs(line) + (line < 0) + (11 if family == "v" else 0)) % 97
    if number < len(AVENUES):
        return Name(AVENUES[number], _CITY)
    west = "T" if line < 0 or (family == "v" and u < 0) else "Đ"
    return Name(f"Đường {'D' if family == 'u' else 'N'}{abs(line)}{west}", _CITY)


def bank_name(family: str, line: int, after: bool) -> str:
    """Name of the road on one bank of a canal; `after` is the east or north bank."""
    if (family, line) == ("u", 0):
        return "Trịnh Hoài Đức" if after else "Trưng Trắc"
    side = ("bờ đông" if after else "bờ tây") if family == "u" else ("bờ bắc" if after else "bờ nam")
    name, _ = canal_name(family, line)
    return f"Đường {side} {name[0].lower()}{name[1:]}"


def beside_name(family: str, line: int, u: float, v: float, side: int) -> str:
    """Name of the street that borders a cell on its side 0..3 (south, north, west, east)."""
    if canal_metres(line, family) > 0:
        return bank_name(family, line, after=side in (0, 2))
    return street_name(family, line, u, v).text


def all_names() -> list[Name]:
    """Every name that a main line may bear."""
    known = [name for names in _U_NAMES.values() for name in names]
    known += [name for names in _V_NAMES.values() for _, name in names]
    return [*known, Name("Trịnh Hoài Đức", _CITY), Name("Trưng Trắc", _CITY)]
