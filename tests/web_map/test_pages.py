"""The page and its files: strict headers, the right language, and nothing to be had that is not named."""

import re

import pytest
from starlette.testclient import TestClient

from web_map.assets.vendor import NODE_MODULES


def _address(page: str, ending: str) -> str:
    found = re.search(rf'"(/[a-z/]+/[0-9a-f]{{16}}/[^"]*{re.escape(ending)})"', page)
    assert found, ending
    return found[1]


def test_the_page_lets_nothing_in_from_elsewhere(map_client: TestClient) -> None:
    answer = map_client.get("/")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == policy["worker-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "geolocation=(self)" in answer.headers["permissions-policy"]


def test_the_page_needs_nothing_that_the_policy_forbids(map_client: TestClient) -> None:
    page = map_client.get("/").text
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert "<style" not in page
    inline = re.findall(r"<script(?![^>]*\ssrc=)([^>]*)>", page)
    assert inline == [' type="application/json" id="config"']


def test_the_page_names_no_other_host(map_client: TestClient) -> None:
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]+", map_client.get("/").text) == []


def test_vietnamese_comes_first_and_the_choice_is_kept(map_client: TestClient) -> None:
    assert '<html lang="vi" ' in map_client.get("/").text
    assert '<html lang="en" ' in map_client.get("/?lang=en").text
    assert '<html lang="en" ' in map_client.get("/").text
    assert '<html lang="vi" ' in map_client.get("/?lang=vi").text
    map_client.cookies.clear()


def test_a_language_there_is_none_of_is_told(map_client: TestClient) -> None:
    answer = map_client.get("/map/style.json?lang=fr")
    assert answer.status_code in {400, 422}
    assert answer.json()["parameter"] == "lang"


def test_a_demo_city_says_that_its_data_is_synthetic(map_client: TestClient) -> None:
    assert "Dữ liệu minh hoạ" in map_client.get("/").text
    assert "Synthetic data" in map_client.get("/?lang=en").text
    map_client.cookies.clear()


def test_files_are_kept_long_under_their_own_version_only(map_client: TestClient) -> None:
    address = _address(map_client.get("/").text, "map-page.js")
    assert "immutable" in map_client.get(address).headers["cache-control"]
    version = address.split("/")[2]
    stale = map_client.get(address.replace(version, "0" * 16))
    assert stale.status_code == 200
    assert stale.headers["cache-control"] == "no-cache"


def test_scripts_are_packed_for_those_who_take_that(map_client: TestClient) -> None:
    address = _address(map_client.get("/").text, "maplibre-gl.mjs")
    packed = map_client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = map_client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == (NODE_MODULES / "maplibre-gl/dist/maplibre-gl.mjs").read_bytes()
    assert packed.headers["content-type"].startswith("text/javascript")


def test_the_worker_stands_beside_its_module(map_client: TestClient) -> None:
    module = _address(map_client.get("/").text, "maplibre-gl.mjs")
    assert map_client.get(module.replace("maplibre-gl.mjs", "maplibre-gl-worker.mjs")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "package.json",
        "maplibre-gl/package.json",
        "../package.json",
        "..%2fpackage.json",
        "%2e%2e/%2e%2e/pyproject.toml",
        "maplibre-gl.mjs.map",
        "jquery.js",
        "",
    ],
)
@pytest.mark.parametrize("root", ["static", "vendor", "map/files"])
def test_nothing_else_can_be_had(map_client: TestClient, root: str, name: str) -> None:
    assert map_client.get(f"/{root}/0000000000000000/{name}").status_code == 404


def test_the_legend_explains_every_layer_the_public_sees(map_client: TestClient) -> None:
    entries = map_client.get("/map/legend.json").json()["layers"]
    style = map_client.get("/map/style.json").json()
    assert {entry["id"] for entry in entries} == set(style["sources"])
    for entry in entries:
        for picture in [entry["swatch"], *(line["picture"] for line in entry["entries"])]:
            answer = map_client.get(picture)
            assert answer.headers["content-type"] == "image/svg+xml"
            assert answer.text.startswith("<svg ")


def test_the_legend_names_what_it_hides(map_client: TestClient, enforcement_client: TestClient) -> None:
    seen = {e["id"]: e for e in enforcement_client.get("/map/legend.json").json()["layers"]}
    assert "violations" in seen
    assert "violations" not in {e["id"] for e in map_client.get("/map/legend.json").json()["layers"]}
    names = {p["name"] for p in seen["violations"]["properties"]}
    assert "plate" in names


def test_the_legend_is_in_the_language_asked_for(map_client: TestClient) -> None:
    titles = [
        {e["id"]: e["title"] for e in map_client.get(f"/map/legend.json?lang={lang}").json()["layers"]}
        for lang in ("vi", "en")
    ]
    assert titles[0]["parcels"] == "Thửa đất"
    assert titles[1]["parcels"] == "Parcels"
