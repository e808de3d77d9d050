"""What an editor does not see it neither sets nor wipes; personal data leaves an entry."""

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.access.caller import Caller
from gis_platform.access.roles import STAFF, Role
from gis_platform.city import load_city
from gis_platform.database.pools import Database
from gis_platform.database.server import Logins
from gis_platform.editing.faults import Faults
from gis_platform.editing.feature import Kind, Reader
from gis_platform.editing.trial import try_out
from gis_platform.editing.writing import Write, Written, keep_record, store
from gis_platform.errors import Forbidden
from gis_platform.geometry.output_crs import CRS84
from gis_platform.layer import Layer, Registry, installed_layers
from gis_platform.layer.derived import apply_derived
from gis_platform.settings import Settings
from tests.support.accounts import audited

CITY = load_city("my_tho")
SENT = {
    "type": "Feature",
    "properties": {"code": "W1", "name": "Bến phà", "place_kind": "0909 123 456"},
    "geometry": {"type": "Point", "coordinates": [106.36, 10.35]},
}


def _layer() -> Layer:
    """Wifi points of which one property is for the administrator alone, and one is personal data."""
    known = installed_layers()["hotspots"]
    properties = []
    for prop in known.properties:
        if prop.name == "ssid":
            prop = replace(prop, audience=frozenset({Role.ADMIN}))
        if prop.name == "place_kind":
            prop = replace(prop, audience=STAFF, personal=True, in_tile=False)
        properties.append(prop)
    return replace(known, properties=tuple(properties))


@pytest.fixture
def layer(database: Logins) -> Layer:
    """The layer, granted as declared, with one feature whose hidden property is filled."""
    made = _layer()
    others = [known for known in installed_layers().values() if known.name != made.name]
    with psycopg.connect(database.owner) as owner:
        apply_derived(owner, Registry([made, *others]), frozenset(), anew=True)
        owner.execute(
            "INSERT INTO layer.hotspots (id, code, name, ssid, place_kind, source_date, geom)"
            " VALUES (7, 'W1', 'Bến phà', 'bí mật', '0909 123 456', '2020-01-01',"
            " ST_Transform(ST_SetSRID(ST_MakePoint(106.36, 10.35), 4326), core.working_srid()))"
        )
    return made


def _caller(role: Role) -> Caller:
    return Caller(account_id=1, username="ioc", display_name="IOC", role=role, kind="bearer")


def _run(
    places: Logins, settings: Settings, layer: Layer, kind: Kind, body: dict[str, Any], *, trial: bool = False
) -> Any:
    """One write as the operator, committed."""
    faults = Faults()
    reader = Reader(layer, Role.OPERATOR, CRS84, CITY)
    draft = reader.read(json.dumps(body).encode(), kind, 7, faults)
    faults.refuse()
    write = Write(
        layer=layer,
        working_srid=CITY.working_srid,
        kind=kind,
        draft=draft,
        day=date(2024, 5, 1),
        feature_id=7,
        tags=("*",),
    )

    async def run() -> Written | dict[str, Any]:
        async with Database(settings, places) as pools, pools.unit_of_work(_caller(Role.OPERATOR)) as work:
            if trial:
                return await try_out(work, write)
            written = await store(work, write)
            await keep_record(work, write, written)
            return written

    return asyncio.run(run())


def _held(places: Logins) -> tuple[Any, ...]:
    with psycopg.connect(places.owner) as owner:
        row = owner.execute("SELECT name, ssid, place_kind FROM layer.hotspots WHERE id = 7").fetchone()
    assert row is not None
    return tuple(row)


def test_a_replacement_keeps_what_its_writer_does_not_see(
    database: Logins, settings: Settings, layer: Layer
) -> None:
    body = {**SENT, "properties": {"code": "W1", "name": "Bến xe"}}
    _run(database, settings, layer, "replace", body)
    assert _held(database) == ("Bến xe", "bí mật", None)


@pytest.mark.parametrize("kind", ["replace", "update", "create"])
def test_a_hidden_property_is_refused_by_name(
    database: Logins, settings: Settings, layer: Layer, kind: Kind
) -> None:
    body = {**SENT, "properties": {**SENT["properties"], "ssid": "x"}}  # type: ignore[dict-item]
    with pytest.raises(Forbidden) as refused:
        _run(database, settings, layer, kind, body)
    assert refused.value.parameter == "ssid"
    assert _held(database)[1] == "bí mật"


@pytest.mark.usefixtures("layer")
def test_the_database_refuses_it_too(database: Logins) -> None:
    with psycopg.connect(database.app, autocommit=True) as connection:
        connection.execute("SET ROLE gis_operator")
        connection.execute("UPDATE layer.hotspots SET name = 'x', delivery_id = NULL WHERE id = 7")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE layer.hotspots SET ssid = 'x' WHERE id = 7")


def test_personal_values_are_in_no_entry_and_their_being_shown_is(
    database: Logins, settings: Settings, layer: Layer
) -> None:
    _run(database, settings, layer, "update", {"properties": {"place_kind": "0912 345 678", "name": "Chợ"}})
    entries = [entry for entry in audited(database) if entry[2] == "hotspots/7"]
    assert [action for _, action, _, _ in entries] == ["feature.update", "personal-data.read"]
    assert set(entries[0][3]["changed"]) == {"place_kind", "name", "source_date"}
    assert entries[0][3]["is"]["name"] == "Chợ"
    assert "09" not in json.dumps([entry[3]["was"] for entry in entries[:1]])
    assert "0912" not in json.dumps(entries)


def test_a_trial_shows_no_personal_data(database: Logins, settings: Settings, layer: Layer) -> None:
    told = _run(
        database, settings, layer, "update", {"properties": {"place_kind": "0912 345 678"}}, trial=True
    )
    assert told["changed"] == ["place_kind", "source_date"]
    assert told["withheld"] == ["place_kind"]
    assert "09" not in json.dumps([told["before"]["properties"], told["after"]["properties"]])
