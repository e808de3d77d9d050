"""Contracts are stated, take each other's place, end, and stay on record."""

from datetime import date
from typing import Any

import psycopg
import pytest

from etl.watch.contracts import contract_of, contracts_in_force, end_contract, state_contract
from gis_platform.access.roles import Role
from gis_platform.city import load_city
from gis_platform.errors import BadParameter, NotFound
from gis_platform.freshness.stated import StatedContract
from gis_platform.layer import installed_layers
from tests.support.acting import taken_role

Connection = psycopg.Connection[Any]
CITY, LAYERS = load_city("my_tho"), installed_layers()
START = date(2026, 1, 1)


def _state(connection: Connection, *, layer: str = "parcels", source: str = "sở", **said: Any) -> None:
    state_contract(connection, LAYERS, layer, source, {"valid_from": START, **said}, "test")


def test_what_is_stated_is_what_holds(connection: Connection) -> None:
    said: dict[str, Any] = {
        "cycle_days": 30,
        "grace_days": 5,
        "sender": "Sở",
        "area": ["28249"],
        "fields": ["parcel_no"],
    }
    _state(connection, **said, tolerance_m=0.3, note="Công văn 12")
    (contract,) = contracts_in_force(connection, CITY, START)
    assert contract.origin == "database"
    assert contract.terms == StatedContract(**said, tolerance_m=0.3, note="Công văn 12", valid_from=START)
    assert contracts_in_force(connection, CITY, date(2025, 12, 31)) == []


def test_a_new_one_takes_the_place_of_the_one_before_from_its_day_on(connection: Connection) -> None:
    _state(connection, cycle_days=30)
    _state(connection, cycle_days=90, valid_from=date(2026, 6, 1))
    for day, cycle in ((date(2026, 5, 31), 30), (date(2026, 6, 1), 90)):
        found = contract_of(connection, CITY, "parcels", "sở", day)
        assert found is not None
        assert found.terms.cycle_days == cycle
    _state(connection, cycle_days=7)
    assert [c.terms.cycle_days for c in contracts_in_force(connection, CITY, date(2027, 1, 1))] == [7]


def test_the_profile_s_holds_until_the_database_s_does(connection: Connection) -> None:
    city = CITY.model_copy(update={"contracts": {"parcels": {"sở": StatedContract(cycle_days=10)}}})
    assert [c.origin for c in contracts_in_force(connection, city, START)] == ["profile"]
    _state(connection, cycle_days=30)
    assert [c.origin for c in contracts_in_force(connection, city, START)] == ["database"]
    end_contract(connection, "parcels", "sở", date(2026, 3, 1), "test")
    assert [c.origin for c in contracts_in_force(connection, city, date(2026, 2, 28))] == ["database"]
    assert [c.origin for c in contracts_in_force(connection, city, date(2026, 3, 1))] == ["profile"]


def test_what_is_not_there_cannot_end(connection: Connection) -> None:
    with pytest.raises(NotFound, match="No contract of parcels"):
        end_contract(connection, "parcels", "sở", START, "test")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"layer": "trees"}, "no layer or raster 'trees'"),
        ({"source": " "}, "needs a name"),
        ({"cycle_days": 0}, "--cycle-days"),
        ({"grace_days": -1}, "--grace-days"),
        ({"tolerance_m": 0}, "--tolerance-m"),
        ({"fields": ["owner", "parcel_no"]}, "parcels has no owner"),
        ({"layer": "hotspots", "area": ["28249"]}, "no part that an area could name"),
    ],
)
def test_what_cannot_be_is_refused(connection: Connection, said: dict[str, Any], words: str) -> None:
    with pytest.raises(BadParameter, match=words):
        _state(connection, **said)


def test_everybody_may_know_when_and_not_by_whom(connection: Connection) -> None:
    _state(connection, cycle_days=30, sender="Nguyễn Văn A")
    with taken_role(connection, Role.PUBLIC):
        row = connection.execute("SELECT layer, source, cycle_days, grace_days FROM core.delivery_contract")
        assert row.fetchone() == ("parcels", "sở", 30, 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT sender FROM core.delivery_contract")
