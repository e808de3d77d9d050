"""Answers for programs say that they rest on made-up data, and which rows are held back."""

from collections.abc import Mapping

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.layers import LAYERS
from tests.support.staff import Headers

HOTSPOTS = "/ogc/collections/hotspots"

_DELIVERY = """
    INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by,
                               status, counts, synthetic)
    VALUES (%(layer)s, 'test', '2026-01-01', 'a.gpkg', sha256(%(sha)s), 1, 9210, 'test', 'applied', '{}',
            %(made)s)
    RETURNING id
"""
_HOTSPOT = """
    INSERT INTO layer.hotspots (code, name, status, source_date, delivery_id, geom)
    VALUES (%s, 'Công viên', 'active', '2026-01-01', %s,
            ST_Transform(ST_SetSRID(ST_MakePoint(106.3656, 10.3548), 4326), core.working_srid()))
"""


@pytest.mark.parametrize("layer", [la.name for la in LAYERS if Role.STEWARD in la.audience])
def test_the_demo_city_says_so_everywhere(
    city_client: TestClient, staff: Mapping[Role, Headers], layer: str
) -> None:
    headers = staff[Role.STEWARD]
    page = city_client.get(f"/ogc/collections/{layer}/items", params={"limit": 1}, headers=headers).json()
    assert page["synthetic"] is True
    feature = page["features"][0]["id"]
    assert city_client.get(f"/ogc/collections/{layer}/items/{feature}", headers=headers).json()["synthetic"]
    assert city_client.get(f"/ogc/collections/{layer}", headers=headers).json()["synthetic"] is True


def test_the_demo_city_says_so_of_the_past_too(city_client: TestClient) -> None:
    page = city_client.get(
        "/ogc/collections/parcels/items", params={"limit": 1, "as_of": "2026-01-01"}
    ).json()
    assert page["synthetic"] is True


@pytest.mark.parametrize("stream", ["traffic", "urban_order"])
def test_sums_for_the_public_say_so(city_client: TestClient, stream: str) -> None:
    asked = {"stream": stream, "from": "2022-01-01", "to": "2023-12-31"}
    assert city_client.get("/api/violations/summary", params=asked).json()["synthetic"] is True


def test_readings_and_holders_say_so(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins
) -> None:
    station = city_client.get("/ogc/collections/sensors/items").json()["features"][0]["properties"]["code"]
    assert city_client.get(f"/api/sensors/{station}/latest").json()["synthetic"] is True
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute("SELECT min(parcel_id) FROM layer.parcel_owners").fetchone()
    assert row is not None
    answer = city_client.get(
        f"/api/parcels/{row[0]}/owners", params={"reason": "Hồ sơ 12/2026"}, headers=staff[Role.PERMIT]
    )
    assert answer.json()["synthetic"] is True


def test_what_is_real_is_not_called_made_up(client: TestClient, database: Logins) -> None:
    """The page says it of its own rows, the collection of all of them."""
    with psycopg.connect(database.owner) as connection:
        for code, made in (("A", False), ("B", True)):
            row = connection.execute(
                _DELIVERY, {"layer": "hotspots", "sha": code.encode(), "made": made}
            ).fetchone()
            assert row is not None
            connection.execute(_HOTSPOT, [code, row[0]])
        connection.execute(_HOTSPOT, ["C", None])
    told = {
        code: client.get(f"{HOTSPOTS}/items", params={"code": code}).json()
        for code in ("A", "B", "C", "none")
    }
    assert {code: page["synthetic"] for code, page in told.items()} == {
        "A": False,
        "B": True,
        "C": False,
        "none": False,
    }
    for page in told.values():
        for feature in page["features"]:
            one = client.get(f"{HOTSPOTS}/items/{feature['id']}").json()
            assert one["synthetic"] is page["synthetic"]
    assert client.get(HOTSPOTS).json()["synthetic"] is True
    assert client.get("/ogc/collections/streets").json()["synthetic"] is False
    asked = {"stream": "traffic", "from": "2022-01-01", "to": "2023-12-31"}
    assert client.get("/api/violations/summary", params=asked).json()["synthetic"] is False


def test_rows_that_are_held_back_are_told(city_client: TestClient, staff: Mapping[Role, Headers]) -> None:
    page = city_client.get(f"{HOTSPOTS}/items", params={"limit": 1}).json()
    assert "dự kiến" in page["hidden_rows"]
    assert "planned" in page["hidden_rows_en"]
    assert city_client.get(HOTSPOTS).json()["access"]["hidden_rows"] == page["hidden_rows"]
    whole = city_client.get(f"{HOTSPOTS}/items", params={"limit": 1}, headers=staff[Role.PERMIT]).json()
    assert "hidden_rows" not in whole
    assert "hidden_rows" not in city_client.get("/ogc/collections/parcels/items", params={"limit": 1}).json()
