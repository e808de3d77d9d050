"""Columns proposed by name and content, the mapping a person saves of it, and its use by the next file."""

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import psycopg
import pytest
import shapely
from pyogrio.raw import write

from etl.delivery.deliver import deliver, propose
from etl.delivery.opening import look_around, open_delivery
from etl.delivery.prepare import prepare
from etl.delivery.receive import receive
from etl.delivery.recognise.charsets import TCVN3
from etl.delivery.recognise.known import look_up
from etl.delivery.recognise.proposing import SURE, Proposal, propose_mapping
from etl.delivery.recognise.sampling import take_sample
from etl.delivery.recognise.saved import checked_mapping, save_mapping, saved_mapping
from etl.delivery.source import open_source
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.compared import Comparer
from tests.support.delivered import Sample, parcels, request, shared_file, write_csv, write_sample
from tests.support.encoded import STREETS, encoded

LAYERS = installed_layers()
PARCELS = LAYERS["parcels"]
COUNT = 60


def _proposed(file: Path, layer: str = "parcels", file_layer: str | None = None) -> Proposal:
    source = open_source(receive(file), file_layer, None)
    return propose_mapping(LAYERS[layer], source.fields, take_sample(source))


def _named(**columns: Any) -> Sample:
    """Sixty parcels with these columns in place of their own."""
    held = {
        name: list(values) if isinstance(values, list) else [values] * COUNT
        for name, values in columns.items()
    }
    return Sample(held, parcels(COUNT).shapes)


AREAS = [float(shapely.area(shape)) * 1.01 for shape in parcels(COUNT).shapes]
NUMBERS = list(range(1, COUNT + 1))


def test_names_cut_at_ten_characters_are_known(tmp_path: Path) -> None:
    sample = _named(
        maXa="28249",
        soHieuToBa=[7] * COUNT,
        soThuTuThu=NUMBERS,
        dienTich=AREAS,
        dienTichPh=[area * 0.9 for area in AREAS],
        mucDichSuD="ODT+CLN",
        maThuaDat="w3gdumj11fw2",
        TINHTRANG="Đang thế chấp",
        diaChi="12 Lê Lợi",
    )
    proposal = _proposed(write_sample(tmp_path / "a.shp", sample))
    assert proposal.mapping["columns"] == {
        "unit_code": "maXa",
        "sheet_no": "soHieuToBa",
        "parcel_no": "soThuTuThu",
        "measured_area_m2": "dienTich",
        "legal_area_m2": "dienTichPh",
        "land_uses": "mucDichSuD",
        "identifier": "maThuaDat",
        "status": "TINHTRANG",
        "address": "diaChi",
    }
    assert proposal.missing == ()
    assert min(column.confidence for column in proposal.columns) >= SURE
    cut = next(column for column in proposal.columns if column.column == "dienTichPh")
    assert cut.reason.en.startswith("dien_tich_phap_ly, cut at 10 characters")
    assert cut.reason.vi.startswith("tên bị cắt còn 10 ký tự của dien_tich_phap_ly")


def test_values_tell_where_names_say_nothing(tmp_path: Path) -> None:
    sample = _named(
        F1="28249",
        F2="7",
        F3=[str(number) for number in NUMBERS],
        F4=AREAS,
        F5="ODT+CLN",
        F6="w3gdumj11fw2",
        F7="đang tranh chấp",
        F8="chủ cũ dọn đi năm ngoái",
    )
    proposal = _proposed(write_sample(tmp_path / "a.gpkg", sample.moved(4326)))
    assert proposal.mapping["columns"] == {
        "unit_code": "F1",
        "sheet_no": "F2",
        "parcel_no": "F3",
        "measured_area_m2": "F4",
        "land_uses": "F5",
        "identifier": "F6",
        "status": "F7",
    }
    assert proposal.mapping["ignore"] == ["F8"]
    assert max(column.confidence for column in proposal.columns) < SURE


def test_columns_that_programs_add_are_no_data_whatever_they_look_like(tmp_path: Path) -> None:
    sample = _named(
        OBJECTID=NUMBERS,
        Level=[10] * COUNT,
        EntityNum=NUMBERS,
        Shape_Area=AREAS,
        F1="28249",
        F2="7",
        F3=[str(number) for number in NUMBERS],
    )
    proposal = _proposed(write_sample(tmp_path / "a.gpkg", sample))
    assert proposal.mapping == {
        "columns": {"unit_code": "F1", "sheet_no": "F2", "parcel_no": "F3"},
        "ignore": ["OBJECTID", "Level", "EntityNum", "Shape_Area"],
    }


