"""Land uses of a delivery, as a list and as the label of a map."""

import json

import pytest

from layers.references.land_uses import read_land_uses


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("ODT", ["ODT"]),
        ("odt+cln", ["ODT", "CLN"]),
        (" ONT + CLN, NTS ", ["ONT", "CLN", "NTS"]),
        ("KĐD", ["KĐD"]),
        ('[{"code": "ODT", "area_m2": 80.5}, {"code": "CLN"}]', ["ODT", "CLN"]),
    ],
)
def test_forms(written: str, codes: list[str]) -> None:
    assert [use["code"] for use in json.loads(read_land_uses(written))] == codes


def test_what_a_list_says_more_is_kept() -> None:
    [use] = json.loads(read_land_uses('[{"code": "ODT", "area_m2": 80.5, "term": "lâu dài"}]'))
    assert use == {"code": "ODT", "area_m2": 80.5, "term": "lâu dài"}


@pytest.mark.parametrize(
    "written", ["", "đất ở", "ODT+", "12", "[1]", '[{"area_m2": 3}]', '[{"code": "x"}]', "[" * 9]
)
def test_what_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"no land use|Expecting value"):
        read_land_uses(written)
