"""The description that the landing page leads to: the OGC part alone, and what each collection takes."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_30_VALIDATOR
from starlette.testclient import TestClient

from api.ogc.question import OWN
from gis_platform.access.roles import Role
from gis_platform.serving.filterable import filterable
from tests.support.layers import LAYERS
from tests.support.problems import problem
from tests.support.staff import Headers

ADDRESS = "/ogc/api"
PUBLIC = [layer for layer in LAYERS if Role.PUBLIC in layer.audience]


@pytest.fixture(scope="module")
def told(city_client: TestClient) -> Any:
    return city_client.get(ADDRESS).json()


def _asked(told: Any, path: str) -> dict[str, Any]:
    parameters = told["paths"][path]["get"]["parameters"]
    return {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}


def test_it_is_valid_and_whole(told: Any) -> None:
    assert [fault.message for fault in OPENAPI_30_VALIDATOR.iter_errors(told)] == []
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(told))):
        found = told
        for part in reference.split("/"):
            found = found[part]
    names = [one["operationId"] for operations in told["paths"].values() for one in operations.values()]
    assert len(names) == len(set(names))
    for path, operations in told["paths"].items():
        for one in operations.values():
            in_path = {p["name"] for p in one.get("parameters", ()) if p["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), path


def test_each_of_its_paths_is_answered(city_client: TestClient, told: Any) -> None:
    base = told["servers"][0]["url"]
    assert base == city_client.get("/ogc").json()["links"][0]["href"].partition("?")[0]
    for path, operations in told["paths"].items():
        if "get" in operations and "{" not in path:
            answer = city_client.get(f"{base}{path}".rstrip("/"))
            assert answer.status_code == 200, path


def test_the_standards_find_their_paths(told: Any) -> None:
    assert {
        "/",
        "/conformance",
        "/collections",
        "/collections/{collectionId}",
        "/collections/{collectionId}/items",
        "/collections/{collectionId}/items/{featureId}",
        "/collections/catalogue/items/{recordId}",
    } <= told["paths"].keys()
    wanted = {"q", "type", "ids", "externalIds", "bbox", "datetime", "limit"}
    assert wanted <= _asked(told, "/collections/catalogue/items").keys()
    assert not any(path.startswith(("/api", "/ogc")) for path in told["paths"] if path != "/api")


@pytest.mark.parametrize("layer", PUBLIC, ids=lambda layer: layer.name)
def test_a_collection_tells_its_properties_as_parameters(
    city_client: TestClient, told: Any, layer: Any
) -> None:
    asked = _asked(told, f"/collections/{layer.name}/items")
    assert asked["limit"]["maximum"] == 10_000
    assert asked.keys() == {*OWN, *filterable(layer, Role.PUBLIC)}
    kinds = {"integer": "1", "number": "1.5", "boolean": "true", "string": "x"}
    for name in filterable(layer, Role.PUBLIC):
        text = {"date": "2020-01-31", "date-time": "2020-01-31T00:00:00Z"}.get(
            asked[name].get("format", ""), kinds[asked[name]["type"]]
        )
        answer = city_client.get(f"/ogc/collections/{layer.name}/items", params={name: text, "limit": 1})
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.OPERATOR, Role.STEWARD, Role.ADMIN])
def test_each_role_is_told_what_it_may_see(
    city_client: TestClient, staff: Mapping[Role, Headers], role: Role
) -> None:
    answer = city_client.get(ADDRESS, headers={} if role is Role.PUBLIC else staff[role])
    assert {"Authorization", "Cookie", "X-API-Key"} <= set(answer.headers["vary"].split(", "))
    paths = answer.json()["paths"]
    for layer in LAYERS:
        path = f"/collections/{layer.name}/items"
        assert (path in paths) == (role in layer.audience)
        if path in paths:
            hidden = {one.name for one in layer.hidden_from(role)}
            assert not hidden & _asked(answer.json(), path).keys()


def test_it_takes_no_parameter(city_client: TestClient) -> None:
    problem(city_client.get(ADDRESS, params={"f": "yaml"}), 400, "f")