def test_a_drawing_has_no_columns_of_a_cadastre(tmp_path: Path) -> None:
    path = tmp_path / "a.dxf"
    lines = shapely.to_wkb(shapely.boundary(np.array(parcels(COUNT).shapes, dtype=object)))
    names = np.array(["10"] * COUNT, dtype=object)
    write(str(path), lines, [names], ["Layer"], driver="DXF", geometry_type="LineString", crs="EPSG:9210")
    proposal = _proposed(path)
    assert proposal.mapping["columns"] == {}
    assert proposal.missing == ("unit_code", "sheet_no", "parcel_no")


def test_text_columns_of_a_table_are_looked_at_as_numbers(tmp_path: Path) -> None:
    texts = _named(
        maxa="28249",
        to_bd="7",
        thua=[str(number) for number in NUMBERS],
        dtich=[f"{area:.1f}" for area in AREAS],
        WKT_loai="ODT",
    )
    proposal = _proposed(write_csv(tmp_path / "a.csv", texts))
    assert proposal.mapping["columns"]["measured_area_m2"] == "dtich"
    assert proposal.mapping["columns"]["land_uses"] == "WKT_loai"


def test_a_name_whose_values_cannot_be_is_doubted(tmp_path: Path) -> None:
    sample = _named(unit_code="28249", sheet_no="7", parcel_no=NUMBERS, dien_tich="không rõ")
    doubted = next(
        column
        for column in _proposed(write_sample(tmp_path / "a.gpkg", sample)).columns
        if column.column == "dien_tich"
    )
    assert doubted.property == "measured_area_m2"
    assert doubted.confidence < SURE
    assert "are not numbers" in doubted.reason.en


def test_misspelt_names_are_proposed_and_less_sure(tmp_path: Path) -> None:
    sample = _named(unit_code="28249", so_too="7", so_thuaa=NUMBERS)
    told = {c.column: c for c in _proposed(write_sample(tmp_path / "a.gpkg", sample)).columns}
    assert (told["so_too"].property, told["so_thuaa"].property) == ("sheet_no", "parcel_no")
    assert told["unit_code"].confidence > told["so_thuaa"].confidence


def test_what_every_row_needs_and_no_column_holds_is_told(tmp_path: Path) -> None:
    few = parcels(3).without("sheet_no").without("parcel_no")
    assert _proposed(write_sample(tmp_path / "a.gpkg", few)).missing == ("sheet_no", "parcel_no")


def test_the_french_cadastre_is_mapped_by_itself() -> None:
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    proposal = _proposed(file, file_layer="parcelles")
    assert proposal.mapping == {
        "columns": {"sheet_no": "section", "parcel_no": "numero", "unit_code": "commune"},
        "ignore": ["id"],
    }
    assert min(c.confidence for c in proposal.columns if c.property is not None) >= SURE


def test_wards_are_mapped_by_the_same_rules() -> None:
    proposal = _proposed(shared_file("admin_new.gpkg"), "admin_units", "dong_thap_wards_2025")
    columns = proposal.mapping["columns"]
    assert columns["code"] == "code"
    assert columns["name"] == "name"
    assert columns["full_name"] == "fullName"
    assert columns["existed_from"] == "valid_from"
    assert proposal.missing == ("kind", "generation")


def test_values_in_force_tell_a_column(settings: Settings, database: Logins, tmp_path: Path) -> None:
    Comparer(settings, database.owner, tmp_path).in_force(parcels(COUNT))
    file = write_sample(tmp_path / "new.gpkg", _named(unit_code="28249", x1="12", so_thua=NUMBERS))
    with psycopg.connect(database.owner) as connection:
        connection.execute("ANALYZE layer.parcels")
        known = look_up(connection, PARCELS, None, 9210)
    assert known.values["sheet_no"] == ("12",)
    assert known.extent is not None
    with pytest.raises(DeliveryRefused) as refused:
        open_delivery(load_city("my_tho"), request(file), known=known)
    told = {c["column"]: c for c in refused.value.extra["proposal"]["columns"]}
    assert told["x1"]["property"] == "sheet_no"
    assert told["x1"]["reason_en"] == "the same values are in force"


