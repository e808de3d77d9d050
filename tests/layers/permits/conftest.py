"""A building held against hand-made ground on which everything is known and fresh."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from shapely import MultiPolygon, Polygon, from_wkt

from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from layers.permits.check import Proposal, check_for
from layers.planning.asking.question import Ground as Footprint
from layers.zoning import LAYER as ZONING
from tests.layers.planning.building.conftest import ON, Ground, box, ground

__all__ = ["ground"]

Check = Callable[..., dict[str, Any]]


def run_check(public: str, proposal: Proposal, today: date = ON) -> dict[str, Any]:
    """The check as the public gets it."""

    async def asked() -> dict[str, Any]:
        async with await psycopg.AsyncConnection.connect(public) as connection:
            work = UnitOfWork(None, connection, None)  # type: ignore[arg-type]  # a check only reads rows
            return await check_for(work, proposal, today, "vi")

    return asyncio.run(asked())


@pytest.fixture
def check(ground: Ground, database: Logins) -> Check:
    """Check a footprint, by its corners in metres from the corner of the ground."""

    def checked(x0: float, y0: float, x1: float, y1: float, **more: Any) -> dict[str, Any]:
        ground.run(ZONING.sql["after_delivery"].text)
        ground.commit()
        drawn = from_wkt(box(x0, y0, x1, y1))
        assert isinstance(drawn, Polygon | MultiPolygon)
        footprint = Footprint(drawn, 9210, "area")
        usual: dict[str, Any] = {"floors": 3, "height_m": 12.0, "use": "house", "kind": "new"}
        return run_check(database.public, Proposal(footprint, **(usual | more)))

    return checked


def lines(found: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The lines of a code."""
    return [line for line in found["lines"] if line["code"] == code]


def line(found: dict[str, Any], code: str) -> dict[str, Any]:
    """The one line of a code."""
    [one] = lines(found, code)
    return one
