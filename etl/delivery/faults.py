"""Gathering what is wrong with a file, row by row, so that one refusal tells more than the first fault."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.delivery.request import Finding
from gis_platform.errors import DeliveryRefused

#: Faults told in full; beyond them they are only counted.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of the file a batch holds: ``first`` counts from 1, ``fids`` are the file's own numbers."""

    first: int
    fids: NDArray[np.int64]

    def name(self, position: int) -> str:
        """A row as a person finds it again."""
        return row_name(self.first + position, int(self.fids[position]))


def row_name(row: int, fid: int) -> str:
    """Row number in reading order, and the feature's own number in the file."""
    return f"row {row} (fid {fid})"


class Faults:
    """The faults of one file."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.counts: Counter[str] = Counter()
        self._told: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return self.counts.total() > 0

    @property
    def full(self) -> bool:
        """As many as can be told: reading on would only count."""
        return len(self._told) >= MOST_TOLD

    def in_rows(self, code: str, rows: Rows, where: NDArray[np.bool_], say: Callable[[int], str]) -> None:
        """Note the rows of a batch where a check failed; ``say`` words the cause at a position."""
        positions = np.flatnonzero(where)
        if not len(positions):
            return
        self.counts[code] += len(positions)
        for position in positions[: MOST_TOLD - len(self._told)]:
            at = int(position)
            self._told.append((rows.first + at, f"{rows.name(at)}: {say(at)}"))

    def in_rows_found(self, code: str, found: list[tuple[int, int, str]], count: int) -> None:
        """Note rows found by a query, as row, fid and cause; ``count`` is of all, those not given too."""
        if count:
            self.counts[code] += count
        for row, fid, text in found[: MOST_TOLD - len(self._told)]:
            self._told.append((row, f"{row_name(row, fid)}: {text}"))

    def in_file(self, code: str, text: str) -> None:
        """Note a fault of the file as a whole."""
        self.counts[code] += 1
        if not self.full:
            self._told.append((0, text))

    def findings(self) -> list[Finding]:
        """Counts by code."""
        return [Finding(code, "error", count) for code, count in self.counts.items()]

    def refuse_if_any(self) -> None:
        """Raises `DeliveryRefused` with all that was gathered; does nothing when nothing was."""
        if not self:
            return
        told = [text for _, text in sorted(self._told, key=lambda fault: fault[0])]
        more = self.counts.total() - len(told)
        if len(told) == 1 and not more:
            detail = f"{self.file_name}: {told[0]} Nothing was stored."
        else:
            lines = [f"{self.file_name}: {self.counts.total()} faults. Nothing was stored."]
            lines += [f"  {text}" for text in told]
            lines += [f"  ... and {more} more like these."] if more else []
            detail = "\n".join(lines)
        raise DeliveryRefused(detail, findings=self.findings())


def refuse(file_name: str, code: str, text: str) -> DeliveryRefused:
    """A refusal for one fault of the file as a whole, to be raised."""
    faults = Faults(file_name)
    faults.in_file(code, text)
    return DeliveryRefused(f"{file_name}: {text} Nothing was stored.", findings=faults.findings())
