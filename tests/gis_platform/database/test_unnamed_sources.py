"""A file's name was taken for its source once: brought up, such names are gone, and what was stated stays."""

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from gis_platform.database.engine import sqlalchemy_url
from gis_platform.database.migrations import core_0017_sources
from gis_platform.database.server import Logins

BEFORE = (
    """
    INSERT INTO core.delivery_contract (layer, source, valid_from, stated_by)
    VALUES ('parcels', 'so_tnmt', '2020-01-01', 'test')
    """,
    """
    INSERT INTO core.delivery
        (layer, source, source_date, file_name, sha256, size_bytes, received_by, status, asked)
    SELECT 'parcels', source, '2020-01-01', file, decode(repeat('00', 32), 'hex'), 1, 'test', 'rejected',
           CAST(asked AS jsonb)
    FROM (VALUES ('nguyen_van_a.2', 'nguyen_van_a.2.gpkg', '{}'),
                 ('vpdk', 'thua_dat.gpkg', '{}'),
                 ('thua_dat', 'thua_dat.gpkg', '{"source": "thua_dat"}'),
                 ('so_tnmt', 'so_tnmt.gpkg', '{"source": null}')) AS d (source, file, asked)
    """,
)


def test_only_what_was_a_files_name_is_named_no_more(database: Logins) -> None:
    engine = create_engine(sqlalchemy_url(database.owner))
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            core_0017_sources.downgrade()
            for statement in BEFORE:
                connection.exec_driver_sql(statement)
            core_0017_sources.upgrade()
        rows = connection.exec_driver_sql("SELECT source FROM core.delivery ORDER BY id").fetchall()
        errors = connection.exec_driver_sql("SELECT errors FROM core.delivery_contract").scalar_one()
    engine.dispose()
    assert [row[0] for row in rows] == ["unnamed", "vpdk", "thua_dat", "so_tnmt"]
    assert errors == []
