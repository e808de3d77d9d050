"""The document is OpenAPI 3.0, tells every route, and bounds every parameter."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from schemathesis.specs.openapi.definitions import OPENAPI_30_VALIDATOR
from starlette.testclient import TestClient

from api.ogc.question import OWN
from api.openapi.hot_paths import ENDPOINTS
from api.openapi.version_3_0 import document_3_0, schema_3_0
from tests.support.problems import problem

ADDRESS = "/api/openapi.json"
ITEMS = "/ogc/collections/{collection}/items"


@pytest.fixture(scope="module")
def document(city_client: TestClient) -> Any:
    return city_client.get(ADDRESS).json()


def _operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            yield path, verb, operation


def test_the_landing_page_leads_to_it(city_client: TestClient) -> None:
    links = city_client.get("/ogc").json()["links"]
    (told,) = (link for link in links if link["rel"] == "service-desc")
    answer = city_client.get(told["href"])
    assert answer.headers["content-type"] == told["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert answer.json()["openapi"].startswith("3.0.")
    assert told["href"].startswith(answer.json()["servers"][0]["url"])
    problem(city_client.get(ADDRESS, params={"f": "yaml"}), 400, "f")


def test_it_is_valid(document: Any) -> None:
    faults = [
        f"{list(fault.instance_path)}: {fault.message}"
        for fault in OPENAPI_30_VALIDATOR.iter_errors(document)
    ]
    assert faults == []


def test_the_validator_would_find_a_fault(document: Any) -> None:
    for broken in (
        document | {"openapi": "3.1.0"},
        document | {"paths": {"/x": {"get": {}}}},
        document | {"components": {"schemas": {"x": {"type": ["string", "null"]}}}},
    ):
        assert not OPENAPI_30_VALIDATOR.is_valid(broken)


def test_what_it_refers_to_is_there(document: Any) -> None:
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        found = document
        for part in reference.split("/"):
            found = found[part]
    names = [operation["operationId"] for _, _, operation in _operations(document)]
    assert len(names) == len(set(names))


def test_every_route_is_told(city_client: TestClient, document: Any) -> None:
    told = {(path, verb) for path, verb, _ in _operations(document)}
    routes: set[tuple[str, str]] = {(path, "get") for path in ENDPOINTS}
    for route in _routes(city_client.app.routes):  # type: ignore[attr-defined]
        if route.include_in_schema:
            routes |= {(route.path_format, method.lower()) for method in route.methods or ()}
    assert told == routes


def _routes(among: Iterable[Any]) -> Iterator[APIRoute]:
    for route in among:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


@pytest.mark.parametrize("path", sorted(ENDPOINTS))
def test_hot_paths_are_hot(city_client: TestClient, path: str) -> None:
    """Each is answered under the name it is told by, which the metrics repeat."""
    place = {"collection": "parcels", "feature": "1", "z": "16", "y": "30844", "x": "52136"}
    city_client.get(path.format(**place))
    assert f'route="{path}"' in city_client.get("/metrics").text


def test_items_tell_the_parameters_that_are_read(document: Any) -> None:
    told = {parameter["name"] for parameter in document["paths"][ITEMS]["get"]["parameters"]}
    assert told == {*OWN, "collection", "queryables"}


def test_every_parameter_has_bounds(document: Any) -> None:
    for path, verb, operation in _operations(document):
        for parameter in operation.get("parameters", []):
            assert _bounded(parameter["schema"]), f"{verb} {path}: {parameter['name']}"


def _bounded(schema: Any) -> bool:
    if "enum" in schema or schema.get("type") == "boolean":
        return True
    words = {
        "string": {"maxLength"},
        "integer": {"minimum", "maximum"},
        "number": {"minimum", "maximum"},
        "array": {"maxItems"},
        "object": {"maxProperties"},
    }
    return words[schema["type"]] <= set(schema)


def test_every_refusal_has_the_one_shape(document: Any) -> None:
    for path, verb, operation in _operations(document):
        told = operation["responses"]
        assert "422" not in told, path
        assert {"400", "401", "403", "413", "429", "503"} <= set(told), (verb, path)
        for status, answer in told.items():
            if int(status) >= 400:
                name = answer["$ref"].rpartition("/")[2]
                assert set(document["components"]["responses"][name]["content"]) == {
                    "application/problem+json"
                }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        (
            {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
            {"type": "integer", "minimum": 1, "nullable": True},
        ),
        (
            {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]},
            {"anyOf": [{"$ref": "#/x"}, {"type": "string", "nullable": True, "enum": [None]}]},
        ),
        ({"const": "a"}, {"enum": ["a"]}),
        (
            {"enum": ["a"], "type": ["string", "null"]},
            {"enum": ["a", None], "type": "string", "nullable": True},
        ),
        (
            {"type": "number", "exclusiveMinimum": 0, "minimum": -5},
            {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        ),
        ({"type": "number", "exclusiveMaximum": 9, "maximum": 5}, {"type": "number", "maximum": 5}),
        ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "maxItems": 2},
        ),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"$ref": "#/x", "description": "d"}, {"description": "d", "allOf": [{"$ref": "#/x"}]}),
        (
            {"type": "object", "properties": {"const": {"const": 1}}, "patternProperties": {"a": True}},
            {"type": "object", "properties": {"const": {"enum": [1]}}},
        ),
        (
            {"type": "string", "contentMediaType": "application/octet-stream"},
            {"type": "string", "format": "binary"},
        ),
        (True, {}),
    ],
)
def test_a_schema_says_the_same_in_3_0(before: Any, after: Any) -> None:
    assert schema_3_0(before) == after


def test_what_looks_like_a_schema_and_is_data_stays() -> None:
    example = {"schema": {"const": 1}}
    before = {
        "openapi": "3.1.0",
        "paths": {"/x": {"get": {"requestBody": {"content": {"a/b": {"example": example}}}}}},
    }
    assert document_3_0(before) == before | {"openapi": "3.0.3"}
