"""Warnings that the contract of a source makes errors: with them its deliveries are refused."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from etl.delivery.request import Finding
from etl.watch.contracts import contract_of
from gis_platform.city import City
from gis_platform.clock.now import SystemClock, civil_date
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def as_agreed(
    connection: psycopg.Connection[Any],
    city: City,
    layer: str,
    source: str,
    findings: tuple[Finding, ...],
    delivery: int,
) -> tuple[Finding, ...]:
    """The findings, graver where the contract in force today says so; the faults on record with them."""
    today = civil_date(SystemClock().now(), ZoneInfo(city.timezone))
    contract = contract_of(connection, city, layer, source, today)
    codes = [] if contract is None else [f.code for f in findings if f.code in contract.terms.errors]
    if not codes:
        return findings
    connection.execute(SQL["raise"].text, {"delivery": delivery, "codes": codes})
    return tuple(replace(f, severity="error") if f.code in codes else f for f in findings)
