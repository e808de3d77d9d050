"""A delivery just before it is compared: read, staged in a workspace, checked, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.checking import run_checks
from etl.delivery.checking.run import check_staged
from etl.delivery.opening import open_delivery
from etl.delivery.request import DeliveryRequest, Finding
from etl.delivery.staging import stage
from etl.delivery.workspace import make_workspace
from gis_platform.city import load_city
from gis_platform.layer import installed_layers

ENTER = """
    INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, received_by, status)
    VALUES (%s, 'test', %s, 'test.gpkg', decode(repeat('00', 32), 'hex'), 1, 'test', 'preparing') RETURNING id
"""
STAGE = """
    CREATE TABLE staged AS
    SELECT row_number() OVER (ORDER BY id) AS row_no, id AS fid, {columns}, geom FROM {table}
"""
FAULTS = """
    SELECT code, severity, row_no, fid, id, text_vi, text_en, ST_AsText(geom, 2) FROM core.delivery_fault
    WHERE delivery_id = %s ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of core.delivery_fault; the place is WKT."""

    code: str
    severity: str
    row: int | None
    fid: int | None
    id: int | None
    vi: str
    en: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks of one delivery found."""

    delivery: int
    findings: tuple[Finding, ...]
    faults: list[Fault]

    @property
    def counts(self) -> dict[str, int]:
        """Findings by code."""
        return {finding.code: finding.count for finding in self.findings}

    def of(self, code: str) -> list[Fault]:
        """The faults kept of one rule."""
        return [fault for fault in self.faults if fault.code == code]


#: Checks a sample as a delivery of a layer.
Check = Callable[..., Checked]


def checked_file(
    connection: psycopg.Connection[Any], city: str, asked: DeliveryRequest, day: date
) -> Checked:
    """Read, stage and check a file; nothing is committed."""
    reader, _ = open_delivery(load_city(city), asked)
    entered = connection.execute(ENTER.encode(), (asked.layer, day)).fetchone()
    assert entered is not None
    make_workspace(connection, entered[0])
    stage(connection, reader, lambda _: None)
    findings = run_checks(connection, reader, entered[0])
    rows = connection.execute(FAULTS.encode(), (entered[0],)).fetchall()
    return Checked(entered[0], findings, [Fault(*row) for row in rows])


def checked_layer(connection: psycopg.Connection[Any], name: str) -> Checked:
    """Check what a layer holds as if it had come into an empty one; nothing is committed."""
    layer = installed_layers()[name]
    properties = tuple(p.name for p in layer.properties)
    table = sql.Identifier("layer", name)
    day = connection.execute(sql.SQL("SELECT max(source_date) FROM {}").format(table)).fetchone()
    assert day is not None
    entered = connection.execute(ENTER.encode(), (name, day[0])).fetchone()
    assert entered is not None
    make_workspace(connection, entered[0])
    columns = sql.SQL(", ").join(map(sql.Identifier, properties))
    connection.execute(sql.SQL(STAGE).format(columns=columns, table=table))
    connection.execute(b"CREATE INDEX ON staged USING gist (geom)")
    connection.execute(sql.SQL("DELETE FROM {}").format(table))
    srid = connection.execute(b"SELECT core.working_srid()").fetchone()
    assert srid is not None
    findings = check_staged(connection, layer, properties, entered[0], srid[0])
    rows = connection.execute(FAULTS.encode(), (entered[0],)).fetchall()
    return Checked(entered[0], findings, [Fault(*row) for row in rows])
