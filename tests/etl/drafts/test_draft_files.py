"""Files that planners send, good and bad: what is recognised and told, and that nothing is half stored."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from etl.drafts.entering import drafts_folder
from etl.drafts.template import write_template
from etl.drafts.work import work
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.layer.text import Language
from gis_platform.settings import Settings
from layers.planning.drafts.columns import EXAMPLE, TEMPLATE_CODES
from tests.support.delivered import Sample, write_sample
from tests.support.drafts import draft_row, draft_rows, drafted, plan, random_zones, write_plan

TABLES = ("draft_zone", "draft_unread", "draft_parcel", "draft_effect", "draft_in_force", "draft_case")
STORED = " + ".join(f"(SELECT count(*) FROM planning.{t} WHERE draft_id = d.id)" for t in TABLES)  # noqa: S608


def _stored(places: Logins, draft: int) -> int:
    (row,) = draft_rows(places, f"SELECT {STORED} AS n FROM planning.draft d WHERE id = %s", draft)  # noqa: S608
    return int(row["n"])


def _zones(places: Logins, draft: int) -> list[dict[str, Any]]:
    return draft_rows(places, "SELECT * FROM planning.draft_zone WHERE draft_id = %s ORDER BY zone_no", draft)


@pytest.fixture(scope="module")
def sample(draft_city: Logins) -> Sample:
    return plan(random_zones(draft_city, 3, seed=8), ["ODT", "DGT", "DKV"])


@pytest.fixture(autouse=True)
def _taken_away(draft_city: Logins, draft_settings: Settings) -> Iterator[None]:
    """One planner keeps a few drafts; each test has its own."""
    yield
    with psycopg.connect(draft_city.owner) as owner:
        owner.execute("DELETE FROM planning.draft")
    shutil.rmtree(drafts_folder(draft_settings.data_dir), ignore_errors=True)


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".fgb", ".zip"])
def test_every_form_tells_the_same(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample, ending: str
) -> None:
    if ending == ".zip":
        write_sample(folder / "do_an.shp", sample)
        file = folder / "do_an.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(folder.glob("do_an.*")):
                if part != file:
                    archive.write(part, part.name)
    else:
        file = write_plan(folder / f"đồ án{ending}", sample.moved(4326) if ending == ".geojson" else sample)
    draft = drafted(draft_settings, draft_city, file)
    row = draft_row(draft_city, draft)
    assert row["state"] == "done", row["reason"]
    assert sorted(zone["function_code"] for zone in _zones(draft_city, draft)) == ["DGT", "DKV", "ODT"]
    shapes = {s.area for s in sample.shapes if s is not None}
    assert row["totals"]["zones_m2"] == pytest.approx(sum(shapes), abs=0.05)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"cot_1": ["ODT"] * 3}, ("ODT", "zone", True)),
        ({"MaLoaiDat": ["ODT"] * 3}, ("ODT", "zone", True)),
        ({"land_use": ["ODT"] * 3}, ("ODT", "zone", True)),
        ({"ma_dat": ["ODT"] * 3}, ("ODT", "zone", True)),
        ({"function_code": ["Đất ở đô thị"] * 3}, ("ODT", "zone", True)),
        ({"KY_HIEU": ["ODT-01", "DGT-02", "DKV-03"]}, ("ODT", "zone", True)),
        ({"CHUC_NANG": ["Đất ở đô thị", "Đất giao thông", "Đất cây xanh"]}, ("ODT", "zone", True)),
        ({"function_code": ["XYZ"] * 3}, ("XYZ", "zone", False)),
        (
            {"function_code": [None] * 3, "title": ["Hành lang an toàn lưới điện"] * 3},
            (None, "power_corridor", False),
        ),
        ({"theme": ["road_reserve"] * 3}, (None, "road", False)),
        ({"ghi_chu": ["a", "b", "c"]}, (None, "zone", False)),
    ],
)
def test_a_function_is_recognised_or_said_to_be_unknown(
    draft_settings: Settings,
    draft_city: Logins,
    folder: Path,
    sample: Sample,
    columns: dict[str, list[Any]],
    expected: tuple[str | None, str, bool],
) -> None:
    file = write_plan(folder / "a.gpkg", Sample(columns, sample.shapes))
    asked: dict[str, Any] = {"columns": {"function_code": "cot_1"}} if "cot_1" in columns else {}
    draft = drafted(draft_settings, draft_city, file, **asked)
    first = _zones(draft_city, draft)[0]
    assert (first["function_code"], first["kind"], first["function_known"]) == expected


@pytest.mark.parametrize("grid", [4326, 9210])
def test_what_is_far_bigger_than_the_city_is_told_as_that(
    draft_settings: Settings, draft_city: Logins, folder: Path, grid: int
) -> None:
    """A frame or the world: it is not outside of the city, and no other grid mends it."""
    shape = shapely.box(-180, -85, 180, 85) if grid == 4326 else shapely.box(0, 0, 2e6, 3e6)
    file = write_plan(folder / "a.gpkg", Sample({"function_code": ["ODT"]}, [shape], grid))
    draft = draft_row(draft_city, drafted(draft_settings, draft_city, file))
    assert draft["state"] == "refused"
    told = str(draft["reason"])
    assert "trùm cả thành phố" in told
    assert "nằm ngoài thành phố" not in told


def test_one_that_is_far_bigger_is_left_out_with_its_reason(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    shapes = [*sample.shapes, shapely.box(0, 0, 2e6, 3e6)]
    file = write_plan(folder / "a.gpkg", Sample({"function_code": ["ODT"] * 4}, shapes))
    draft = drafted(draft_settings, draft_city, file)
    assert len(_zones(draft_city, draft)) == 3
    (row,) = draft_rows(draft_city, "SELECT * FROM planning.draft_unread WHERE draft_id = %s", draft)
    assert row["code"] == "outside_city"
    assert "trùm cả thành phố" in row["text_vi"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_a_draft_that_reads(
    draft_settings: Settings, draft_city: Logins, folder: Path, language: Language
) -> None:
    city = load_city(draft_settings.city)
    file = folder / "mau.gpkg"
    write_template(file, city, language)
    draft = drafted(draft_settings, draft_city, file)
    zones = _zones(draft_city, draft)
    assert [zone["function_code"] for zone in zones] == list(TEMPLATE_CODES)
    assert [zone["kind"] for zone in zones] == ["zone", "zone", "road"]
    assert all(zone["function_known"] and zone["max_density_pct"] == 60 for zone in zones)
    (layer,) = draft_row(draft_city, draft)["read_as"]["layers"]
    assert set(layer["columns"]) == set(EXAMPLE)


def test_figures_are_read_as_they_are_written(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    columns = {
        "function_code": ["ODT", "ODT", "ODT"],
        "MDXD": ["60 %", "70,5", "cao"],
        "tang_cao": ["2-5 tầng", "3", "rất cao"],
        "far_max": ["1,8", "2.5", "999"],
    }
    draft = drafted(draft_settings, draft_city, write_plan(folder / "a.gpkg", Sample(columns, sample.shapes)))
    zones = _zones(draft_city, draft)
    assert [zone["max_density_pct"] for zone in zones] == [60, 70.5, None]
    assert [zone["floors_max"] for zone in zones] == [5, 3, None]
    assert [zone["far_max"] for zone in zones] == [1.8, 2.5, None]
    rows = draft_rows(draft_city, "SELECT * FROM planning.draft_unread WHERE draft_id = %s", draft)
    assert [(row["element"], row["code"]) for row in rows] == [(rows[0]["element"], "wrong_value")] * 3
    assert {"cao", "rất cao", "999"} == {row["text_vi"].split("“")[1].split("”")[0] for row in rows}


def test_rows_that_cannot_be_used_are_told_and_the_others_stay(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    bow = shapely.Polygon([(567000, 1145000), (567010, 1145010), (567010, 1145000), (567000, 1145010)])
    shapes = [*sample.shapes, bow, shapely.Point(567000, 1145000), None]
    file = write_plan(folder / "a.gpkg", Sample({"function_code": ["ODT"] * 6}, shapes))
    draft = drafted(draft_settings, draft_city, file)
    assert len(_zones(draft_city, draft)) == 3
    rows = draft_rows(draft_city, "SELECT * FROM planning.draft_unread WHERE draft_id = %s", draft)
    assert {row["code"] for row in rows} == {"broken_geometry", "wrong_geometry_type", "missing_geometry"}
    assert all(row["text_vi"] and row["text_en"] for row in rows)


def test_text_of_an_old_encoding_is_read(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    tcvn3 = "§Êt ë ®« thÞ"
    columns = {"function_code": ["ODT"] * 3, "title": [tcvn3, "§Êt c©y xanh", "§­êng quy ho¹ch"]}
    draft = drafted(draft_settings, draft_city, write_plan(folder / "a.gpkg", Sample(columns, sample.shapes)))
    assert _zones(draft_city, draft)[0]["title"] == "Đất ở đô thị"


@pytest.mark.parametrize(("srid", "how"), [(9210, "recognised"), (5897, "recognised"), (4326, "recognised")])
def test_a_grid_that_is_not_said_is_recognised_by_place(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample, srid: int, how: str
) -> None:
    file = write_plan(folder / "a.gpkg", sample.moved(srid).said_to_be(None))
    row = draft_row(draft_city, drafted(draft_settings, draft_city, file))
    assert row["state"] == "done", row["reason"]
    assert (row["read_as"]["grid"]["srid"], row["read_as"]["grid"]["how"]) == (srid, how)


def test_a_grid_that_is_chosen_goes_before_what_the_file_says(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    file = write_plan(folder / "a.gpkg", sample.said_to_be(5897))
    refused = draft_row(draft_city, drafted(draft_settings, draft_city, file))
    assert refused["state"] == "refused"
    assert "EPSG:9210" in refused["reason"]["grid"]["text_vi"]
    row = draft_row(draft_city, drafted(draft_settings, draft_city, file, crs="EPSG:9210"))
    assert (row["state"], row["read_as"]["grid"]["how"]) == ("done", "chosen")


def test_axes_exchanged_are_refused_in_words(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    turned: list[BaseGeometry | None] = [
        shapely.transform(s, lambda c: c[:, ::-1]) for s in sample.shapes if s is not None
    ]
    draft = drafted(
        draft_settings, draft_city, write_plan(folder / "a.gpkg", Sample(sample.columns, turned, None))
    )
    row = draft_row(draft_city, draft)
    assert row["state"] == "refused"
    assert "hai trục đổi chỗ" in row["reason"]["grid"]["text_vi"]
    assert _stored(draft_city, draft) == 0


def _cut(path: Path) -> Path:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    return path


@pytest.mark.parametrize("kind", ["cut", "points", "empty", "far", "view", "dxf"])
def test_a_file_without_a_plan_leaves_words_and_nothing_else(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample, kind: str
) -> None:
    path = folder / "a.gpkg"
    match kind:
        case "cut":
            file = _cut(write_plan(path, sample))
        case "points":
            file = write_plan(path, Sample({"a": ["x"]}, [shapely.Point(567000, 1145000)]))
        case "empty":
            file = write_plan(path, Sample({"a": ["x"]}, [None]))
        case "far":
            file = write_plan(path, Sample({"a": ["x"]}, [shapely.box(0, 0, 10, 10)]))
        case "view":
            import sqlite3
            from contextlib import closing

            file = write_plan(path, sample)
            with closing(sqlite3.connect(file)) as opened:
                name = opened.execute("SELECT table_name FROM gpkg_contents").fetchone()[0]
                opened.execute(f'ALTER TABLE "{name}" RENAME TO hidden')
                opened.execute(f'CREATE VIEW "{name}" AS SELECT * FROM hidden')  # noqa: S608
                opened.commit()
        case _:
            file = folder / "a.dxf"
            file.write_text(
                "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\nODT\n90\n999999999\n", encoding="ascii"
            )
    draft = drafted(draft_settings, draft_city, file)
    row = draft_row(draft_city, draft)
    assert row["state"] == "refused"
    assert len(row["reason"]["vi"]) > 20
    assert len(row["reason"]["en"]) > 20
    assert "Traceback" not in row["reason"]["vi"]
    assert _stored(draft_city, draft) == 0


def test_what_is_no_file_of_a_plan_is_not_entered(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    before = draft_rows(draft_city, "SELECT count(*) AS n FROM planning.draft")
    exe = folder / "a.gpkg"
    exe.write_bytes(b"MZ" + os.urandom(200))
    link = folder / "b.gpkg"
    link.symlink_to("/etc/passwd")
    bomb = folder / "c.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.gpkg", b"\0" * (64 * 2**20))
    for file in (exe, link):
        with pytest.raises((DeliveryRefused, BadParameter)):
            drafted(draft_settings, draft_city, file)
    assert draft_rows(draft_city, "SELECT count(*) AS n FROM planning.draft") == before
    # An archive is looked into by the worker: it is entered, and refused there.
    row = draft_row(draft_city, drafted(draft_settings, draft_city, bomb))
    assert (row["state"], "unsafe" in row["reason"]["en"] or "would become" in row["reason"]["en"]) == (
        "refused",
        True,
    )
    kept = {path.name for path in (draft_settings.data_dir / "drafts").iterdir()}
    numbers = {str(r["id"]) for r in draft_rows(draft_city, "SELECT id FROM planning.draft")}
    assert kept == numbers


def test_layers_of_a_file_are_read_together_or_one(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    file = write_sample(folder / "a.gpkg", sample.rows(1, 2), layer="o_dat")
    write_sample(file, sample.rows(3), layer="cay_xanh", append=False)
    both = drafted(draft_settings, draft_city, file)
    assert {zone["file_layer"] for zone in _zones(draft_city, both)} == {"o_dat", "cay_xanh"}
    one = drafted(draft_settings, draft_city, file, file_layer="cay_xanh")
    assert {zone["file_layer"] for zone in _zones(draft_city, one)} == {"cay_xanh"}
    none = draft_row(draft_city, drafted(draft_settings, draft_city, file, file_layer="khong_co"))
    assert none["state"] == "refused"
    assert "khong_co" in none["reason"]["vi"]


def test_columns_that_are_said_must_be_there(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    file = write_plan(folder / "a.gpkg", sample)
    row = draft_row(draft_city, drafted(draft_settings, draft_city, file, columns={"title": "khong_co"}))
    assert row["state"] == "refused"
    assert "khong_co" in row["reason"]["vi"]


def test_a_draft_outside_all_parcels_touches_none(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    (box,) = draft_rows(
        draft_city,
        "SELECT max(ST_XMax(geom)) AS east, max(ST_YMax(geom)) AS north FROM layer.parcels",
    )
    east, north = float(np.floor(box["east"])) + 50, float(np.floor(box["north"])) - 50
    file = write_plan(folder / "a.gpkg", plan([shapely.box(east, north, east + 30, north + 30)], ["ODT"]))
    row = draft_row(draft_city, drafted(draft_settings, draft_city, file))
    assert row["state"] == "done", row["reason"]
    assert (row["totals"]["parcels"], row["totals"]["parcels_m2"], row["totals"]["changes"]) == (0, 0, {})


def test_worked_twice_it_is_stored_once(
    draft_settings: Settings, draft_city: Logins, folder: Path, sample: Sample
) -> None:
    draft = drafted(draft_settings, draft_city, write_plan(folder / "a.gpkg", sample))
    before = _stored(draft_city, draft)
    draft_rows(draft_city, "UPDATE planning.draft SET state = 'working' WHERE id = %s RETURNING id", draft)
    work(draft_settings, draft, draft_city.owner)
    assert draft_row(draft_city, draft)["state"] == "done"
    assert _stored(draft_city, draft) == before
