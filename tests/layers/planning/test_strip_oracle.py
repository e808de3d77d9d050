"""The strip along a street against a recomputation from the raw rows, which shares no code with it."""

from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from psycopg import sql
from starlette.testclient import TestClient

from gis_platform.database.server import Logins

STRIP = "/api/planning/strip"
# From the most detailed down, as the plans have it.
_LEVELS = ("chi_tiet", "phan_khu", "chung")
_TOLERANCE_M2 = 0.5

Rows = list[dict[str, Any]]


class Raw:
    """Tables as they are stored, geometries in the working grid."""

    def __init__(self, places: Logins) -> None:
        with psycopg.connect(places.owner, row_factory=psycopg.rows.dict_row) as connection:

            def read(columns: str, table: str) -> Rows:
                statement = sql.SQL("SELECT {}, ST_AsBinary(geom) AS wkb FROM {} ORDER BY 1").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns.split(", "))),
                    sql.Identifier("layer", table),
                )
                rows = connection.execute(statement).fetchall()
                return [{**row, "geom": shapely.from_wkb(row.pop("wkb"))} for row in map(dict, rows)]

            self.parcels = read("id", "parcels")
            self.streets = read("id, name, kind, width_m, planned_width_m", "streets")
            self.zones = read("id, theme, plan_level", "zoning")
            self.cover = read("theme, plan_level", "plan_coverage")
            self.hotspots = read("id", "hotspots")
        self.tree = shapely.STRtree([parcel["geom"] for parcel in self.parcels])


@pytest.fixture(scope="module")
def raw(small_city: Logins) -> Raw:
    return Raw(small_city)


def _sides(line: Any, metres: float) -> Any:
    """Ground on both sides of a centre line, ending where it ends."""
    return shapely.buffer(shapely.line_merge(line), metres, quad_segs=16, cap_style="flat")


def _roads(raw: Raw, window: Any) -> Any:
    """Planned roads that plans draw, on the ground where no more detailed plan treats roads."""
    parts = []
    for zone in raw.zones:
        if zone["theme"] != "road_reserve" or not zone["geom"].intersects(window):
            continue
        above = [
            cover["geom"]
            for cover in raw.cover
            if cover["theme"] == "road_reserve"
            and _LEVELS.index(cover["plan_level"]) < _LEVELS.index(zone["plan_level"])
        ]
        parts.append(shapely.difference(zone["geom"], shapely.union_all(above)) if above else zone["geom"])
    return shapely.union_all(parts)


def _expected(raw: Raw, street: dict[str, Any], metres: float) -> dict[int, tuple[float, float, float]]:
    """Area within, distance and ground taken, of each parcel."""
    half = (street["planned_width_m"] or street["width_m"]) / 2
    road, whole = _sides(street["geom"], half), _sides(street["geom"], half + metres)
    drawn = _roads(raw, whole)
    taking = shapely.union_all([road, drawn]) if street["planned_width_m"] else drawn
    found = {}
    for place in raw.tree.query(whole, predicate="intersects").tolist():
        lot = raw.parcels[place]["geom"]
        within = lot.intersection(whole)
        if within.area > min(_TOLERANCE_M2, lot.area / 2):
            taken = within.intersection(taking).area
            found[raw.parcels[place]["id"]] = within.area, lot.distance(road), taken
    return found


def _pages(client: TestClient, street: int, metres: float) -> tuple[dict[str, Any], Rows]:
    asked: dict[str, Any] = {"street": street, "metres": metres, "limit": 37}
    told = client.get(STRIP, params=asked)
    assert told.status_code == 200, told.text
    head, rows = told.json(), list(told.json()["parcels"])
    links = head["links"]
    while links:
        page = client.get(links[0]["href"]).json()
        rows += page["parcels"]
        links = page["links"]
    return head, rows


def _streets(raw: Raw) -> Rows:
    """Some of each kind, with a planned width and without one."""
    kinds: dict[tuple[str, bool], int] = {}
    chosen = []
    for street in raw.streets:
        kind = (street["kind"], street["planned_width_m"] is not None)
        if street["width_m"] and kinds.setdefault(kind, 0) < 3:
            kinds[kind] += 1
            chosen.append(street)
    return chosen


def test_every_parcel_with_area_distance_and_ground_taken(city_client: TestClient, raw: Raw) -> None:
    compared = taken_of = 0
    for number, street in enumerate(_streets(raw)):
        metres = (0.0, 7.5, 30.0)[number % 3]
        expected = _expected(raw, street, metres)
        head, rows = _pages(city_client, street["id"], metres)
        assert {row["id"] for row in rows} == expected.keys()
        assert head["totals"]["parcels"] == len(rows) == len(expected)
        for row in rows:
            area, distance, taken = expected[row["id"]]
            assert row["area_m2"] == pytest.approx(area, abs=0.0051)
            assert row["distance_m"] == pytest.approx(distance, abs=0.0051)
            assert row["taken_m2"] == pytest.approx(taken, abs=0.0051)
            compared, taken_of = compared + 1, taken_of + (taken > 1)
        total = sum(taken for area, _, taken in expected.values() if taken > _TOLERANCE_M2)
        assert head["totals"]["taken_m2"] == pytest.approx(total, abs=0.0051 * (len(rows) + 1))
    assert compared > 300
    assert taken_of > 30


def test_the_nearest_come_first_and_pages_hold_each_once(city_client: TestClient, raw: Raw) -> None:
    planned = [one for one in raw.streets if one["planned_width_m"]]
    street = max(planned, key=lambda one: len(raw.tree.query(_sides(one["geom"], 20), "intersects")))
    _, rows = _pages(city_client, street["id"], 10)
    assert len(rows) > 40
    assert len({row["id"] for row in rows}) == len(rows)
    assert [row["distance_m"] for row in rows] == sorted(row["distance_m"] for row in rows)


def test_other_layers_with_their_distance(city_client: TestClient, raw: Raw) -> None:
    found = 0
    for street in raw.streets:
        if not street["planned_width_m"] or street["geom"].length < 300:
            continue
        half = street["planned_width_m"] / 2
        whole, road = _sides(street["geom"], half + 40), _sides(street["geom"], half)
        expected = {
            spot["id"]: spot["geom"].distance(road) for spot in raw.hotspots if spot["geom"].intersects(whole)
        }
        if not expected:
            continue
        told = city_client.get(STRIP, params={"street": street["id"], "metres": 40}).json()
        (spots,) = (layer for layer in told["layers"] if layer["layer"] == "hotspots")
        assert {one["id"] for one in spots["features"]} == expected.keys()
        # Features come by way of WGS 84, to a millimetre.
        for one in spots["features"]:
            assert one["distance_m"] == pytest.approx(expected[one["id"]], abs=0.02)
        found += 1
        if found == 3:
            break
    assert found


def test_the_strip_itself(city_client: TestClient, raw: Raw) -> None:
    street = next(one for one in raw.streets if one["planned_width_m"])
    told = city_client.get(STRIP, params={"street": street["id"], "metres": 12}).json()
    half = street["planned_width_m"] / 2
    assert told["line"] == {
        "rests_on": "planned_width",
        "from_centre_m": half,
        "length_m": pytest.approx(float(np.round(street["geom"].length, 2))),
    }
    assert told["strip"]["area_m2"] == pytest.approx(_sides(street["geom"], half + 12).area, abs=0.01)
    assert told["strip"]["road_m2"] == pytest.approx(_sides(street["geom"], half).area, abs=0.01)
