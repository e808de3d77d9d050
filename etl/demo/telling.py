"""Telling a person how far the demo city is, in the same lines as the rest of the start."""

import sys
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Self, TextIO

from etl.demo import facts
from etl.demo.stations import END, START, UNITS
from gis_platform.progress import Step, step

_WORDS = {
    "admin_units": "wards",
    "waters": "rivers and canals",
    "streets": "streets",
    "zoning": "plans and zones",
    "parcels": "parcels",
    "house_numbers": "house numbers",
    "building_permits": "construction permits",
    "cameras": "cameras",
    "hotspots": "wifi points",
    "sensors": "water stations",
    "violations": "violations",
    "parcel_owners": "holders of the parcels",
    "observations": "readings of the stations",
}


def _readings() -> int:
    """About how many there will be: each station reads all it measures every seven and a half minutes."""
    seconds = (END - START).total_seconds()
    return int(facts.STATIONS * len(UNITS) * seconds / (30 * sum(facts.STATION_INTERVAL_MINUTES)))


class DemoLines(AbstractContextManager["DemoLines"]):
    """A line a step of the load, with a bar where the number of rows is known.

    ``parcels`` is the size of the city.
    """

    def __init__(self, parcels: int, stream: TextIO | None = None) -> None:
        self._sizes = {"parcels": parcels, "parcel_owners": parcels}
        self._stream = stream or sys.stderr
        self._open = ExitStack()
        self._step: Step | None = None
        self._total: int | None = None

    def step(self, text: str) -> None:
        """End the line before, and begin one for this table or piece of work."""
        self._open.close()
        words = _WORDS.get(text, text)
        counted = f" ({self._sizes[text]:,})" if text in self._sizes else ""
        self._total = self._sizes.get(text) or (_readings() if text == "observations" else None)
        self._step = self._open.enter_context(step(f"Demo city: {words}{counted}", self._stream))

    def rows(self, done: int, total: int | None) -> None:
        """Move the bar, or say the number where the whole is not known."""
        whole = total or self._total
        if self._step is None:
            return
        if whole:
            self._step.share(done / whole)
        else:
            self._step.say(f"{done:,} rows")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, fault, trace)
        self._step = None
