"""Other permits on the same ground."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_area, format_date
from layers.permits.check.line import CheckLine, Outcome
from layers.permits.check.proposal import CHANGES, KINDS, Proposal
from layers.permits.written import number_key
from layers.planning.tolerance import TOLERANCE_M2

_IN_FORCE = frozenset({"valid", "adjusted"})
_EXPIRED = "expired"
#: What is applied for concerns a building that may have a permit: the one that is met may be its own.
_OF_A_BUILDING = frozenset({"repair", "relocation", "adjustment", "extension"})
_MOST_NAMED = 5


def own_permits(
    rows: Sequence[Mapping[str, Any]], proposal: Proposal, parcel: int, lot: BaseGeometry
) -> frozenset[int] | None:
    """The permit that is to be adjusted or extended, by its id; None where none is named.

    By its number alone: those of that number that were issued for the parcel, else those that stand on it. A
    number is given again by other wards and in other years.
    """
    if proposal.kind not in CHANGES:
        return None
    if proposal.permit_id is not None:
        return frozenset({proposal.permit_id})
    if proposal.permit is None:
        return None
    asked = number_key(proposal.permit)
    named = [row for row in rows if number_key(row["permit_no"]) == asked]
    own = [row for row in named if row["parcel_id"] == parcel] or [
        row for row in named if lot.intersection(shapely.from_wkb(bytes(row["wkb"]))).area > TOLERANCE_M2
    ]
    return frozenset(row["id"] for row in own)


def number_ignored(proposal: Proposal) -> Iterator[Text]:
    """That a number was given which says nothing for what is applied for."""
    if proposal.permit is None or proposal.kind in CHANGES:
        return
    kind = KINDS[proposal.kind]
    yield Text(
        f"Số giấy phép {proposal.permit} không được xét với nội dung “{kind.vi}”: chỉ điều chỉnh và gia hạn "
        "mới dựa trên giấy phép đã cấp.",
        f"The number {proposal.permit} is not looked at for: {kind.en}. An adjustment or an extension alone "
        "rests on a permit.",
    )


def other_permits(
    rows: Sequence[Mapping[str, Any]], proposal: Proposal, own: frozenset[int] | None = None
) -> CheckLine:
    """Ground for which somebody holds a permit already.

    ``rows`` are permits near by: ``id``, ``permit_no``, ``wkb`` in the working grid, ``issued_on``, ``state``
    on the day asked about. ``own`` are ids of the permit that is to be adjusted or extended, which is no
    other one; None where none is named.
    """
    met = [
        (row, part)
        for row in rows
        if row["id"] not in (own or ()) and row["state"] in _IN_FORCE | {_EXPIRED}
        for part in [proposal.footprint.geometry.intersection(shapely.from_wkb(bytes(row["wkb"])))]
        if part.area > TOLERANCE_M2
    ]
    if not met:
        told = Text(
            "Không chồng lên phần đất đã cấp giấy phép xây dựng khác.",
            "It lies on no ground for which another permit was issued.",
        )
        return CheckLine("permits", "pass", told, 0.0, TOLERANCE_M2, "m²")
    holding = [(row, part) for row, part in met if row["state"] in _IN_FORCE]
    together = shapely.union_all([part for _, part in holding or met])
    listed = _listed(holding or met)
    why = _TAKEN
    if not holding:
        why = _ENDED
    elif proposal.kind in _OF_A_BUILDING and own is None:
        why = _PERHAPS_ITS_OWN if proposal.kind in CHANGES else _PERHAPS_OF_THE_OLD
    outcome: Outcome = "fail" if why is _TAKEN else "cannot_decide"
    told = Text(
        f"{format_area(together.area)} của công trình chồng lên: {listed.vi}. {why.vi}",
        f"{together.area:.1f} m² of the building lie on: {listed.en}. {why.en}",
    )
    return CheckLine("permits", outcome, told, float(together.area), TOLERANCE_M2, "m²", geometry=together)


def _listed(met: Sequence[tuple[Mapping[str, Any], Any]]) -> Text:
    """The permits by number and day, those that share most first."""
    most_first = sorted(met, key=lambda one: (-one[1].area, str(one[0]["permit_no"])))
    named = [_named(row, float(part.area)) for row, part in most_first[:_MOST_NAMED]]
    left = len(met) - _MOST_NAMED
    more_vi, more_en = (f" và {left} giấy phép khác", f" and {left} more") if left > 0 else ("", "")
    return Text(
        "; ".join(one.vi for one in named) + more_vi,
        "; ".join(one.en for one in named) + more_en,
    )


def _named(row: Mapping[str, Any], area: float) -> Text:
    on: date | None = row["issued_on"]
    day_vi, day_en = (f" ngày {format_date(on)}", f" of {on.isoformat()}") if on is not None else ("", "")
    return Text(
        f"giấy phép số {row['permit_no']}{day_vi} ({format_area(area)})",
        f"permit {row['permit_no']}{day_en} ({area:.1f} m²)",
    )


_TAKEN = Text(
    "Hãy đối chiếu với giấy phép đó, hoặc đề nghị điều chỉnh nếu là công trình của mình.",
    "Hold it against that permit, or apply for an adjustment where it is of the same building.",
)
_PERHAPS_ITS_OWN = Text(
    "Có thể là giấy phép của chính công trình này: hãy nêu số giấy phép trong hồ sơ.",
    "It may be the permit of this very building: give its number in the application.",
)
_PERHAPS_OF_THE_OLD = Text(
    "Có thể là giấy phép của chính công trình hiện có: cán bộ đối chiếu trước khi quyết định.",
    "It may be the permit of the very building that stands there: the officer compares before deciding.",
)
_ENDED = Text(
    "Giấy phép đó đã hết hạn; cán bộ kiểm tra hiện trạng trước khi quyết định.",
    "That permit has expired; the officer looks at what stands there before deciding.",
)
