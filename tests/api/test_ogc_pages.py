"""Two representations of one resource, and what a collection says of itself."""

import re
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.city import City, load_city
from gis_platform.database.server import Logins
from gis_platform.geometry.output_crs import offered_crs
from gis_platform.layer import Registry, installed_layers
from gis_platform.layer.text import Language
from tests.support.problems import problem
from tests.support.staff import Headers
from web_map.assets.files import MapFiles
from web_map.assets.vendor import NODE_MODULES
from web_map.ogc_pages import Frame, render_page
from web_map.texts import LANGUAGES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PAGES = (
    "/ogc",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/parcels",
    "/ogc/catalogue",
    "/ogc/catalogue/items",
    "/ogc/catalogue/items/parcels",
)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("my_tho")


@pytest.fixture(scope="module")
def layers() -> Registry:
    return installed_layers()


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_gets_a_page_and_others_get_json(city_client: TestClient, path: str) -> None:
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.5", "image/png"):
        answer = city_client.get(path, headers={"Accept": accept})
        assert "json" in answer.headers["content-type"], accept
        assert "Accept" in answer.headers["vary"]
    for accept, asked in ((BROWSER, {}), ("*/*", {"f": "html"}), ("application/json", {"f": "html"})):
        answer = city_client.get(path, headers={"Accept": accept}, params=asked)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html"), accept
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert (
        "json"
        in city_client.get(path, headers={"Accept": BROWSER}, params={"f": "json"}).headers["content-type"]
    )


@pytest.mark.parametrize("path", PAGES)
def test_each_page_says_that_its_data_is_made_up_and_leads_to_its_json(
    city_client: TestClient, path: str
) -> None:
    page = city_client.get(path, params={"f": "html"}).text
    assert "Dữ liệu minh hoạ" in page
    assert f'href="{path}?f=json&amp;lang=vi"' in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page), "a script within the page"
    assert not re.search(r"""(src|href)=["'](https?:)?//(?!www\.opengis)""", page), (
        "something of another host"
    )


@pytest.mark.parametrize("path", PAGES)
def test_what_they_do_not_take_is_named(city_client: TestClient, path: str) -> None:
    problem(city_client.get(path, params={"f": "pdf"}), 400, "f")
    problem(city_client.get(path, params={"lang": "fr"}), 400, "lang")
    problem(city_client.get(path, params={"x": "1"}), 400, "x")


def test_the_language_asked_for_is_kept_for_pages_alone(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections", params={"f": "html", "lang": "en"})
    assert '<html lang="en">' in page.text
    assert '<html lang="en">' in city_client.get("/ogc/collections", params={"f": "html"}).text
    assert city_client.get("/ogc/collections/parcels").json()["title"] == "Thửa đất"
    city_client.cookies.clear()
    told = city_client.get("/ogc/collections/parcels", params={"lang": "en"})
    assert (told.json()["title"], told.headers["content-language"]) == ("Parcels", "en")


def test_the_list_refers_to_one_list_of_systems(city_client: TestClient, city: City) -> None:
    every = [crs.uri for crs in offered_crs(city.working_srid)]
    listed = city_client.get("/ogc/collections").json()
    assert listed["crs"] == every
    *layers, catalogue = listed["collections"]
    assert (catalogue["id"], catalogue["itemType"]) == ("catalogue", "record")
    for one in layers:
        assert one["crs"] == ["#/crs"]
        alone = city_client.get(f"/ogc/collections/{one['id']}").json()
        assert alone["crs"] == every
        assert alone["storageCrs"] == "http://www.opengis.net/def/crs/EPSG/0/9210"
        same = one.keys() & alone.keys() - {"crs", "extent"}
        assert {name: one[name] for name in same} == {name: alone[name] for name in same}
        assert (one["synthetic"], one["itemType"]) == (True, "feature")


def test_the_extent_is_that_of_the_data(
    city_client: TestClient, small_city: Logins, layers: Registry
) -> None:
    with psycopg.connect(small_city.owner) as connection:
        for one in city_client.get("/ogc/collections").json()["collections"][:-1]:
            layer = layers[one["id"]]
            box = one["extent"]["spatial"]["bbox"][0]
            query = psycopg.sql.SQL(
                "SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)"
                " FROM (SELECT ST_Extent(ST_Transform(geom, 4326)) AS e FROM {}) x"
            ).format(psycopg.sql.Identifier("layer", layer.name))
            row = connection.execute(query).fetchone()
            assert row is not None
            # The index keeps single floats, rounded outwards: about a metre here.
            if Role.PUBLIC in layer.visible_rows:
                assert box == list(load_city("my_tho").envelope.as_tuple()), "hidden rows would show in it"
            else:
                assert box == pytest.approx(row, abs=3e-5), layer.name


def test_history_tells_since_when(city_client: TestClient, small_city: Logins) -> None:
    told = city_client.get("/ogc/collections/zoning").json()["extent"]["temporal"]["interval"]
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute("SELECT min(valid_from) FROM layer.zoning").fetchone()
    assert row is not None
    assert told == [[f"{row[0]}T00:00:00Z", None]]
    assert "temporal" not in city_client.get("/ogc/collections/streets").json()["extent"]


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ENFORCEMENT])
def test_what_is_hidden_comes_with_the_reason(
    city_client: TestClient, staff: Mapping[Role, Headers], layers: Registry, role: Role
) -> None:
    told = city_client.get("/ogc/collections/violations", headers=staff[role]).json()["access"]
    hidden = layers["violations"].hidden_from(role)
    assert [(p["name"], p["reason"]) for p in told["hidden"]] == [(p.name, "personal-data") for p in hidden]
    assert all("Dữ liệu cá nhân" in p["why"] for p in told["hidden"])
    page = city_client.get("/ogc/collections/violations", params={"f": "html"}, headers=staff[role]).text
    assert ("Dữ liệu cá nhân" in page) == bool(hidden)


