"""Generated streets with alleys three deep, numbered from nothing over the API on a real PostGIS.

Side and position of every lot are computed again from the geometry alone: nothing of the platform's is used
for what is expected.
"""

import random
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.api.house_numbers.conftest import Office
from tests.support.towns import EAST, UNIT, UNIT_NAME, Town

SEEDS = range(6)
DIRECTIONS, REVIEW = "/api/house-numbers/directions", "/api/house-numbers/review"


@dataclass
class Built:
    """A street or alley of a generated town: straight, with the lots that open to it."""

    line: shapely.LineString
    width: float
    inside: "list[Built]" = field(default_factory=list)
    lots: list[shapely.Polygon] = field(default_factory=list)
    id: int = 0
    start: str = ""
    lot_ids: list[int] = field(default_factory=list)

    def all(self) -> "list[Built]":
        """Itself and all behind it."""
        return [self, *(below for one in self.inside for below in one.all())]

    def at(self, shape: BaseGeometry) -> tuple[float, str]:
        """Metres along, and the side, of the middle of a shape: by the dot and the cross product."""
        start, end = (np.array(place) for place in self.line.coords)
        ahead = (end - start) / np.hypot(*(end - start))
        off = np.array(shape.centroid.coords[0]) - start
        cross = ahead[0] * off[1] - ahead[1] * off[0]
        return float(ahead @ off), "left" if cross > 0 else "right"


def generated(seed: int) -> Built:
    """A main street, alleys on both sides, and two more depths of them, turned any way."""
    chance = random.Random(seed)  # noqa: S311  # a town, no secret
    street = Built(shapely.LineString([(0, 0), (chance.uniform(110, 140), 0)]), 12.0)
    for up in (1, -1):
        x = chance.uniform(45, 80)
        alley = Built(shapely.LineString([(x, 0), (x, up * 75)]), 3.5)
        y, across = up * chance.uniform(38, 50), chance.choice((1, -1))
        branch = Built(shapely.LineString([(x, y), (x + across * 60, y)]), 3.0)
        far = x + across * chance.uniform(30, 40)
        branch.inside = [Built(shapely.LineString([(far, y), (far, y + up * 40)]), 2.5)]
        alley.inside = [branch]
        street.inside.append(alley)
    for one in street.all():
        _lay_lots(one, street, chance)
    angle = chance.uniform(0, 360)
    for one in street.all():
        one.line = affinity.rotate(one.line, angle, origin=(0, 0))
        one.lots = [affinity.rotate(lot, angle, origin=(0, 0)) for lot in one.lots]
    return street


def _lay_lots(one: Built, street: Built, chance: random.Random) -> None:
    """Lots on both sides, but for those that lie on another or might as well open to another line."""
    laid = [lot for other in street.all() for lot in other.lots]
    others = [other for other in street.all() if other is not one]
    start, end = (np.array(place) for place in one.line.coords)
    ahead = (end - start) / one.line.length
    left = np.array([-ahead[1], ahead[0]])
    for sign in (1, -1):
        along = chance.uniform(0, 3)
        while (front := chance.uniform(4.5, 8.0)) + along < one.line.length:
            near, far = one.width / 2 * sign * left, (one.width / 2 + 8) * sign * left
            a, b = start + ahead * along, start + ahead * (along + front)
            lot = shapely.Polygon([a + near, b + near, b + far, a + far])
            along += front
            apart = all(lot.distance(o.line) > o.width / 2 + 2.6 for o in others)
            if apart and not any(lot.intersection(other).area > 0.01 for other in laid):
                one.lots.append(lot)
                laid.append(lot)


@pytest.fixture(scope="module")
def towns(office: Office) -> list[tuple[Town, Built]]:
    """All towns, far from one another; lots are in no order and have no address."""
    found = []
    with psycopg.connect(office.places.owner) as connection:
        Town(connection).unit(UNIT, UNIT_NAME, (-500, -500, 5_000, 500))
        for seed in SEEDS:
            town, street = Town(connection, EAST + 600 * seed), generated(seed)
            for one in street.all():
                kind = "duong_pho" if one is street else "hem"
                places = [(x, y) for x, y, *_ in one.line.coords]
                name = f"Đường {seed}" if one is street else None
                # Alleys have no name, and are drawn either way round.
                one.id = town.line(name, places[:: -1 if seed % 2 and name is None else 1], one.width, kind)
            for one in street.all():
                one.lot_ids = [town.lot(lot) for lot in one.lots]
                x, y = one.line.coords[0][:2]
                one.start = town.lon_lat((x, y))
            found.append((town, street))
    return found


