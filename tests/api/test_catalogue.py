"""The catalogue: who finds what in it, by which words, and what a portal harvests from it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.ogc.records.dcat import dcat
from api.ogc.records.document import record
from api.ogc.records.layers import layer_entry
from gis_platform.access.roles import Role
from gis_platform.city import City, Contact, Licence, load_city
from gis_platform.layer import Registry, installed_layers
from gis_platform.layer.freshness import Freshness
from gis_platform.layer.summary import Summary
from tests.support.problems import problem
from tests.support.staff import Headers

RECORDS = "/ogc/catalogue/items"
LISTED = "/ogc/collections/catalogue"
PARTS = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf"
CORE = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"


@pytest.fixture(scope="module")
def layers() -> Registry:
    return installed_layers()


def _ids(client: TestClient, **asked: str) -> list[str]:
    answer = client.get(RECORDS, params=asked)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["numberMatched"] == told["numberReturned"] == len(told["features"])
    return [one["id"] for one in told["features"]]


def test_it_is_a_collection_of_records(city_client: TestClient) -> None:
    told = city_client.get("/ogc/catalogue").json()
    assert (told["id"], told["type"], told["itemType"]) == ("catalogue", "Collection", "record")
    assert told["synthetic"] is True
    rels = {one["rel"]: one["href"] for one in city_client.get("/ogc").json()["links"]}
    assert rels["http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog"].endswith("/ogc/catalogue")


def test_it_stands_among_the_collections_as_the_standard_has_it(city_client: TestClient) -> None:
    (listed,) = (
        one
        for one in city_client.get("/ogc/collections").json()["collections"]
        if one.get("itemType") == "record"
    )
    answer = city_client.get(LISTED)
    assert answer.headers["content-type"] == "application/ogc-catalog+json"
    alone = answer.json()
    assert alone == listed
    assert {"id", "title", "links", "itemType", "type"} <= alone.keys()
    rels = {one["rel"]: one["href"] for one in alone["links"] if one["type"] != "application/ld+json"}
    assert rels["self"].endswith(LISTED)
    assert rels["items"].endswith(f"{LISTED}/items")
    assert rels["alternate"].endswith(f"{LISTED}?f=html")
    page = city_client.get(f"{LISTED}/items", params={"limit": 2, "q": "a"}).json()
    assert page["numberReturned"] == 2
    for one in page["features"]:
        links = {link["rel"]: link["href"] for link in one["links"]}
        assert links["self"].endswith(f"{LISTED}/items/{one['id']}")
        assert links["collection"].endswith(LISTED)
        assert [link["rel"] for link in one["links"]].count("collection") == 1
        assert city_client.get(f"{LISTED}/items/{one['id']}").json()["id"] == one["id"]
    (following,) = (link["href"] for link in page["links"] if link["rel"] == "next")
    assert f"{LISTED}/items?" in following


def test_both_addresses_tell_the_same_records(city_client: TestClient) -> None:
    here, there = (city_client.get(path).json() for path in (RECORDS, f"{LISTED}/items"))
    assert [one["properties"] for one in here["features"]] == [one["properties"] for one in there["features"]]
    assert (here["numberMatched"], there["numberMatched"]) == (len(here["features"]),) * 2


@pytest.mark.parametrize("part", ["queryables", "schema", "tiles", "styles"])
def test_what_only_layers_have_is_refused(city_client: TestClient, part: str) -> None:
    assert "holds records" in problem(city_client.get(f"{LISTED}/{part}"), 404, "collection")["detail"]


@pytest.mark.parametrize("path", [f"{LISTED}/items", f"{LISTED}/items/parcels"])
@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
def test_nobody_writes_a_record(
    city_client: TestClient, staff: Mapping[Role, Headers], path: str, verb: str
) -> None:
    for headers in ({}, staff[Role.ADMIN]):
        answer = city_client.request(verb, path, headers=headers, json={})
        problem(answer, 405)
        assert answer.headers["allow"].startswith("GET")


def test_records_say_nothing_that_is_null_where_the_standard_wants_text(city_client: TestClient) -> None:
    for one in city_client.get(RECORDS).json()["features"]:
        for name in ("created", "updated", "type", "title", "description", "license", "rights"):
            assert one["properties"].get(name, "left out") is not None


def test_declared_are_the_classes_of_a_searchable_catalogue(city_client: TestClient) -> None:
    declared = city_client.get("/ogc/conformance").json()["conformsTo"]
    classes = {uri.removeprefix(f"{PARTS}/") for uri in declared if uri.startswith(PARTS)}
    assert classes == {
        "record-core",
        "record-collection",
        "record-core-query-parameters",
        "records-api",
        "searchable-catalog",
        "json",
        "html",
    }


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_what_it_may_see(
    city_client: TestClient, staff: Mapping[Role, Headers], layers: Registry, role: Role
) -> None:
    headers = {} if role is Role.PUBLIC else staff[role]
    told = city_client.get(RECORDS, headers=headers).json()
    seen = sorted(name for name, layer in layers.items() if role in layer.audience)
    assert [one["id"] for one in told["features"]] == seen
    for name in layers.keys() - set(seen):
        body = problem(city_client.get(f"{RECORDS}/{name}", headers=headers), 404, "record")
        assert name not in body["detail"].partition("There are:")[2].replace(",", " ").split()
    harvested = city_client.get("/ogc/catalogue/dcat", headers=headers).json()
    assert sorted(one["dct:identifier"] for one in harvested["dcat:dataset"]) == seen


def test_a_record_tells_age_terms_and_where_it_came_from(city_client: TestClient) -> None:
    answer = city_client.get(f"{RECORDS}/parcels")
    assert answer.headers["content-type"] == "application/geo+json"
    told = answer.json()
    about = told["properties"]
    assert told["conformsTo"] == [CORE]
    assert (told["type"], told["geometry"]["type"], about["type"]) == ("Feature", "Polygon", "dataset")
    assert told["time"] == {"interval": ["2018-12-31", ".."]}
    assert (about["source_date"], about["overdue"], about["synthetic"]) == ("2018-12-31", True, True)
    assert about["cycle"]["name"] == "monthly"
    assert "license" not in about, "nobody stated one"
    assert about["rights"] == "Chưa công bố giấy phép sử dụng."
    assert (about["contacts"], about["contact_note"]) == ([], "Chưa công bố đầu mối liên hệ.")
    (delivery,) = about["lineage"]
    assert (delivery["source_date"], delivery["synthetic"]) == ("2018-12-31", True)
    assert delivery["counts"]["added"] == 2000
    assert (
        city_client.get(f"{RECORDS}/parcels", params={"lang": "en"}).json()["properties"]["title"]
        == "Parcels"
    )


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("thửa đất", ["house_numbers", "parcels"]),
        ("thua dat", ["house_numbers", "parcels"]),
        ("THUA  DAT", ["house_numbers", "parcels"]),
        ("đất thửa", []),
        ("parcels,wifi", ["hotspots", "parcels"]),
        ("violations", []),
        ("%", []),
        ("nothing like it", []),
    ],
)
def test_words_are_found_as_people_write_them(city_client: TestClient, q: str, found: list[str]) -> None:
    assert _ids(city_client, q=q) == found


def test_it_is_searched_by_the_core_parameters(city_client: TestClient) -> None:
    every = _ids(city_client)
    assert _ids(city_client, type="dataset") == every
    assert _ids(city_client, type="service") == []
    assert _ids(city_client, type="service,dataset") == every
    assert _ids(city_client, ids="parcels, zoning,violations") == ["parcels", "zoning"]
    assert _ids(city_client, externalIds="1") == []
    assert _ids(city_client, bbox="0,40,1,41") == []
    assert _ids(city_client, bbox="170,10,107,11") == every, "across the antimeridian"
    assert "parcels" in _ids(city_client, bbox="106.36,10.35,106.361,10.351")
    assert "parcels" not in _ids(city_client, bbox="106.26,10.31,106.27,10.32")


def test_time_is_that_of_which_the_data_tells(city_client: TestClient) -> None:
    assert "parcels" not in _ids(city_client, datetime="../2018-12-30")
    assert "parcels" in _ids(city_client, datetime="2018-12-31")
    assert "parcels" in _ids(city_client, datetime="2024-01-01/..")
    assert "streets" not in _ids(city_client, datetime="2024-01-01T00:00:00Z/..")
    assert "streets" in _ids(city_client, datetime="2023-06-30")


def _pages(client: TestClient, limit: int) -> Iterator[dict[str, Any]]:
    address = f"{RECORDS}?limit={limit}&q=a"
    while address:
        told = client.get(address).json()
        yield told
        address = next((one["href"] for one in told["links"] if one["rel"] == "next"), "")


def test_pages_hold_each_record_once(city_client: TestClient) -> None:
    pages = list(_pages(city_client, 2))
    ids = [one["id"] for page in pages for one in page["features"]]
    assert ids == sorted(set(ids)) == _ids(city_client, q="a")
    assert all(page["numberReturned"] == 2 for page in pages[:-1])
    assert {page["numberMatched"] for page in pages} == {len(ids)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("limit", v) for v in ("0", "-1", "x", "1" * 30)],
        *[("bbox", v) for v in ("", "1,2,3", "nan,0,1,1", "0,91,1,92", "0,1,1,0")],
        *[("datetime", v) for v in ("", "..", "../..", "2020", "2020-01-02/2020-01-01", "2020-01-01/x/..")],
        ("q", "x" * 201),
        ("q", ",".join("abcdefghijklmnopqrstu")),
        ("type", "x" * 201),
        ("ids", "a," * 400 + "x" * 300),
        ("after", "x" * 81),
        ("sortby", "title"),
    ],
)
def test_bad_questions_are_named(city_client: TestClient, name: str, value: str) -> None:
    problem(city_client.get(RECORDS, params={name: value}), 400, name)


def test_there_is_no_other_record(city_client: TestClient) -> None:
    for name in ("nothing", "x" * 200, "%27"):
        assert city_client.get(f"{RECORDS}/{name}").status_code in (400, 404)


def test_portals_harvest_what_is_known_and_nothing_made_up(city_client: TestClient) -> None:
    answer = city_client.get("/ogc/catalogue/dcat")
    assert answer.headers["content-type"] == "application/ld+json"
    told = answer.json()
    assert told["@type"] == "dcat:Catalog"
    assert "không phải cơ quan nhà nước" in told["dct:publisher"]["foaf:name"][0]["@value"]
    assert {part["@language"] for part in told["dct:title"]} == {"vi", "en"}
    prefixes = set(told["@context"])
    for name in _terms(told):
        assert name.startswith("@") or name.partition(":")[0] in prefixes, name
    for dataset in told["dcat:dataset"]:
        assert dataset["@type"] == "dcat:Dataset"
        assert {
            "dct:title",
            "dct:description",
            "dct:accrualPeriodicity",
            "dct:spatial",
            "dct:temporal",
        } <= set(dataset)
        assert "Dữ liệu minh hoạ" in dataset["dct:provenance"]["rdfs:label"][0]["@value"]
        assert "dcat:contactPoint" not in dataset
        for one in dataset["dcat:distribution"]:
            assert "dct:license" not in one
            assert one["dct:rights"]["rdfs:label"][0]["@value"] == "Chưa công bố giấy phép sử dụng."
    by_id = {one["dct:identifier"]: one for one in told["dcat:dataset"]}
    assert by_id["parcels"]["dct:accrualPeriodicity"]["@id"].endswith("/frequency/MONTHLY")


def _terms(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "@context":
                yield name
                yield from _terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _terms(inner)


def _told(layers: Registry, name: str) -> Summary:
    layer, moment = layers[name], datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    fresh = Freshness(layer, date(2024, 1, 1), date(2024, 2, 2), synthetic=False)
    return Summary(layer, fresh, moment, moment, 3, (106.0, 10.0, 107.0, 11.0), None)


def test_a_city_that_states_licence_and_contact_is_quoted(layers: Registry) -> None:
    stated: City = load_city("my_tho").model_copy(
        update={
            "licence": Licence(title_vi="Giấy phép mở", title_en="Open", uri="https://city.example/licence"),
            "contact": Contact(name_vi="Văn phòng", name_en="Office", email="data@city.example"),
        }
    )
    entry = layer_entry(_told(layers, "streets"), stated, "http://here")
    told = record(entry, stated, "http://here", "vi")
    assert told["properties"]["license"] == "other", "it has no SPDX identifier, so its link says which"
    assert told["properties"]["contacts"][0]["emails"] == [{"value": "data@city.example"}]
    assert ("license", "https://city.example/licence") in [(x["rel"], x["href"]) for x in told["links"]]
    harvested = dcat([entry], stated.model_copy(update={"publisher": None}), "http://here")
    assert harvested["dct:publisher"]["foaf:name"][1] == {"@value": "Office", "@language": "en"}
    (dataset,) = harvested["dcat:dataset"]
    assert dataset["dct:publisher"] == harvested["dct:publisher"]
    assert dataset["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:data@city.example"}
    assert all(
        one["dct:license"] == {"@id": "https://city.example/licence"} for one in dataset["dcat:distribution"]
    )
    assert "minh hoạ" not in dataset["dct:provenance"]["rdfs:label"][0]["@value"]


def test_one_layer_may_have_terms_of_its_own(layers: Registry) -> None:
    commune = load_city("terres_de_bord")
    licences = {
        name: layer_entry(_told(layers, name), commune, "http://here").licence
        for name in ("parcels", "streets")
    }
    assert licences["streets"] is None
    assert licences["parcels"] is not None
    assert licences["parcels"].en == "Open Licence 2.0 (Etalab)"
    entry = layer_entry(_told(layers, "parcels"), commune, "http://here")
    told = record(entry, commune, "http://here/ogc/catalogue", "vi")
    assert told["properties"]["license"] == "etalab-2.0"