def test_hidden_rows_are_told_on_the_page(city_client: TestClient, layers: Registry) -> None:
    note = layers["hotspots"].hidden_rows_note
    assert note is not None
    assert note.vi in city_client.get("/ogc/collections/hotspots", params={"f": "html"}).text


def test_who_may_edit_is_told(
    city_client: TestClient, staff: Mapping[Role, Headers], layers: Registry
) -> None:
    for name, layer in layers.items():
        if Role.STEWARD not in layer.audience:
            continue
        told = city_client.get(f"/ogc/collections/{name}", headers=staff[Role.STEWARD]).json()["access"]
        assert told["editors"] == sorted(layer.editors)
        assert told["may_edit"] == (Role.STEWARD in layer.editors)


def test_overdue_data_is_an_alarm(city_client: TestClient) -> None:
    for path in ("", "/items", "/items/1"):
        page = city_client.get(f"/ogc/collections/parcels{path}", params={"f": "html"}).text
        assert re.search(r'class="chip bad">Quá hạn cập nhật: nguồn ngày 31/12/2018, đã [\d.]+ ngày', page)


def test_a_delivery_cannot_write_the_page(client: TestClient, database: Logins) -> None:
    with psycopg.connect(database.owner) as connection:
        connection.execute(
            "INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid,"
            " received_by, status, counts) VALUES ('parcels', %s, '2020-01-01', 'f', sha256('x'), 1, 9210,"
            " 'test', 'applied', '{\"<b>\": 1}')",
            (HOSTILE,),
        )
    page = client.get("/ogc/catalogue/items/parcels", params={"f": "html"}).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    search = client.get("/ogc/catalogue/items", params={"f": "html", "q": HOSTILE}).text
    assert "<script>alert" not in search


@pytest.mark.parametrize("template", ["items", "item"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_feature_can_write_the_page(
    city: City, layers: Registry, template: str, language: Language
) -> None:
    layer = layers["parcels"]
    feature: dict[str, Any] = {
        "type": "Feature",
        "id": 1,
        "geometry": {"type": "Point", "coordinates": [106.36, 10.35]},
        "properties": {p.name: HOSTILE for p in layer.properties},
        "links": [{"href": "javascript:alert(1)", "rel": "about", "type": "text/html", "title": HOSTILE}],
        "synthetic": True,
    }
    document = feature
    if template == "items":
        document = {
            "type": "FeatureCollection",
            "features": [feature],
            "links": [],
            "synthetic": True,
            "numberMatched": 1,
        }
    frame = Frame(
        city=city,
        language=language,
        files=MapFiles(layers.values(), NODE_MODULES),
        caller=Caller.anonymous(),
        base="http://here",
        path="/ogc/collections/parcels/items",
        query=(("q", HOSTILE),),
    )
    page = render_page(template, frame=frame, document=document, layer=layer, role=Role.PUBLIC)
    assert page.count("<script") == 2, "ours, and the data of the map"
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert {"vi": "Dữ liệu minh hoạ", "en": "Demonstration data"}[language] in page