def _number(office: Office, one: Built, street: Built, alley: str | None) -> None:
    """State its direction, look at the review, and do it."""
    more = {"street": street.id, "alley": alley} if alley else {}
    stated = office.post(DIRECTIONS, {"line": one.id, "start": one.start, **more})
    assert stated.status_code == 200, stated.text
    asked = {"street": street.id} | ({"alley": alley} if alley else {})
    plan = office.review(**asked).json()
    assert len(plan["reserved"]) == len(one.lots)
    done = office.post(REVIEW, {**asked, "plan": plan["plan"], "reason": "Đánh số lần đầu"})
    assert done.status_code == 200, done.text


def _numbers(office: Office) -> dict[int, tuple[tuple[int, str], ...]]:
    with psycopg.connect(office.places.owner) as connection:
        rows = connection.execute(
            """SELECT parcel_id, alley_path, number, suffix FROM layer.house_numbers
               WHERE parcel_id IS NOT NULL"""
        ).fetchall()
    return {r[0]: (*((one["number"], one["suffix"]) for one in r[1]), (r[2], r[3])) for r in rows}


def _written(path: tuple[tuple[int, str], ...]) -> str:
    return "/".join(f"{number}{suffix.upper()}" for number, suffix in path)


def _expected_alley(
    parent: Built, alley: Built, numbers: dict[int, Any], path: tuple[Any, ...]
) -> tuple[Any, ...] | None:
    """By the geometry alone: the greatest number on the side it opens to whose lot is passed before it."""
    mouth, side = parent.at(shapely.Point(alley.line.interpolate(5)))
    passed = [
        numbers[lot_id][-1]
        for lot, lot_id in zip(parent.lots, parent.lot_ids, strict=True)
        if parent.at(lot)[1] == side and parent.at(lot)[0] <= mouth
    ]
    return (*path, max(passed)) if passed else None


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_numbered_in_order_by_side_and_without_duplicates(
    office: Office, towns: list[tuple[Town, Built]], seed: int
) -> None:
    _, street = towns[seed]
    deepest = 0
    waiting: list[tuple[Built, Built | None, tuple[Any, ...]]] = [(street, None, ())]
    called: dict[int, tuple[Any, ...]] = {}
    while waiting:
        one, parent, above = waiting.pop(0)
        path: tuple[Any, ...] = ()
        if parent is not None:
            expected = _expected_alley(parent, one, _numbers(office), above)
            answer = office.get("/api/house-numbers/propose", parcel=one.lot_ids[0]).json()
            if expected is None:
                assert answer["number"] is None
                continue
            assert answer["street"]["alley"] == _written(expected), answer["rules"]
            position, side = one.at(one.lots[0])
            assert answer["side"] == side
            assert answer["position_m"] == pytest.approx(position, abs=0.6)
            path = expected
        _number(office, one, street, _written(path) or None)
        called[one.id] = path
        deepest = max(deepest, len(path))
        waiting += [(below, one, path) for below in one.inside]
    assert deepest >= 2
    numbers = _numbers(office)
    of_town = [numbers[lot] for one in street.all() if one.id in called for lot in one.lot_ids]
    assert len(set(of_town)) == len(of_town)
    for one in street.all():
        if one.id not in called:
            continue
        for side, first in (("left", 1), ("right", 2)):
            here = [
                (one.at(lot)[0], numbers[lot_id])
                for lot, lot_id in zip(one.lots, one.lot_ids, strict=True)
                if one.at(lot)[1] == side
            ]
            in_order = [number for _, number in sorted(here)]
            assert in_order == [(*called[one.id], (first + 2 * n, "")) for n in range(len(here))]


def test_some_town_is_three_deep(office: Office, towns: list[tuple[Town, Built]]) -> None:
    """Or the test above would prove less than it says."""
    depths = {len(path) for path in _numbers(office).values()}
    assert {1, 2, 3, 4} <= depths
    assert len(towns) == len(SEEDS)
