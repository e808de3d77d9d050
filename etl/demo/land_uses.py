"""The land uses of each parcel as JSON text: one to three, whose areas add up to the legal area.

Codes are those on parcels of 2018 (TT 25/2014); a reader maps them to later lists.
"""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

CODE_VERSION = "TT 25/2014"
_LASTING, _GARDEN, _RENTED = "lâu dài", "đến ngày 15/10/2063", "50 năm"
_GRANTED = "Nhà nước công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất"
_FREE = "Nhà nước công nhận quyền sử dụng đất như giao đất không thu tiền sử dụng đất"
_ASSIGNED = "Nhà nước giao đất không thu tiền sử dụng đất"
_LEASED = "Nhà nước cho thuê đất trả tiền một lần"

# Code, term, origin; the first four are those a house lot may combine.
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("ODT", _LASTING, _GRANTED),
    ("ONT", _LASTING, _GRANTED),
    ("CLN", _GARDEN, _FREE),
    ("TMD", _RENTED, _LEASED),
    ("DKV", _LASTING, _ASSIGNED),
    ("DGD", _LASTING, _ASSIGNED),
    ("DCH", _LASTING, _ASSIGNED),
    ("TSC", _LASTING, _ASSIGNED),
    ("DTT", _LASTING, _ASSIGNED),
    ("DYT", _LASTING, _ASSIGNED),
    ("DVH", _LASTING, _ASSIGNED),
    ("TON", _LASTING, _ASSIGNED),
    ("TIN", _LASTING, _ASSIGNED),
)
CODES = tuple(code for code, _, _ in _KINDS)
_NONE = len(CODES)
_OF_USE = {
    "park": "DKV", "school": "DGD", "kindergarten": "DGD", "market": "DCH", "office": "TSC", "stadium": "DTT",
    "hospital": "DYT", "clinic": "DYT", "culture": "DVH", "pagoda": "TON", "temple": "TIN", "shop": "TMD",
    "orchard": "CLN",
}  # fmt: skip


def _before(code: str) -> str:
    return f'{{"code":"{code}","code_version":"{CODE_VERSION}","area_m2":'


def _after(term: str, origin: str) -> str:
    return (
        f',"term":{json.dumps(term, ensure_ascii=False)},"origin":{json.dumps(origin, ensure_ascii=False)}}}'
    )


_FIRST = pa.array(["[" + _before(code) for code in CODES])
_NEXT = pa.array([*("," + _before(code) for code in CODES), ""])
_TAIL = pa.array([*(_after(term, origin) for _, term, origin in _KINDS), ""])


def public_code(use: str) -> int:
    """Number in CODES of the use of a public or farm plot."""
    return CODES.index(_OF_USE[use])


def land_uses(
    legal_tenths: NDArray[np.int64],
    code: NDArray[np.int64],
    urban: NDArray[np.bool_],
    rng: np.random.Generator,
) -> pa.Array:
    """JSON lists for parcels of `legal_tenths` tenths of a square metre.

    `code` is a number in CODES for a public plot, -1 for a house lot, which becomes ODT in a ward (`urban`)
    and ONT in a commune, often with garden land and at times with a shop.
    """
    count = len(code)
    house = code < 0
    chance = rng.random(count)
    garden = house & (chance < np.where(urban, 0.24, 0.62)) & (legal_tenths > 900)
    shop = house & ((chance > 0.965) | (garden & (chance < 0.02)))
    first = np.where(house, np.where(urban, 0, 1), code)
    second = np.where(garden, 2, np.where(shop, 3, _NONE))
    third = np.where(garden & shop, 3, _NONE)
    dwelling = np.where(
        garden, np.minimum(legal_tenths * (35 + rng.integers(0, 40, count)) // 100, 3000), legal_tenths
    )
    trade = np.where(shop, dwelling * 3 // 10, 0)
    rest = legal_tenths - dwelling
    areas = (
        _decimal(dwelling - trade),
        _decimal(np.where(garden, rest, trade), second != _NONE),
        _decimal(trade, third != _NONE),
    )
    columns = [_FIRST.take(pa.array(first)), areas[0], _TAIL.take(pa.array(first))]
    for kind, area in ((second, areas[1]), (third, areas[2])):
        columns += [_NEXT.take(pa.array(kind)), area, _TAIL.take(pa.array(kind))]
    return pc.binary_join_element_wise(*columns, "]", "")


def _decimal(tenths: NDArray[np.int64], used: NDArray[np.bool_] | None = None) -> pa.Array:
    """Tenths as text with one decimal; empty where not used."""
    text = pc.binary_join_element_wise(
        pc.cast(pa.array(tenths // 10), pa.string()), pc.cast(pa.array(tenths % 10), pa.string()), "."
    )
    return text if used is None else pc.if_else(pa.array(used), text, "")
