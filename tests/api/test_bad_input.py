"""What a client gets wrong is a 400 that names the parameter or a 404 that names what is missing."""

import pytest
from starlette.testclient import TestClient

from tests.support.problems import problem

ITEMS = "/ogc/collections/parcels/items"
LOOKUP = "/api/planning/lookup"
SUMMARY = "/api/violations/summary"
TRAFFIC = {"stream": "traffic", "from": "2022-05-15", "to": "2023-09-06"}
LONG = "x" * 10_000

BAD: list[tuple[str, dict[str, str], str]] = [
    *[
        (ITEMS, {"limit": value}, "limit")
        for value in ("0", "-1", "abc", "", "1.5", "1e3", "٣", "9" * 21, LONG)
    ],
    *[
        (ITEMS, {"limit": "10001", "f": form}, "limit")
        for form in ("csv", "gpkg", "fgb", "shp", "geojsonseq")
    ],
    *[(ITEMS, {"after": value}, "after") for value in ("-1", "x", "", str(2**63), LONG)],
    *[
        (ITEMS, {"bbox": value}, "bbox")
        for value in (
            "",
            "1,2,3",
            "1,2,3,4,5",
            "106.4,10.4,106.3,10.3",
            "10.3,106.3,10.4,106.4",
            "nan,10,107,11",
            "inf,10,107,11",
            "106,10,1e999,11",
            "a,b,c,d",
            "-181,10,107,11",
            "106,-91,107,11",
            "106;10;107;11",
            LONG,
        )
    ],
    *[(ITEMS, {"as_of": value}, "as_of") for value in ("", "2020-13-01", "1.9.2020", "20200901", "x", LONG)],
    *[
        (ITEMS, {"known_at": value}, "known_at")
        for value in ("", "0001-01-01", "2020-01-01T25:00Z", "2020-W01-1", "20200101", LONG)
    ],
    ("/ogc/collections/streets/items", {"as_of": "2020-01-01"}, "as_of"),
    ("/ogc/collections/streets/items", {"known_at": "2020-01-01"}, "known_at"),
    *[(ITEMS, {"f": value}, "f") for value in ("xml", "", "pdf", LONG)],
    (ITEMS, {"lmit": "5"}, "lmit"),
    (ITEMS, {"owner": "x"}, "owner"),
    (ITEMS, {"land_uses": "[]"}, "land_uses"),
    *[
        (ITEMS, {"legal_area_m2": value}, "legal_area_m2")
        for value in ("x", "", "1,5", "nan", "inf", "1e999", "1_0", "１０", "0x1f", " 1")
    ],
    *[
        (ITEMS, {"source_date": value}, "source_date")
        for value in ("x", "", "2018", "20181231", "2018-W01-1", "２０１８-12-31")
    ],
    (ITEMS, {"sheet_no": "1\x002"}, "sheet_no"),
    (f"{ITEMS}/1", {"limit": "5"}, "limit"),
    (f"{ITEMS}/1", {"f": "xml"}, "f"),
    *[
        ("/ogc/collections/zoning/items", {"scale": v}, "scale")
        for v in (str(2**31), "1_0", "１０", "1.5", LONG)
    ],
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/-1/0/0", {}, "z"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/a/0/0", {}, "z"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/14/1.5/0", {}, "y"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/14/0/%20", {}, "x"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/14/0/0", {"f": "mvt"}, "f"),
    (LOOKUP, {}, "point"),
    *[
        (LOOKUP, {"point": v}, "point")
        for v in ("", "106.3", "106.3,10.3,1", "x,y", "nan,10", "181,10", LONG)
    ],
    (LOOKUP, {"point": "10.3548,186"}, "point"),
    (LOOKUP, {"point": "106.3,10.3", "identifier": "w7hsy4k2m9qz"}, "point"),
    (LOOKUP, {"sheet": "12"}, "parcel"),
    (LOOKUP, {"parcel": "45"}, "sheet"),
    (LOOKUP, {"sheet": " ", "parcel": "45"}, "sheet"),
    (LOOKUP, {"sheet": "12", "parcel": LONG}, "parcel"),
    (LOOKUP, {"point": "106.3,10.3", "unit": "28249"}, "unit"),
    (LOOKUP, {"point": "106.3,10.3", "issued": "2015-01-01"}, "issued"),
    (LOOKUP, {"sheet": "12", "parcel": "45", "issued": "2015"}, "issued"),
    (LOOKUP, {"sheet": "12", "parcel": "45", "issued": LONG}, "issued"),
    (LOOKUP, {"point": "106.3,10.3", "as_of": "2015-02-30"}, "as_of"),
    (LOOKUP, {"point": "106.3,10.3", "as_of": "1492-10-12"}, "as_of"),
    (LOOKUP, {"point": "106.3,10.3", "known_at": "yesterday"}, "known_at"),
    (LOOKUP, {"point": "106.3,10.3", "address": "12 Lê Lợi"}, "point"),
    (LOOKUP, {"address": LONG}, "address"),
    (LOOKUP, {"address": " "}, "address"),
    (LOOKUP, {"address": "a\x00b"}, "address"),
    (LOOKUP, {"sheet": "12", "parcel": "45", "unit": LONG}, "unit"),
    (LOOKUP, {"sheet": "1\x00", "parcel": "45"}, "sheet"),
    (LOOKUP, {"identifier": "\x00"}, "identifier"),
    (LOOKUP, {"identifier": LONG}, "identifier"),
    (LOOKUP, {"point": "106.3,10.3", "lang": "fr"}, "lang"),
    (LOOKUP, {"point": "106.3,10.3", "pint": "x"}, "pint"),
    ("/api/search", {}, "q"),
    ("/api/search", {"q": ""}, "q"),
    ("/api/search", {"q": LONG}, "q"),
    ("/api/search", {"q": "hung\x00vuong"}, "q"),
    *[("/api/search", {"q": "hung", "limit": value}, "limit") for value in ("0", "51", "-1", "x", "", LONG)],
    ("/api/search", {"q": "hung", "lang": "fr"}, "lang"),
    (SUMMARY, {}, "stream"),
    (SUMMARY, {**TRAFFIC, "stream": "parking"}, "stream"),
    (SUMMARY, {**TRAFFIC, "stream": LONG}, "stream"),
    *[
        (SUMMARY, {**TRAFFIC, "from": v}, "from")
        for v in ("", "2022-5-15", "2022-02-30", "now", "2024-01-01", LONG)
    ],
    *[(SUMMARY, {**TRAFFIC, "to": v}, "to") for v in ("", "2022-13-01", "0000-00-00", "9999-12-31", LONG)],
    (SUMMARY, {**TRAFFIC, "offfice": "tnmt"}, "offfice"),
    ("/api/sensors/T1/latest", {"lang": "fr"}, "lang"),
    (f"/api/sensors/{LONG}/latest", {}, "code"),
    ("/api/sensors/T%001/latest", {}, "code"),
    ("/api/layers", {"lang": "de"}, "lang"),
    ("/api/layers", {"language": "vi"}, "language"),
    ("/ogc", {"f": "pdf"}, "f"),
    ("/ogc/conformance", {"x": "1"}, "x"),
    ("/ogc/collections", {"limit": "1"}, "limit"),
    ("/ogc/collections/parcels", {"limit": "1"}, "limit"),
]

