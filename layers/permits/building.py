"""The figures of a building as its permit states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.permits.written import read_figure
from layers.planning.asking.refusing import refusal

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lot:
    """The parcel a permit is for. ``area_m2`` is its legal area, else the measured one."""

    parcel: int
    address: str | None
    area_m2: float


def built(submission: Row, lot: Lot, given: Mapping[str, str], language: Language) -> Row:
    """The members of a permit that follow from what was handed in and from what the officer filled in.

    Raises:
        BadParameter: a figure cannot be read, or contradicts the building.
    """
    ground, floors = float(submission["area_m2"]), int(submission["floors"])
    whole = read_figure(given.get("floor_area"), "floor_area", language, least=1, most=999_999)
    # A floor may be smaller than the ground; what is below it (basements) is not counted among the floors.
    if whole is not None and whole < 0.5 * ground:
        raise refusal(BadParameter, _TOO_SMALL, language, parameter="floor_area")
    floor_area = whole if whole is not None else ground * floors
    lot_m2 = _net_lot(submission["answer"], ground) or lot.area_m2
    return {
        "use": submission["use"],
        "floors": floors,
        "height_m": submission["height_m"],
        "footprint_m2": round(ground, 2),
        "floor_area_m2": round(floor_area, 2),
        "density_percent": round(100 * ground / lot_m2, 2),
        "far": round(floor_area / lot_m2, 2),
        "ground_level": read_figure(
            given.get("ground_level"), "ground_level", language, least=-20, most=3_200
        ),
        "parcel_id": lot.parcel,
        "address": lot.address,
        "document": basis_told(submission["answer"]),
    }


def basis_told(answer: Mapping[str, Any]) -> str | None:
    """The decisions on the plans by which a building was checked, each once."""
    found: dict[str, None] = {}
    for line in answer["lines"]:
        number = (line.get("source") or {}).get("decision_no")
        if number:
            found[str(number)] = None
    return "; ".join(found) or None


def _net_lot(answer: Mapping[str, Any], ground: float) -> float | None:
    """The area by which the check measured the density, where it did so once for all of the building."""
    lines = [line for line in answer["lines"] if line["code"] == "density" and line["measured"]]
    if len(lines) != 1 or not lines[0]["measured"]:
        return None
    return 100 * ground / float(lines[0]["measured"])


_TOO_SMALL = Text(
    "Tổng diện tích sàn nhỏ hơn nửa diện tích xây dựng của công trình đã nộp. Đề nghị kiểm tra lại.",
    "The total floor area is less than half of the footprint that was handed in. Look at it again.",
)
