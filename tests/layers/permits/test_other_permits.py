"""The line on other permits by itself: what is met, how much of it, and whose it may be."""

from datetime import date
from typing import Any

import pytest
import shapely

from gis_platform.layer.text import Language
from layers.permits.check import KINDS, USES, Proposal
from layers.permits.check.others import other_permits, own_permits
from layers.planning.asking.question import Ground

E, N = 567_200.0, 1_145_150.0


def _box(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    return shapely.box(E + x0, N + y0, E + x1, N + y1)


def _permit(
    shape: Any, state: str = "valid", number: str = "12/GPXD", key: int = 1, parcel: int | None = 7
) -> dict[str, Any]:
    day = date(2026, 3, 9)
    return {
        "id": key, "permit_no": number, "parcel_id": parcel, "wkb": shapely.to_wkb(shape), "issued_on": day,
        "state": state,
    }  # fmt: skip


def _told(
    rows: list[dict[str, Any]],
    kind: str = "new",
    language: Language = "vi",
    **named: Any,
) -> dict[str, Any]:
    assert kind in KINDS
    assert "house" in USES
    meant = Proposal(Ground(_box(0, 0, 10, 10), 9210, "area"), 2, 8.0, "house", kind, **named)
    own = own_permits(rows, meant, 7, _box(0, 0, 10, 20))
    return other_permits(rows, meant, own).told(language, 9210)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [_permit(_box(10, 0, 20, 10))],
        [_permit(_box(9.96, 0, 20, 10))],
        [_permit(_box(0, 0, 10, 10), "revoked")],
    ],
    ids=["none", "touching", "map error", "revoked"],
)
def test_ground_that_nobody_holds_a_permit_for_passes(rows: list[dict[str, Any]]) -> None:
    told = _told(rows)
    assert (told["outcome"], told["measured"], told["allowed"]) == ("pass", 0.0, 0.5)
    assert told["geometry"] is None


@pytest.mark.parametrize("state", ["valid", "adjusted"])
def test_an_overlap_fails_with_its_size_and_place(state: str) -> None:
    told = _told([_permit(_box(7, 5, 20, 20), state)])
    assert (told["outcome"], told["measured"]) == ("fail", 15.0)
    assert "giấy phép số 12/GPXD ngày 09/03/2026 (15,0 m²)" in told["reason"]
    drawn = shapely.geometry.shape(told["geometry"])
    assert drawn.is_valid
    assert drawn.area > 0
    assert (
        "permit 12/GPXD of 2026-03-09 (15.0 m²)"
        in _told([_permit(_box(7, 5, 20, 20))], language="en")["reason"]
    )


def test_ground_of_two_permits_counts_once_and_the_larger_is_named_first() -> None:
    told = _told([_permit(_box(0, 0, 4, 5), number="1"), _permit(_box(0, 0, 10, 5), number="2")])
    assert told["measured"] == 50.0
    assert told["reason"].index("số 2 ") < told["reason"].index("số 1 ")


def test_many_permits_are_counted_and_not_all_named() -> None:
    told = _told([_permit(_box(i, 0, i + 1, 10), number=f"{i}/GP") for i in range(8)])
    assert "và 3 giấy phép khác" in told["reason"]


def test_a_permit_that_ended_is_for_the_officer() -> None:
    told = _told([_permit(_box(0, 0, 5, 5), "expired")])
    assert (told["outcome"], told["measured"]) == ("cannot_decide", 25.0)
    assert "hết hạn" in told["reason"]
    both = _told([_permit(_box(0, 0, 5, 5), "expired", "1"), _permit(_box(0, 0, 5, 2), "valid", "2")])
    assert (both["outcome"], both["measured"]) == ("fail", 10.0)


@pytest.mark.parametrize("kind", ["adjustment", "extension"])
def test_the_permit_of_the_building_itself_is_no_other_one(kind: str) -> None:
    rows = [_permit(_box(0, 0, 10, 10))]
    assert _told(rows, kind)["outcome"] == "cannot_decide"
    assert "số giấy phép" in _told(rows, kind)["reason"]
    assert _told(rows, kind, permit="12/GPXD")["outcome"] == "pass"
    assert _told(rows, kind, permit="13/GPXD")["outcome"] == "fail"


def test_a_number_hides_no_permit_of_the_same_number_elsewhere() -> None:
    own, same = _permit(_box(0, 0, 6, 10)), _permit(_box(6, 0, 10, 10), key=2, parcel=8)
    told = _told([own, same], "adjustment", permit="12/GPXD")
    assert (told["outcome"], told["measured"]) == ("fail", 40.0)
    # By its id one of them alone, whatever the numbers.
    told = _told([own, same], "adjustment", permit="12/GPXD", permit_id=2)
    assert (told["outcome"], told["measured"]) == ("fail", 60.0)


def test_a_permit_whose_lot_was_split_away_is_known_by_its_ground() -> None:
    rows = [_permit(_box(0, 0, 10, 10), parcel=99)]
    assert _told(rows, "adjustment", permit="12/GPXD")["outcome"] == "pass"


@pytest.mark.parametrize("kind", ["repair", "relocation"])
def test_an_old_building_may_have_a_permit_and_its_number_hides_none(kind: str) -> None:
    rows = [_permit(_box(0, 0, 10, 10))]
    for named in ({}, {"permit": "12/GPXD"}, {"permit_id": 1}):
        told = _told(rows, kind, **named)
        assert told["outcome"] == "cannot_decide"
        assert "cán bộ đối chiếu" in told["reason"]


@pytest.mark.parametrize("kind", ["new", "temporary"])
def test_a_new_building_has_no_permit_of_its_own(kind: str) -> None:
    assert _told([_permit(_box(0, 0, 10, 10))], kind)["outcome"] == "fail"
    assert _told([_permit(_box(0, 0, 10, 10))], kind, permit="12/GPXD", permit_id=1)["outcome"] == "fail"