MISSING: list[tuple[str, str | None]] = [
    ("/ogc/collections/nothing", "collection"),
    (f"/ogc/collections/{LONG}", "collection"),
    ("/ogc/collections/nothing/items", "collection"),
    ("/ogc/collections/nothing/items/1", "collection"),
    ("/ogc/collections/nothing/tiles/WebMercatorQuad/0/0/0", "collection"),
    ("/ogc/collections/par%00cels/items", "collection"),
    (f"{ITEMS}/999999999", "feature"),
    (f"{ITEMS}/abc", "feature"),
    (f"{ITEMS}/-1", "feature"),
    (f"{ITEMS}/{2**63}", "feature"),
    (f"{ITEMS}/{LONG}", "feature"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/30/0/0", None),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/99999999999/0/0", None),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/14/16384/0", None),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/14/0/16384", None),
    ("/ogc/collections/parcels/tiles/WorldCRS84Quad/14/0/0", None),
    ("/api/sensors/T-404/latest", "code"),
    ("/nothing", None),
    ("/api/nothing", None),
    (f"/{LONG}", None),
]


@pytest.mark.parametrize(("path", "asked", "parameter"), BAD)
def test_a_bad_parameter_is_named(
    city_client: TestClient, path: str, asked: dict[str, str], parameter: str
) -> None:
    body = problem(city_client.get(path, params=asked), 400, parameter)
    assert len(body["detail"]) < 500, "what was sent is not sent back whole"


@pytest.mark.parametrize(("path", "parameter"), MISSING)
def test_what_is_not_there_is_a_404(city_client: TestClient, path: str, parameter: str | None) -> None:
    body = problem(city_client.get(path), 404, parameter)
    assert len(body["detail"]) < 12_000


@pytest.mark.parametrize(
    "asked",
    [
        {"point": "106.0,10.0"},
        {"sheet": "999999", "parcel": "999999"},
        {"sheet": "1", "parcel": "1", "unit": "Phường Không Có"},
        {"identifier": "zzzzzzzzzzzz"},
    ],
)
def test_a_place_or_number_that_nobody_has_is_a_404_in_both_languages(
    city_client: TestClient, asked: dict[str, str]
) -> None:
    vi = problem(city_client.get(LOOKUP, params=asked), 404)["detail"]
    en = problem(city_client.get(LOOKUP, params={**asked, "lang": "en"}), 404)["detail"]
    assert vi.startswith("Không")
    assert en.startswith("There is no")


TILE = "/ogc/collections/parcels/tiles/WebMercatorQuad/16/30840/52126"


@pytest.mark.parametrize(
    "path", [LOOKUP, "/api/search", SUMMARY, "/api/layers", "/ogc/collections", "/api/here", TILE]
)
@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_verb_is_a_405_that_says_which(city_client: TestClient, path: str, verb: str) -> None:
    if (path, verb) == (LOOKUP, "POST"):
        return  # what fits no address is asked so
    answer = city_client.request(verb, path)
    problem(answer, 405)
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize("path", [LOOKUP, "/api/search", SUMMARY, "/api/layers", "/ogc/collections"])
def test_a_parameter_twice_is_refused(city_client: TestClient, path: str) -> None:
    answer = city_client.get(path, params=[("limit", "5"), ("limit", "6"), ("lang", "vi"), ("lang", "en")])
    assert problem(answer, 400)["parameter"]
