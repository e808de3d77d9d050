"""The days on which a layer with history changed: where a map of another day has somewhere to go."""

from collections.abc import Awaitable, Callable, Iterable
from functools import cache

from psycopg import sql

from gis_platform.database.statement import Statement
from gis_platform.layer.declaration import Layer
from gis_platform.serving.changes import Box
from gis_platform.serving.rows import template
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@cache
def days_statement(layer: Layer) -> Statement:
    """One row, UTF-8 JSON: ``day`` and how many ``features`` became otherwise on it, the earliest first.

    As the role of the connection sees the rows. Days that are still to come are among them.
    """
    days = template(SQL, "days").format(
        current=sql.Identifier("layer", layer.name), history=sql.Identifier("layer", f"{layer.name}_history")
    )
    return Statement(days.as_bytes(None), (bytes,))


class KeptDays:
    """What the public is told of each layer, kept until the layer changes.

    Counting reads every row of a layer. As tiles, days are kept only while changes are heard of.
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._listening = False
        self._heard = 0

    async def get_or_make(self, layer: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The days of a layer, counted where they are not known."""
        kept = self._kept.get(layer)
        if kept is not None:
            return kept
        heard = self._heard
        made = await make()
        # What changed while it was counted may not be in it.
        if self._listening and heard == self._heard:
            self._kept[layer] = made
        return made

    def listening(self, heard: bool) -> None:
        """Changes are heard of from now on, or not any more."""
        self._listening = heard
        self._heard += 1
        self._kept.clear()

    def changed(self, layer: str, _boxes: Iterable[Box] | None) -> None:
        """Forget a layer's days."""
        self._heard += 1
        self._kept.pop(layer, None)
