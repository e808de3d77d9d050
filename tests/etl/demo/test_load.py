"""Loading: what is there afterwards, that it is loaded once, and that real deliveries are safe."""

import psycopg
import pytest

from etl.delivery.progress import Silent
from etl.demo import facts
from etl.demo.load import load_demo, load_demo_once, loaded_size
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def loaded(small_city: Logins) -> Connection:
    """A connection to the small city; nothing is committed."""
    return psycopg.connect(small_city.owner)


def one(connection: Connection, statement: str) -> tuple[object, ...]:
    """The only row of a statement."""
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row


def test_every_table_is_filled_and_marked_synthetic(loaded: Connection, base_settings: Settings) -> None:
    with loaded:
        size = base_settings.demo_parcels
        assert one(loaded, "SELECT count(*), max(id) FROM layer.parcels") == (size, size)
        assert one(loaded, "SELECT count(DISTINCT parcel_id) FROM layer.parcel_owners") == (size,)
        assert one(loaded, "SELECT count(*) FROM layer.cameras WHERE smart") == (facts.SMART_CAMERAS,)
        assert one(loaded, "SELECT count(*) FROM layer.observations_other") == (0,)
        assert one(loaded, "SELECT bool_and(synthetic), count(*) FROM core.delivery") == (True, 11)
        assert one(loaded, "SELECT count(*) FROM layer.zoning WHERE NOT ST_IsValid(geom)") == (0,)


def test_sums_over_the_period_are_those_of_the_newspaper(loaded: Connection) -> None:
    with loaded:
        row = one(loaded, "SELECT * FROM layer.traffic_summary('2022-05-15', '2023-09-06')")
        span = facts.TRAFFIC
        assert row[:4] == (span.detected, span.notified, span.recorded, span.paid)


def test_a_city_is_loaded_once(loaded: Connection, base_settings: Settings) -> None:
    with loaded:
        assert load_demo_once(loaded, base_settings) is False
        assert loaded_size(loaded) == (base_settings.demo_parcels, 63)


def test_real_deliveries_are_never_replaced(connection: Connection, base_settings: Settings) -> None:
    connection.execute(
        """
        INSERT INTO core.delivery
            (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by, status, counts)
        VALUES ('parcels', 'so_tnmt', '2020-09-01', 'thua.gpkg', sha256('x'), 1, 9210, 'steward',
                'applied', '{}')
        """
    )
    with pytest.raises(Conflict, match="real deliveries"):
        load_demo(connection, base_settings, 1_000, 63, Silent())


def test_a_failed_load_leaves_the_tables_as_they_were(
    connection: Connection, base_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stations' months come last but one: by then parcels are in the table, uncommitted."""

    def broken(_seed: int) -> list[object]:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("etl.demo.tables.observations", broken)
    with pytest.raises(RuntimeError, match="disk"), connection.transaction():
        load_demo(connection, base_settings, 1_000, 63, Silent())
    assert one(connection, "SELECT count(*) FROM layer.parcels") == (0,)
    assert loaded_size(connection) is None
