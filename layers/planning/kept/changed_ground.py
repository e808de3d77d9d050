"""What was drawn, or given by its corners: which parcels lie on it, and how much of each."""

from gis_platform.errors import Problem
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_area
from layers.planning.kept.change import Change, Document, change, parcel_name
from layers.planning.tolerance import TOLERANCE_M2


def ground_between(then: Document, now: Document, language: Language) -> list[Change]:
    """Parcels that came to lie on the ground, and those that share more or less with it than map error."""
    if "ground" not in then or "ground" not in now:
        return []
    before, after = _shared(then), _shared(now)
    known = {parcel["id"] for parcel in then["parcels"]}
    told = []
    for parcel in now["parcels"]:
        number, name = parcel["id"], parcel_name(parcel)
        was, area = before.get(number, 0.0), after.get(number, 0.0)
        if number not in known:
            told.append(_measured("parcel_new", number, _NEW, language, name, area))
        elif abs(area - was) > TOLERANCE_M2:
            told.append(_measured("ground_changed", number, _SHARES, language, name, was, area))
    return told


def too_many_parcels(fault: Problem) -> Change:
    """The ground has more parcels now than one answer holds: told as the question would be."""
    return {"kind": "ground_changed", "parcel_id": None, "sentence": fault.detail}


def _shared(document: Document) -> dict[int, float]:
    return {line["parcel_id"]: line["area_m2"] for line in document["ground"]["parcels"]}


def _measured(kind: str, number: int, words: Text, language: Language, name: str, *areas: float) -> Change:
    told = [format_area(area) if language == "vi" else f"{area:.1f} m²" for area in areas]
    return change(kind, number, words, language, name, *told)


_NEW = Text(
    "Trong khu vực đã cho có thêm thửa {0}: {1}.",
    "Parcel {0} lies on the ground given now, with {1}.",
)
_SHARES = Text(
    "Phần của thửa {0} trong khu vực đã cho thay đổi từ {1} thành {2}.",
    "What parcel {0} shares with the ground given has changed from {1} to {2}.",
)
