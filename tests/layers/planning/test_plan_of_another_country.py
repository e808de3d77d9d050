"""Restrictions of a Swiss municipality in LV95 as plans of a city: delivered, looked up, proved."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry
from starlette.testclient import TestClient

from api.app import create_app
from etl.delivery.deliver import deliver
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, logins
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.crs import transform_geometries
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database
from tests.support.delivered import request, shared_file

FILE = "oereb_ch_sample.gpkg"
LV95 = 2056
PROFILE = """
name = "oberwil"
title_vi = "Oberwil"
title_en = "Oberwil"
working_srid = 2056
centre = [7.556, 47.513]
timezone = "Europe/Zurich"

[envelope]
west = 7.50
south = 47.48
east = 7.60
north = 47.55
"""


@dataclass(frozen=True)
class Plan:
    """Restrictions of one theme of the cadastre, as a plan here: the areas among them alone are zones."""

    code: str
    theme: str
    of: str
    areas: tuple[int, ...]
    law: str


PLANS = (
    Plan("NP", "land_function", "land_use_plans", (1292, 1293), "RBG BL § 18"),
    Plan("GS", "waterway_corridor", "groundwater_protection_zones", (1297,), "GSchG Art. 20"),
    Plan("KbS", "heritage", "contaminated_public_transport_sites", (1292, 1293), "USG Art. 32c"),
)


@pytest.fixture(scope="module")
def settings(base_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a city that is nothing but a profile: its grid and its envelope are another country's."""
    profile = tmp_path_factory.mktemp("oberwil") / "oberwil.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    return base_settings.model_copy(update={"city": str(profile)})


@pytest.fixture(scope="module")
def oberwil(server: str, settings: Settings) -> Iterator[Logins]:
    """The parcel of the file and its plans, delivered."""
    file = shared_file(FILE)
    name = f"gis_oberwil_{os.getpid()}_test"
    places = logins(settings, fresh_database(server, name))
    migrate(settings, places)
    deliver(settings, request(file, **_real_estates()), places.owner)
    for plan in PLANS:
        deliver(settings, request(file, "zoning", **_zones(plan)), places.owner)
    yield places
    drop_database(server, name)


def _real_estates() -> dict[str, Any]:
    return {
        "file_layer": "real_estates",
        "columns": {"unit_code": "fosnr", "parcel_no": "number", "legal_area_m2": "land_registry_area"},
        "constants": {"sheet_no": "1"},
        "ignore": ("id", "type", "canton", "identdn", "municipality", "egrid"),
    }


def _zones(plan: Plan, where: str | None = None) -> dict[str, Any]:
    areas = ", ".join(map(str, plan.areas))
    return {
        "file_layer": "restrictions",
        "where": where or f"theme = '{plan.of}' AND geom_id IN ({areas})",
        "columns": {"code": "geom_id", "title": "legend_de", "decision_date": "published_from"},
        "constants": {
            "theme": plan.theme,
            "plan_code": plan.code,
            "plan_name": f"ÖREB {plan.of}",
            "plan_level": "chung",
            "decision_no": "RRB 2016/42",
            "legal_basis": plan.law,
        },
        "ignore": (
            "theme",
            "plr_id",
            "law_status",
            "geom_law_status",
            "type_code",
            "published_until",
            "geomtype",
        ),
    }


def _shapes(layer: str, plan: Plan | None = None) -> list[BaseGeometry]:
    where = f"theme = '{plan.of}' AND geom_id IN ({', '.join(map(str, plan.areas))})" if plan else None
    _, _, shapes, _ = pyogrio.raw.read(shared_file(FILE), layer=layer, where=where)
    return list(shapely.from_wkb(shapes))


@pytest.fixture(scope="module")
def client(oberwil: Logins, settings: Settings) -> Iterator[TestClient]:
    """The application of that city."""
    with TestClient(create_app(settings, oberwil), raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_look_up_tells_theme_plan_law_and_area(client: TestClient, language: str) -> None:
    [lot] = _shapes("real_estates")
    asked = {"sheet": "1", "parcel": "70", "unit": "2771", "lang": language}
    answer = client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    [parcel] = told["parcels"]
    assert (parcel["legal_area_m2"], parcel["computed_area_m2"]) == (35121.0, round(lot.area, 2))
    found = {
        (hit["plan"]["code"], hit["theme"], hit["legal_basis"]): hit["area_m2"] for hit in told["affected"]
    }
    areas = {
        (plan.code, plan.theme, plan.law): [
            shape.intersection(lot).area for shape in _shapes("restrictions", plan)
        ]
        for plan in PLANS
    }
    assert set(found) == set(areas)
    for hit in told["affected"]:
        expected = areas[hit["plan"]["code"], hit["theme"], hit["legal_basis"]]
        assert min(abs(hit["area_m2"] - area) for area in expected) <= 0.01
        assert hit["plan"]["decision_no"] == "RRB 2016/42"
        assert hit["plan"]["decision_date"] == "2016-02-25"
    assert len(told["affected"]) == sum(len(expected) for expected in areas.values())
    # No rules of that country are loaded: what needs one is left undecided, and nothing of ours is applied.
    assert told["verdict"]["tier"] == "not_enough_data"
    assert not any(rule.get("loaded") for rule in told["rules"])


def test_a_point_is_found_where_it_lies(client: TestClient) -> None:
    shapes = np.array([_shapes("real_estates")[0].point_on_surface()], dtype=object)
    [place] = transform_geometries(shapes, LV95, 4326)
    answer = client.get("/api/planning/lookup", params={"point": f"{place.x:.8f},{place.y:.8f}"})
    assert answer.status_code == 200, answer.text
    [parcel] = answer.json()["parcels"]
    assert parcel["parcel_no"] == "70"
    drawn = shapely.geometry.shape(parcel["geometry"])
    assert drawn.contains(place)


def test_drawn_ground_is_measured_in_the_citys_own_grid(client: TestClient) -> None:
    [lot] = _shapes("real_estates")
    x, y = lot.point_on_surface().coords[0]
    square = np.array([shapely.box(x, y, x + 20, y + 10)], dtype=object)
    [drawn] = transform_geometries(square, LV95, 4326)
    answer = client.post("/api/planning/lookup", json={"area": shapely.geometry.mapping(drawn)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["ground"]["area_m2"] == pytest.approx(200.0, abs=0.01)


def test_what_is_no_area_is_refused_and_told(oberwil: Logins, settings: Settings) -> None:
    file = shared_file(FILE)
    asked = request(file, "zoning", **_zones(PLANS[0], where="theme = 'forest_perimeters'"))
    with pytest.raises(DeliveryRefused) as refusal:
        deliver(settings, asked, oberwil.owner)
    assert "LineString" in refusal.value.detail or "line" in refusal.value.detail.lower()
