"""The figures of a building as its permit states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.permits.written import read_figure
from layers.planning.asking.refusing import refusal

Row = dict[str, Any]

#: Floors that are not among those above ground: a basement, a mezzanine, a roof room. Of no rule.
UNCOUNTED = 3


@dataclass(frozen=True, slots=True)
class Lot:
    """The parcel a permit is for. ``area_m2`` is its legal area, else the measured one."""

    parcel: int
    address: str | None
    area_m2: float


def built(submission: Row, lot: Lot, given: Mapping[str, str], before: Row | None, language: Language) -> Row:
    """The members of a permit that follow from what was handed in and from what the officer filled in.

    ``before`` is the permit that is adjusted: what is not spoken of stays as it was.

    Raises:
        BadParameter: a figure cannot be read, contradicts the building, or needs a reason that is missing.
    """
    ground, floors = float(submission["area_m2"]), int(submission["floors"])
    floor_area = _floor_area(submission, given, before, language)
    lot_m2 = _net_lot(submission["answer"], ground) or lot.area_m2
    level = read_figure(given.get("ground_level"), "ground_level", language, least=-20, most=3_200)
    told = {
        "use": submission["use"],
        "floors": floors,
        "height_m": submission["height_m"],
        "footprint_m2": round(ground, 2),
        "floor_area_m2": round(floor_area, 2),
        "density_percent": round(100 * ground / lot_m2, 2),
        "far": round(floor_area / lot_m2, 2),
        "parcel_id": lot.parcel,
        "address": lot.address,
        "document": basis_told(submission["answer"]),
    }
    return told if level is None else told | {"ground_level": level}


def _floor_area(submission: Row, given: Mapping[str, str], before: Row | None, language: Language) -> float:
    """Of all floors: as it was filled in, else the footprint by the number of floors."""
    ground, floors = float(submission["area_m2"]), int(submission["floors"])
    reckoned = ground * floors
    whole = read_figure(given.get("floor_area"), "floor_area", language, least=1, most=999_999)
    if whole is None:
        if before is not None and _of_its_own(before):
            raise refusal(BadParameter, _of_drawings(before), language, parameter="floor_area")
        return reckoned
    # A floor may be smaller than the ground.
    if whole < 0.5 * ground:
        raise refusal(BadParameter, _TOO_SMALL, language, parameter="floor_area")
    most = ground * (floors + UNCOUNTED)
    if whole > most:
        raise refusal(BadParameter, _too_large(most, floors), language, parameter="floor_area")
    above = far_above(submission, whole)
    if above is not None and "why_floor_area" not in given:
        raise refusal(BadParameter, _above(*above), language, parameter="why_floor_area")
    return whole


def _of_its_own(permit: Row) -> bool:
    """Whether a permit states a floor area that is not its footprint by its floors."""
    floors = int(permit["floors"])
    return abs(float(permit["floor_area_m2"]) - float(permit["footprint_m2"]) * floors) > 0.01 * (floors + 1)


def far_above(submission: Row, floor_area: float) -> tuple[float, float] | None:
    """The ratio of so much floor area and what the kept check allows, where it is more than that.

    The check counted each floor as large as the footprint: no more than that is nothing new.
    """
    reckoned = float(submission["area_m2"]) * int(submission["floors"])
    if floor_area <= reckoned:
        return None
    for line in submission["answer"]["lines"]:
        if line["code"] != "far" or not line["measured"] or line["allowed"] is None:
            continue
        ratio = round(float(line["measured"]) * floor_area / reckoned, 2)
        if ratio > line["allowed"]:
            return ratio, float(line["allowed"])
    return None


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


def _of_drawings(permit: Row) -> Text:
    before = float(permit["floor_area_m2"])
    return Text(
        f"Giấy phép đã cấp ghi tổng diện tích sàn {format_area(before)} theo bản vẽ. Hãy ghi tổng diện tích "
        "sàn của bản vẽ điều chỉnh.",
        f"The permit states a floor area of {before:.1f} m² of its drawings. Write that of the new ones.",
    )


def _too_large(most: float, floors: int) -> Text:
    return Text(
        f"Tổng diện tích sàn lớn hơn {format_area(most)}, là diện tích xây dựng nhân với {floors} tầng và "
        f"thêm {UNCOUNTED} tầng (hầm, lửng, tum). Hãy xem lại số đã ghi, hoặc số tầng của công trình đã nộp.",
        f"The total floor area is above {most:.1f} m²: the footprint times {floors} floors and {UNCOUNTED} "
        "more (basement, mezzanine, roof room). Look at the figure, or at the floors that were handed in.",
    )


def _above(ratio: float, allowed: float) -> Text:
    return Text(
        f"Hệ số sử dụng đất theo tổng diện tích sàn đã ghi là {format_number(ratio, 2)} lần, vượt mức "
        f"{format_number(allowed, 2)} lần của kết quả kiểm tra. Hãy nêu lý do nếu vẫn cấp.",
        f"By this floor area the ratio is {ratio:.2f}, above the {allowed:.2f} of the check. Give a reason "
        "to issue it all the same.",
    )


_TOO_SMALL = Text(
    "Tổng diện tích sàn nhỏ hơn nửa diện tích xây dựng của công trình đã nộp. Đề nghị kiểm tra lại.",
    "The total floor area is less than half of the footprint that was handed in. Look at it again.",
)
