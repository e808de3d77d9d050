"""The lots beside: whose holders are told, and how far the building stands from each."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_number
from layers.permits.check.line import CheckLine
from layers.permits.check.proposal import Proposal

#: A building so near to a lot is told as standing close to it. A figure of ours, not of a rule.
CLOSE_M = 1.0
_MOST_NAMED = 12


def neighbours(rows: Sequence[Mapping[str, Any]], proposal: Proposal) -> CheckLine:
    """Lots that share a border, and lots that the building stands close to; owners stand in the file alone.

    ``rows``: ``id``, ``sheet_no``, ``parcel_no``, ``wkb``, ``border_m`` (0 where no border is shared).
    """
    lots = [_lot(row, proposal) for row in rows]
    beside = [lot for lot in lots if lot["border_m"] > 0]
    close = sorted((lot for lot in lots if lot["distance_m"] < CLOSE_M), key=lambda lot: lot["distance_m"])
    if not lots:
        told = Text("Không có thửa liền kề trong dữ liệu.", "No neighbouring parcel is on record.")
        return CheckLine("neighbours", "pass", told, 0)
    told = Text(
        f"{len(beside)} thửa liền kề (thửa/tờ): {_listed(beside, 'thửa khác')}."
        if beside
        else "Không có thửa nào chung ranh.",
        f"{len(beside)} neighbouring parcels (parcel/sheet): {_listed(beside, 'more')}."
        if beside
        else "No parcel shares a border.",
    )
    metres_vi, metres_en = format_number(CLOSE_M), f"{CLOSE_M:g}"
    if close:
        near_vi = ", ".join(f"{_name(lot)} ({_distance(lot)} m)" for lot in close[:_MOST_NAMED])
        near_en = ", ".join(f"{_name(lot)} ({lot['distance_m']:.2f} m)" for lot in close[:_MOST_NAMED])
        also = Text(
            f"Công trình cách dưới {metres_vi} m với: {near_vi}; "
            "cần cam kết bảo đảm an toàn cho các thửa đó.",
            f"The building stands less than {metres_en} m from: {near_en}; a commitment to their safety is "
            "needed.",
        )
    else:
        also = Text(
            f"Công trình cách mọi thửa từ {metres_vi} m trở lên.",
            f"The building stands {metres_en} m or more from every one.",
        )
    shapes = shapely.union_all([shapely.from_wkb(bytes(row["wkb"])) for row in rows])
    return CheckLine(
        "neighbours",
        "pass",
        Text(f"{told.vi} {also.vi}", f"{told.en} {also.en}"),
        len(beside),
        geometry=shapes,
        features=tuple(lot["id"] for lot in lots),
        lots=tuple(lots),
    )


def _lot(row: Mapping[str, Any], proposal: Proposal) -> dict[str, Any]:
    distance = proposal.footprint.geometry.distance(shapely.from_wkb(bytes(row["wkb"])))
    return {
        "id": row["id"],
        "sheet": row["sheet_no"],
        "parcel": row["parcel_no"],
        "border_m": round(float(row["border_m"]), 2),
        "distance_m": round(float(distance), 2),
    }


def _listed(lots: Sequence[Mapping[str, Any]], more: str) -> str:
    listed = ", ".join(_name(lot) for lot in lots[:_MOST_NAMED])
    left = len(lots) - _MOST_NAMED
    return f"{listed}, +{left} {more}" if left > 0 else listed


def _name(lot: Mapping[str, Any]) -> str:
    return f"{lot['parcel']}/{lot['sheet']}"


def _distance(lot: Mapping[str, Any]) -> str:
    return format_number(lot["distance_m"], 2)