def test_a_refusal_for_its_columns_brings_the_proposal(
    settings: Settings, database: Logins, tmp_path: Path, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    file = write_sample(tmp_path / "a.gpkg", _named(maXa="28249", toBanDoSo="7", soThua=NUMBERS, mauSac="đỏ"))
    with pytest.raises(DeliveryRefused) as refused:
        deliver(settings, request(file, source="so_tnmt"), database.owner)
    proposal = refused.value.extra["proposal"]
    json.dumps(refused.value.body() | {"findings": []})
    assert proposal["layer"] == "parcels"
    assert {c["column"] for c in proposal["columns"]} == {"maXa", "toBanDoSo", "soThua", "mauSac"}
    assert proposal["mapping"]["columns"]["unit_code"] == "maXa"
    assert "Likely, by name and content: --map sheet_no=toBanDoSo" in refused.value.detail
    assert "--map parcel_no=soThua" not in refused.value.detail
    row = owner.execute("SELECT count(*) FROM core.delivery").fetchone()
    assert row == (0,)


def test_the_proposal_of_a_file_received_over_the_web_stays_with_its_delivery(
    settings: Settings, database: Logins, tmp_path: Path, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    good = write_sample(tmp_path / "good.gpkg", parcels(COUNT))
    delivery = propose(settings, request(good), database.owner).id
    assert delivery is not None
    owner.execute('UPDATE core.delivery SET asked = asked || \'{"ignore": ["sheet_no"]}\'')
    with pytest.raises(DeliveryRefused):
        prepare(settings, delivery, database.owner)
    row = owner.execute("SELECT status, summary->'proposal'->'columns' FROM core.delivery").fetchone()
    assert row is not None
    assert row[0] == "refused"
    assert {column["column"] for column in cast(list[dict[str, str]], row[1])} >= {"sheet_no", "parcel_no"}


def test_examples_are_shown_as_they_will_be_read(tmp_path: Path) -> None:
    streets = [encoded(STREETS[at % len(STREETS)], TCVN3).decode("latin-1") for at in range(COUNT)]
    file = write_csv(tmp_path / "a.csv", _named(maXa="28249", dc=streets), "latin-1")
    told = {column.column: column for column in _proposed(file).columns}
    assert told["dc"].examples == STREETS[:3]


def test_a_saved_mapping_is_used_by_the_next_delivery_and_the_newest_holds(
    settings: Settings, database: Logins, tmp_path: Path, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    file = write_sample(tmp_path / "a.gpkg", _named(a="28249", b="7", c=NUMBERS, d="x").said_to_be(None))
    whole = {
        "columns": {"unit_code": "a", "sheet_no": "b", "parcel_no": "c"},
        "ignore": ["d"],
        "crs": "EPSG:9210",
    }
    wrong = whole | {"columns": {"unit_code": "a"}}
    assert saved_mapping(owner, PARCELS, "so_tnmt") is None
    for mapping, by in ((wrong, "lan"), (whole, "minh")):
        save_mapping(owner, PARCELS, "so_tnmt", checked_mapping(PARCELS, mapping), by)
    kept = saved_mapping(owner, PARCELS, "so_tnmt")
    assert kept is not None
    assert (kept.saved_by, kept.columns, kept.crs) == ("minh", whole["columns"], "EPSG:9210")
    assert owner.execute("SELECT count(*) FROM core.delivery_mapping").fetchone() == (2,)
    assert saved_mapping(owner, LAYERS["streets"], "so_tnmt") is None

    result = deliver(settings, request(file, source="so_tnmt"), database.owner)
    assert result.status == "applied"
    assert owner.execute("SELECT count(*) FROM layer.parcels WHERE sheet_no = '7'").fetchone() == (COUNT,)
    asked = owner.execute("SELECT asked->'mapping'->>'saved_by', source FROM core.delivery").fetchone()
    assert asked == ("minh", "so_tnmt")
    # The only source with a mapping needs no name, as long as its mapping fits.
    assert saved_mapping(owner, PARCELS, None) == kept
    save_mapping(owner, PARCELS, "another", checked_mapping(PARCELS, whole), "lan")
    assert saved_mapping(owner, PARCELS, None) is None


def test_what_is_said_with_a_delivery_goes_before_what_is_saved(database: Logins, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "a.gpkg", _named(a="28249", b="7", b2="8", c=NUMBERS))
    saved = {
        "columns": {"unit_code": "a", "sheet_no": "b", "parcel_no": "c"},
        "ignore": ["b2"],
        "encoding": "tcvn3",
    }
    city = load_city("my_tho")
    with psycopg.connect(database.owner) as connection:
        save_mapping(connection, PARCELS, "x", checked_mapping(PARCELS, saved), "lan")
        asked = request(file, source="x", columns={"sheet_no": "b2"}, ignore=("b",))
        asked, known = look_around(connection, city, asked)
        connection.rollback()
    reader, source = open_delivery(city, asked, known=known)
    assert reader.assignment.columns == {"unit_code": "a", "parcel_no": "c", "sheet_no": "b2"}
    assert (source, reader.source.codec) == ("x", "tcvn3")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"columns": {"colour": "a"}}, "no property 'colour'"),
        ({"columns": 3}, "columns"),
        ({"columns": {}, "evil": 1}, "evil"),
        ({"constants": {"source_date": "2020-01-01"}}, "no property 'source_date'"),
    ],
)
def test_a_mapping_that_is_none_is_not_kept(mapping: dict[str, Any], words: str) -> None:
    with pytest.raises(BadParameter, match=words):
        checked_mapping(PARCELS, mapping)
