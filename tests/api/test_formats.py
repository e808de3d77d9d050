"""A page of features in every format, by ``f`` or Accept, for the public and for staff."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pyogrio
import pytest
import shapely
from starlette.testclient import TestClient

from api.ogc.formats import preferred
from etl.exporting.forms import FORMS
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.problems import problem
from tests.support.server import RunningServer
from tests.support.staff import Headers

ITEMS = "/ogc/collections/{}/items"
STREETS = ITEMS.format("streets")
GRID = "http://www.opengis.net/def/crs/EPSG/0/9210"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_accept_and_f_give_the_same_format(city_client: TestClient, form: Any) -> None:
    by_name = city_client.get(STREETS, params={"f": form.key, "limit": 3})
    by_header = city_client.get(STREETS, params={"limit": 3}, headers={"Accept": form.media_type})
    assert by_name.status_code == by_header.status_code == 200
    types = {answer.headers["content-type"].partition(";")[0] for answer in (by_name, by_header)}
    assert types == {form.media_type}
    assert {"Authorization", "Cookie", "X-API-Key", "Accept"} <= set(by_name.headers["vary"].split(", "))
    if form.key != "geojson":
        told = by_name.headers["content-disposition"]
        assert re.fullmatch(rf'attachment; filename="my_tho-streets-\d{{4}}-\d\d-\d\d\{form.suffix}"', told)


def test_f_wins_over_accept(city_client: TestClient) -> None:
    answer = city_client.get(STREETS, params={"f": "csv", "limit": 1}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "application/geo+json", ""])
def test_who_asks_nothing_special_gets_geojson(city_client: TestClient, accept: str) -> None:
    answer = city_client.get(STREETS, params={"limit": 1}, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/geo+json"


def test_a_browser_gets_a_page(city_client: TestClient) -> None:
    asked = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}
    for path in (STREETS, f"{STREETS}/{_first(city_client)}"):
        answer = city_client.get(path, headers=asked)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert "minh hoạ" in answer.text


def _first(client: TestClient) -> int:
    return int(client.get(STREETS, params={"limit": 1}).json()["features"][0]["id"])


@pytest.mark.parametrize("named", ["pdf", "", "gpkg2", "../csv", "🗺", "x" * 5000])
def test_an_unknown_format_is_named(city_client: TestClient, named: str) -> None:
    problem(city_client.get(STREETS, params={"f": named}), 400, "f")


@pytest.mark.parametrize("accept", ["image/png", "text/plain;q=0.5", "*/*;q=0", "nonsense"])
def test_what_cannot_be_is_not_acceptable(city_client: TestClient, accept: str) -> None:
    problem(city_client.get(STREETS, headers={"Accept": accept}), 406)


_OFFERED = {"a/one": "one", "a/two": "two", "b/three": "three"}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("a/two, a/one;q=0.9", "two"),
        ("a/one;q=0.1, */*;q=0.2", "two"),
        ("a/*;q=0.3, b/three;q=0.4", "three"),
        ("a/one;q=0, a/*", "two"),
        ("b/*, a/one;q=0.999", "three"),
        ("a/two;level=1;q=0.7, */*;q=0.1", "two"),
        ("a/one;q=0", None),
        ("", None),
        (",;,", None),
    ],
)
def test_weights_are_heeded(accept: str, form: str | None) -> None:
    assert preferred(accept, _OFFERED) == form


@pytest.mark.parametrize("form", ["gpkg", "fgb", "csv", "shp", "geojsonseq"])
def test_pages_hold_every_feature_once(
    city_client: TestClient, small_city: Logins, tmp_path: Path, form: str
) -> None:
    found: list[int] = []
    address: str | None = f"{STREETS}?f={form}&limit=23&crs={GRID}"
    while address is not None:
        answer = city_client.get(address)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-crs"] == f"<{GRID}>"
        ids = _ids(answer.content, form, tmp_path)
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers["link"])
        assert len(ids) == 23 or following is None
        found += ids
        address = following[1] if following else None
    with psycopg.connect(small_city.owner) as connection:
        wanted = [row[0] for row in connection.execute("SELECT id FROM layer.streets ORDER BY id")]
    assert sorted(found) == wanted


def _ids(content: bytes, form: str, folder: Path) -> list[int]:
    if form == "csv":
        return [
            int(row["id"]) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        ]
    if form == "geojsonseq":
        return [json.loads(text)["id"] for text in content.split(b"\x1e")[1:]]
    file = folder / f"page{FORMS[form].suffix}"
    file.write_bytes(content)
    meta, fids, _, columns = pyogrio.raw.read(
        f"/vsizip/{file}" if form == "shp" else str(file), return_fids=True, read_geometry=False
    )
    names = list(meta["fields"])
    return [int(value) for value in (columns[names.index("id")] if "id" in names else fids)]


def test_sorted_pages_go_on_where_they_were(city_client: TestClient) -> None:
    asked = {"sortby": "-name", "limit": "40"}
    wanted = [f["id"] for f in city_client.get(STREETS, params={**asked, "limit": "80"}).json()["features"]]
    first = city_client.get(STREETS, params={**asked, "f": "csv"})
    following = re.search(r'<([^>]+)>; rel="next"', first.headers["link"])
    assert following is not None
    second = city_client.get(following[1])
    assert [*_ids(first.content, "csv", Path()), *_ids(second.content, "csv", Path())] == wanted


def test_a_filtered_page_of_chosen_fields(city_client: TestClient) -> None:
    asked = {"f": "csv", "filter": "parcel_no = '1'", "properties": "parcel_no,sheet_no", "limit": "50"}
    answer = city_client.get(ITEMS.format("parcels"), params=asked)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows
    assert {row["parcel_no"] for row in rows} == {"1"}
    assert set(rows[0]) == {"id", "sheet_no", "parcel_no", "synthetic", "_WKT_EPSG_4326"}


def test_the_pinned_transformation_is_the_one_used(city_client: TestClient, small_city: Logins) -> None:
    answer = city_client.get(STREETS, params={"f": "csv", "limit": 5})
    with psycopg.connect(small_city.owner) as connection:
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")):
            there = connection.execute(
                "SELECT ST_AsBinary(ST_Transform(geom, 4326)) FROM layer.streets WHERE id = %s", [row["id"]]
            ).fetchone()
            assert there is not None
            shape = shapely.from_wkt(row["_WKT_EPSG_4326"])
            assert shapely.hausdorff_distance(shape, shapely.from_wkb(there[0])) < 2e-8


def test_staff_see_more_and_leave_an_entry(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins
) -> None:
    asked = {"f": "csv", "limit": "2"}
    path = ITEMS.format("violations")
    problem(city_client.get(path, params=asked), 401)
    with psycopg.connect(small_city.owner) as connection:
        before = _looks(connection)
        plain = city_client.get(path, params=asked, headers=staff[Role.AUDITOR])
        assert _looks(connection) == before
        told = city_client.get(path, params=asked, headers=staff[Role.ENFORCEMENT])
        assert _looks(connection) == before + 1
    assert ",plate," not in plain.text.splitlines()[0]
    assert ",plate," in told.text.splitlines()[0]


def _looks(connection: psycopg.Connection[Any]) -> int:
    connection.rollback()
    row = connection.execute(
        "SELECT count(*) FROM core.audit_entry WHERE action = 'personal-data.read'"
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
@pytest.mark.parametrize("form", ["gpkg", "fgb", "csv"])
def test_ogrinfo_opens_what_is_served(live_city: RunningServer, tmp_path: Path, form: str) -> None:
    import urllib.request

    file = tmp_path / f"streets{FORMS[form].suffix}"
    address = f"{live_city.url}{STREETS}?f={form}&limit=50&crs=EPSG:9210"
    urllib.request.urlretrieve(address, file)  # noqa: S310
    told = subprocess.run(  # noqa: S603
        ["ogrinfo", "-ro", "-so", "-al", str(file)],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Feature Count: 50" in told
    if form != "csv":
        assert 'ID["EPSG",9210]' in told
