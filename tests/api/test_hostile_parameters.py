"""Anything at all in any parameter of any route: a 4xx that names it, never a 5xx and never a hang."""

import re
from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.layer import installed_layers
from tests.support.hostile import HOSTILE, Door, doors, fault
from tests.support.problems import problem
from tests.support.staff import Headers

LAYERS = sorted(installed_layers())


@pytest.fixture(scope="module")
def every_door(city_client: TestClient) -> list[Door]:
    """Every parameter of every route that reads; the issuer of sign-in is none of ours."""
    found = [door for door in doors(city_client) if "oidc" not in door.path]
    assert len(found) > 40
    return found


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:24] or "empty")
def test_every_parameter_of_every_route(city_client: TestClient, every_door: list[Door], value: str) -> None:
    faults = [fault(city_client.get(door.address(value))) for door in every_door]
    assert [told for told in faults if told] == []


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("role", [Role.ADMIN, Role.ENFORCEMENT])
def test_every_layer_and_property_as_staff(
    city_client: TestClient, staff: Mapping[Role, Headers], layer: str, role: Role
) -> None:
    names = ["filter", "sortby", "properties", "datetime", "crs", "bbox-crs", "filter-crs", "after", "f"]
    names += [p.name for p in installed_layers()[layer].properties]
    faults = []
    for name in names:
        door = Door("/ogc/collections/{collection}/items", name, "query")
        for value in HOSTILE[::6]:
            faults.append(fault(city_client.get(door.address(value, layer), headers=staff[role])))
    assert [told for told in faults if told] == []


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(
    "tile",
    [
        "30/0/0",
        "25/0/0",
        "16/-1/0",
        "16/0/-1",
        "16/65536/0",
        "16/0/65536",
        "0/1/0",
        "1e1/0/0",
        "00000000016/0/0",
        "٣/0/0",
    ],
)
def test_tiles_that_are_none(city_client: TestClient, layer: str, tile: str) -> None:
    answer = city_client.get(f"/ogc/collections/{layer}/tiles/WebMercatorQuad/{tile}")
    assert answer.status_code in (400, 401, 404), answer.text
    problem(answer, answer.status_code)


_PLACES = re.compile(r"\{(\w+)\}")


def test_a_parameter_twice_and_one_nobody_knows_are_named(
    city_client: TestClient, every_door: list[Door]
) -> None:
    for path in sorted({door.path for door in every_door if door.path != "/"}):
        address = Door(path, "", "path").address("")
        for query, named in (("zzz=1", "zzz"), ("lang=vi&lang=en", "lang"), ("f=json&f=json", "f")):
            answer = city_client.get(f"{address}?{query}")
            assert fault(answer) is None
            if answer.status_code == 400:
                assert answer.json()["parameter"] in (named, *_asked(path), *_PLACES.findall(path)), (
                    answer.text
                )
            else:
                # A parcel that is not there, or a door that is for others, may be told first.
                assert answer.status_code in (401, 403, 404), f"{address}?{query}: {answer.status_code}"


def _asked(path: str) -> tuple[str, ...]:
    """What a route cannot do without, and may miss first."""
    return (
        ("reason", "stream", "point", "bbox", "coords") if path.startswith(("/api", "/map", "/ogc")) else ()
    )


@pytest.mark.parametrize("limit", ["0", "-1", "1e9", "9" * 30, "1.5", "ten", "", "1,2"])
def test_absurd_limits(city_client: TestClient, limit: str) -> None:
    for path in ("/ogc/collections/parcels/items", "/ogc/catalogue/items", "/api/search?q=a"):
        glue = "&" if "?" in path else "?"
        problem(city_client.get(f"{path}{glue}limit={limit}"), 400, "limit")
