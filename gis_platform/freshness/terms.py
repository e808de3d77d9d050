"""How often each source owes something: by contract, in the database or the profile, else by its layer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.freshness import cycle_days
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Terms:
    """A new state is owed ``cycle_days`` after the last, and may come ``grace_days`` later.

    ``stated`` is true where a contract says so, and false where the layer's own cycle stands in; ``since`` is
    the first day of the contract. Without a number of days nothing is ever due.
    """

    cycle_days: int | None
    grace_days: int = 0
    stated: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class AgreedTerms:
    """The terms in force on one day, by layer (or raster) and source."""

    stated: Mapping[tuple[str, str], Terms]

    def of(self, layer: Layer, source: str | None) -> Terms:
        """The terms of a source of a layer."""
        own = cycle_days(layer)
        found = self.stated.get((layer.name, source or ""))
        if found is None:
            return Terms(own)
        cycle = own if found.cycle_days is None else found.cycle_days
        return Terms(cycle, found.grace_days, found.stated, found.since)

    def sources_of(self, name: str) -> list[str]:
        """The sources that a contract names for a layer or raster."""
        return sorted(source for layer, source in self.stated if layer == name)

    def of_raster(self, name: str) -> Terms:
        """The terms of a raster: it has no cycle of its own, so without a contract nothing is due."""
        sources = self.sources_of(name)
        return self.stated[(name, sources[0])] if sources else Terms(None)


async def read_terms(connection: psycopg.AsyncConnection[Any], city: City, today: date) -> AgreedTerms:
    """The terms in force on a day, as anybody may know them."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["terms"].text.encode(), {"today": today})
        return agreed(city, await cursor.fetchall(), today)


def agreed(city: City, rows: Iterable[Mapping[str, Any]], today: date) -> AgreedTerms:
    """Rows of `terms` over what the profile says: of the same source, the database's holds."""
    stated = {
        (layer, source): Terms(one.cycle_days, one.grace_days, stated=True, since=one.valid_from)
        for layer, sources in city.contracts.items()
        for source, one in sources.items()
        if one.valid_from is None or one.valid_from <= today
    }
    stated |= {
        (row["layer"], row["source"]): Terms(row["cycle_days"], row["grace_days"], True, row["valid_from"])
        for row in rows
    }
    return AgreedTerms(stated)
