"""What can be asked, sorted by and read is told just as it is, to each role what it may see."""

import json
from collections.abc import Mapping
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.filtering import Kind, compile_filter, kind_of
from gis_platform.layer import Layer, installed_layers
from tests.support.filters import GRID
from tests.support.layers import each_layer
from tests.support.problems import problem
from tests.support.staff import Headers

KINDS = ("queryables", "sortables", "schema")


def _told(client: TestClient, layer: str, kind: str, headers: Headers, **asked: str) -> dict[str, Any]:
    answer = client.get(f"/ogc/collections/{layer}/{kind}", headers=headers, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/schema+json"
    assert {"Authorization", "Cookie"} <= set(answer.headers["vary"].split(", "))
    document: dict[str, Any] = answer.json()
    return document


@each_layer()
@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema_of_what_the_role_sees(
    city_client: TestClient, staff: Mapping[Role, Headers], layer: Layer, kind: str
) -> None:
    for role in sorted(layer.audience - {Role.PUBLIC}):
        told = _told(city_client, layer.name, kind, staff[role])
        jsonschema_rs.meta.validate(told)
        assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert told["$id"].endswith(f"/ogc/collections/{layer.name}/{kind}")
        assert told["type"] == "object"
        assert told["additionalProperties"] is False
        names = {p.name for p in layer.properties_for(role)}
        plain = {n for n in names if kind_of(layer.column(n).type) is not Kind.STRUCTURE}
        assert set(told["properties"]) == (plain if kind == "sortables" else names | {"id", "geom"})
        hidden = [p.name for p in layer.hidden_from(role)]
        assert not [name for name in hidden if name in json.dumps(told)]


@each_layer()
def test_every_queryable_can_be_asked_for(layer: Layer, city_client: TestClient) -> None:
    """And by the kind that is told of it: a filter of that kind is compiled."""
    role = sorted(layer.audience)[0]
    told = {p.name for p in layer.properties_for(role)} | {"id", "geom"}
    for name in told:
        assert compile_filter(
            f"{name} IS NULL", "cql2-text", layer, role, filter_srid=None, working_srid=GRID
        ).sql.endswith("IS NULL)")
    if role is Role.PUBLIC:
        values = {"integer": "1", "number": "1.5", "boolean": "true", "string": "'x'"}
        days = {"date": "DATE('2023-01-01')", "date-time": "TIMESTAMP('2023-01-01T00:00:00Z')"}
        for name, schema in _told(city_client, layer.name, "queryables", {})["properties"].items():
            value = days.get(schema.get("format", "")) or values.get(schema.get("type", ""))
            if value:
                text = f"{name} = {value}"
                compile_filter(text, "cql2-text", layer, role, filter_srid=None, working_srid=GRID)


def test_parcels_are_told_with_titles_units_and_choices(city_client: TestClient) -> None:
    told = _told(city_client, "parcels", "queryables", {})["properties"]
    assert told["legal_area_m2"] == {
        "title": "Diện tích pháp lý",
        "type": "number",
        "x-ogc-unit": "m2",
        "x-ogc-unitLang": "UCUM",
        "x-ogc-propertySeq": told["legal_area_m2"]["x-ogc-propertySeq"],
    }
    assert told["status"]["enum"] == ["in_force", "disputed", "seized", "mortgaged"]
    assert told["status"]["x-enum-titles"]["seized"] == "Đang bị kê biên"
    assert told["source_date"]["format"] == "date"
    assert told["geom"]["format"] == "geometry-multipolygon"
    assert told["geom"]["x-ogc-role"] == "primary-geometry"
    assert told["id"]["x-ogc-role"] == "id"
    assert "IS NULL" in told["land_uses"]["description"]
    english = _told(city_client, "parcels", "queryables", {}, lang="en")["properties"]
    assert english["legal_area_m2"]["title"] == "Legal area"


def test_the_order_of_properties_is_that_of_the_layer(city_client: TestClient) -> None:
    told = _told(city_client, "parcels", "schema", {})["properties"]
    ordered = sorted(told, key=lambda name: told[name]["x-ogc-propertySeq"])
    layer = installed_layers()["parcels"]
    assert ordered == ["id", *(p.name for p in layer.properties), "geom"]


@pytest.mark.parametrize("layer", [la for la in installed_layers().values() if Role.PUBLIC in la.audience])
def test_features_are_as_their_schema_says(city_client: TestClient, layer: Layer) -> None:
    """Each of a page, id and geometry put among the properties as the schema has them."""
    told = _told(city_client, layer.name, "schema", {})
    told["properties"]["geom"] = {"type": "object"} | told["properties"]["geom"]
    assert told["properties"]["id"]["readOnly"] is True
    checker = jsonschema_rs.Draft202012Validator(told, validate_formats=True)
    features = city_client.get(f"/ogc/collections/{layer.name}/items", params={"limit": "200"}).json()[
        "features"
    ]
    for feature in features:
        checker.validate({"id": feature["id"], "geom": feature["geometry"], **feature["properties"]})


def test_pages_for_people(city_client: TestClient) -> None:
    for kind in KINDS:
        page = city_client.get(f"/ogc/collections/parcels/{kind}", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert "Diện tích pháp lý" in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_or_not_open(
    city_client: TestClient, staff: Mapping[Role, Headers], kind: str
) -> None:
    problem(city_client.get(f"/ogc/collections/nothing/{kind}"), 404, "collection")
    assert city_client.get(f"/ogc/collections/cameras/{kind}").status_code == 401
    planner = city_client.get(f"/ogc/collections/violations/{kind}", headers=staff[Role.PLANNER])
    assert planner.status_code == 403
    problem(city_client.get(f"/ogc/collections/parcels/{kind}", params={"filter": "1"}), 400, "filter")
