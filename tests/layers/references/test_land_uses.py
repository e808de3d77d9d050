"""Land uses of a delivery, as a list and as the label of a map."""

import json

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from layers.references.land_uses import LAND_USES_AS_READ, read_land_uses


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


def _is_taken_as_it_is(written: str) -> bool:
    found = pc.match_substring_regex(pa.array([written], pa.large_string()), LAND_USES_AS_READ)
    return bool(found[0].as_py())


@pytest.mark.parametrize(
    "written",
    [
        "[]",
        '[{"code": "ODT"}]',
        '[{"code": "KĐD", "area_m2": 0}]',
        '[{"code":"ODT","term":"lâu dài","origin":null,"area_m2":266.0}]',
        '[{"code": "ODT", "area_m2": 91.3, "code_version": "TT 25"}, {"code": "CLN", "area_m2": 1234567.89}]',
        '[{"code": "ODT", "term": "a", "term": "b"}]',
    ],
)
def test_what_is_taken_as_it_is_means_what_would_be_read(written: str) -> None:
    assert _is_taken_as_it_is(written)
    assert json.loads(written) == json.loads(read_land_uses(written))


@pytest.mark.parametrize(
    "written",
    [
        "ODT",
        " []",
        "[],",
        '[{"code": "ODT"},]',
        '[{"code": "ODT"}] [{"code": "CLN"}]',
        '[{"code": "ODT", "code": "x"}]',
        '[{"area_m2": 3}]',
        '[{"code": "odt"}]',
        '[{"code": "ODT", "area_m2": 178.09999999999999}]',
        '[{"code": "ODT", "area_m2": 01}]',
        '[{"code": "ODT", "area_m2": 1e5}]',
        '[{"code": "ODT", "area_m2": 1.50}]',
        '[{"code": "ODT", "area_m2": NaN}]',
        '[{"code": "ODT", "term": "a\\u0000"}]',
        '[{"code": "ODT", "term": "a\nb"}]',
        '[{"code": "ODT"}]\n',
    ],
)
def test_what_needs_reading_is_not_taken_as_it_is(written: str) -> None:
    assert not _is_taken_as_it_is(written)
