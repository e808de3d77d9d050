"""Deliveries entered in the register as they would be after a while, without their files."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

Enter = Callable[..., int]

_ENTER = """
    INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid, received_at,
                               received_by, status, counts, findings, kind, undoes)
    VALUES (%(layer)s, %(source)s, %(source_date)s, 'thua.gpkg', sha256(CAST(random() AS text)::bytea), 1,
            9210, coalesce(%(received_at)s, now()), 'test', %(status)s, CAST(%(counts)s AS jsonb),
            CAST(%(findings)s AS jsonb), %(kind)s, %(undoes)s)
    RETURNING id
"""


def enter_delivery(connection: psycopg.Connection[Any], source_date: str, **more: Any) -> int:
    """One row of the register; of parcels, from ``sở``, applied, unless said otherwise."""
    said: dict[str, Any] = {
        "layer": "parcels",
        "source": "sở",
        "source_date": source_date,
        "received_at": None,
        "status": "applied",
        "counts": {"read": 1000},
        "findings": [],
        "kind": "delivery",
        "undoes": None,
    }
    said |= more
    said |= {"counts": json.dumps(said["counts"]), "findings": json.dumps(said["findings"])}
    row = connection.execute(_ENTER, said).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def enter(connection: psycopg.Connection[Any]) -> Enter:
    """Enters a delivery in the shared database; it is rolled back."""

    def one(source_date: str, **more: Any) -> int:
        return enter_delivery(connection, source_date, **more)

    return one
