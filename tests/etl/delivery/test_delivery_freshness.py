"""A newer delivery that finds nothing changed still makes the data newer, and says so everywhere."""

from datetime import date
from pathlib import Path

import psycopg
from starlette.testclient import TestClient

from etl.delivery.deliver import deliver
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import parcels, request, write_sample


def test_what_is_confirmed_is_as_new_as_its_confirmation(
    client: TestClient, database: Logins, settings: Settings, tmp_path: Path
) -> None:
    file = write_sample(tmp_path / "cadastre.gpkg", parcels(3))
    for day in (date(2018, 12, 31), date(2026, 10, 1)):
        counts = deliver(settings, request(file, day=day), database.owner).counts
    assert counts.unchanged == 3
    [layer] = [known for known in client.get("/api/layers").json() if known["id"] == "parcels"]
    assert layer["source_date"] == "2026-10-01"
    with psycopg.connect(database.owner) as connection:
        row = connection.execute(
            "SELECT sheet_no, parcel_no FROM layer.parcels ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    answer = client.get("/api/planning/lookup", params={"sheet": str(row[0]), "parcel": str(row[1])}).json()
    [source] = [known for known in answer["sources"] if known["layer"] == "parcels"]
    assert source["source_date"] == "2026-10-01"


def test_a_map_label_becomes_a_list_of_land_uses(
    client: TestClient, database: Logins, settings: Settings, tmp_path: Path
) -> None:
    sample = parcels(2)
    sample.columns["LoaiDat"] = ["ODT", "ODT+CLN"]
    deliver(settings, request(write_sample(tmp_path / "labels.gpkg", sample)), database.owner)
    features = client.get("/ogc/collections/parcels/items").json()["features"]
    found = [[use["code"] for use in feature["properties"]["land_uses"]] for feature in features]
    assert sorted(found) == [["ODT"], ["ODT", "CLN"]]
