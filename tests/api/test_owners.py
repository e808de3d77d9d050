"""Holders of a parcel: only for the roles that need them, and never without an entry in the trail."""

import json

import psycopg
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from gis_platform.settings import Settings


def _token(client: TestClient, settings: Settings, who: str) -> dict[str, str]:
    account = json.loads((settings.data_dir / "demo-accounts.json").read_text(encoding="utf-8"))[who]
    answer = client.post("/api/auth/token", data=account)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def _first_parcel(places: Logins) -> int:
    with psycopg.connect(places.owner) as connection:
        row = connection.execute("SELECT min(parcel_id) FROM layer.parcel_owners").fetchone()
    assert row is not None
    return int(row[0])


def test_each_look_is_audited(city_client: TestClient, small_city: Logins, base_settings: Settings) -> None:
    parcel = _first_parcel(small_city)
    answer = city_client.get(
        f"/api/parcels/{parcel}/owners",
        params={"reason": "Hồ sơ cấp phép 12/2026"},
        headers=_token(city_client, base_settings, "permit"),
    )
    assert answer.status_code == 200
    assert answer.json()["owners"][0]["holder_name"].endswith("(minh hoạ)")
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT detail ->> 'reason' FROM core.audit_entry WHERE subject = %s ORDER BY seq DESC LIMIT 1",
            [f"parcels/{parcel}/owners"],
        ).fetchone()
    assert row == ("Hồ sơ cấp phép 12/2026",)


def test_others_are_refused(city_client: TestClient, small_city: Logins, base_settings: Settings) -> None:
    path = f"/api/parcels/{_first_parcel(small_city)}/owners"
    asked = {"reason": "Hồ sơ cấp phép"}
    assert city_client.get(path, params=asked).status_code == 401
    planner = _token(city_client, base_settings, "planner")
    assert city_client.get(path, params=asked, headers=planner).status_code == 403
    permit = _token(city_client, base_settings, "permit")
    missing = city_client.get(path, headers=permit)
    assert missing.status_code == 400
    assert missing.json()["parameter"] == "reason"
    assert city_client.get("/api/parcels/999999999/owners", params=asked, headers=permit).status_code == 404
