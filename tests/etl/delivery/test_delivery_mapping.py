"""Which column is which property: what a person says, what is saved, what names tell."""

from pathlib import Path
from typing import Any

import pytest

from etl.delivery.faults import Faults
from etl.delivery.mapping import Assignment, Reading, assign, find_reading, fitting
from gis_platform.city import SavedMapping, load_city
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.layer import installed_layers
from tests.support.delivered import request

PARCELS = installed_layers()["parcels"]
KEYS = ("unit_code", "sheet_no", "parcel_no")
FILE = Path("a.gpkg")


def _assigned(*fields: str, saved: SavedMapping | None = None, **more: Any) -> Assignment:
    faults = Faults("a.gpkg")
    found = assign(PARCELS, fields, saved or SavedMapping(), request(FILE, **more), faults)
    faults.refuse_if_any()
    return found


def test_names_are_known_by_themselves_and_by_their_aliases_in_any_spelling() -> None:
    found = _assigned("MaXa", "Số tờ", "SO_THUA", "address")
    assert found.columns == {
        "unit_code": "MaXa",
        "sheet_no": "Số tờ",
        "parcel_no": "SO_THUA",
        "address": "address",
    }


def test_the_exact_name_goes_before_an_alias_which_is_then_unknown() -> None:
    with pytest.raises(DeliveryRefused, match=r"column 'so_to' is not known\. Is it sheet_no"):
        _assigned(*KEYS, "so_to")


def test_what_a_person_says_goes_before_what_is_saved() -> None:
    saved = SavedMapping(
        columns={"sheet_no": "a", "address": "b"}, constants={"status": "disputed"}, ignore=("x",)
    )
    found = _assigned(
        *("unit_code", "parcel_no", "a", "b", "c", "x", "y"),
        saved=saved,
        columns={"address": "c"},
        constants={"status": "seized"},
        ignore=("b", "y"),
    )
    by_name = {"unit_code": "unit_code", "parcel_no": "parcel_no"}
    assert found.columns == {"sheet_no": "a", "address": "c"} | by_name
    assert found.constants == {"status": "seized"}


def test_one_value_for_all_takes_the_place_of_a_saved_column() -> None:
    saved = SavedMapping(columns={"sheet_no": "a"})
    found = _assigned("unit_code", "parcel_no", "a", saved=saved, constants={"sheet_no": "7"}, ignore=("a",))
    assert "sheet_no" not in found.columns
    assert found.constants == {"sheet_no": "7"}


def test_the_date_of_the_source_is_given_and_not_read() -> None:
    assert "source_date" not in _assigned(*KEYS, "source_date").delivered
    with pytest.raises(BadParameter, match="given with --source-date"):
        _assigned(*KEYS, "day", columns={"source_date": "day"})


def test_all_that_is_wrong_with_the_columns_is_told_at_once() -> None:
    with pytest.raises(DeliveryRefused) as refused:
        _assigned("unit_code", "colour", "height")
    counts = {finding.code: finding.count for finding in refused.value.extra["findings"]}
    assert counts == {"unknown_column": 2, "missing_column": 2}


def test_a_property_said_twice_is_a_fault_of_the_question() -> None:
    with pytest.raises(BadParameter, match="address has both --map and --set"):
        _assigned(*KEYS, "a", columns={"address": "a"}, constants={"address": "b"})


def test_a_value_for_all_rows_beside_a_column_of_that_meaning_is_told_as_such() -> None:
    with pytest.raises(DeliveryRefused) as refused:
        _assigned(*KEYS, constants={"sheet_no": "901"})
    assert refused.value.detail == (
        "a.gpkg: sheet_no comes both from --set and from the file's column: leave the column out with "
        "--ignore sheet_no, or drop --set sheet_no. Nothing was stored."
    )
    with pytest.raises(DeliveryRefused, match=r"the saved mapping and from the file's column so_to: .*--map"):
        _assigned("unit_code", "parcel_no", "so_to", saved=SavedMapping(constants={"sheet_no": "1"}))


@pytest.mark.parametrize(("column", "guess"), [("mauSac", None), ("height", None), ("SoThuaa", "parcel_no")])
def test_only_a_near_name_is_suggested(column: str, guess: str | None) -> None:
    cure = f"Is it {guess}? Say so with --map {guess}=" if guess else "Say what it is with --map PROPERTY="
    with pytest.raises(DeliveryRefused) as refused:
        _assigned(*KEYS, column)
    assert f"column {column!r} is not known. {cure}{column}," in refused.value.detail


def test_an_unknown_source_is_told_with_the_known_ones() -> None:
    with pytest.raises(
        BadParameter, match=r"'nobody' is not known for parcels of Terres de Bord\. Known: etalab"
    ):
        find_reading(load_city("terres_de_bord"), PARCELS, request(FILE, source="nobody"))
    # A city that knows no source for the layer takes the name as a label.
    assert find_reading(load_city("my_tho"), PARCELS, request(FILE, source="so_tnmt")).source == "so_tnmt"


def test_the_only_saved_mapping_is_taken_where_it_fits() -> None:
    city = load_city("terres_de_bord")
    reading = find_reading(city, PARCELS, request(FILE))
    assert (reading.source, reading.saved.file_layer, reading.named) == ("etalab", "parcelles", False)
    assert fitting(reading, ["commune", "section", "numero", "id"], ["parcelles"]) == reading
    assert fitting(reading, KEYS, ["parcelles"]) == Reading(None, SavedMapping(), named=False)
    named = find_reading(city, PARCELS, request(FILE, source="etalab"))
    assert fitting(named, KEYS, ["parcelles"]) == named
