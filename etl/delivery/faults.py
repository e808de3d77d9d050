"""Gathering what is wrong with a file, row by row, so that one refusal tells more than the first fault."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.request import Finding
from gis_platform.errors import DeliveryRefused
from gis_platform.quality import RULES
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Faults told in full; beyond them they are only counted.
MOST_TOLD = 20
#: Faults of one code that are kept for the report.
MOST_KEPT = 1_000
#: With so many found, reading on would only count.
_ENOUGH = 100_000

Say = Callable[[int], str]


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


@dataclass(slots=True)
class Fault:
    """One fault for the report; one of the file as a whole has no row. `place` is in the working grid."""

    code: str
    row: int | None
    fid: int | None
    vi: str
    en: str
    place: tuple[float, float] | None = None


class Faults:
    """The faults of one file: counted, the first twenty told in the refusal, a thousand of a code kept."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.counts: Counter[str] = Counter()
        #: Encodings that would make sense of texts that make none, by name.
        self.likely_encodings: Counter[str] = Counter()
        self._told: list[tuple[int, str]] = []
        self._kept: dict[str, list[Fault]] = {}

    def __bool__(self) -> bool:
        return self.counts.total() > 0

    @property
    def full(self) -> bool:
        """So many that reading on would only count."""
        return self.counts.total() >= _ENOUGH

    def in_rows(
        self, code: str, rows: Rows, where: NDArray[np.bool_], say: Say, say_vi: Say | None = None
    ) -> None:
        """Note the rows of a batch where a check failed; ``say`` words the cause at a position."""
        positions = np.flatnonzero(where)
        if not len(positions):
            return
        self.counts[code] += len(positions)
        for position in positions[: self._room(code)]:
            at = int(position)
            text = say(at)
            self._tell(rows.first + at, f"{rows.name(at)}: {text}")
            self._keep(code, rows.first + at, int(rows.fids[at]), text, say_vi(at) if say_vi else None)

    def in_rows_found(self, code: str, found: list[tuple[int, int, str]], count: int) -> None:
        """Note rows found by a query, as row, fid and cause; ``count`` is of all, those not given too."""
        if count:
            self.counts[code] += count
        for row, fid, text in found[: self._room(code)]:
            self._tell(row, f"{row_name(row, fid)}: {text}")
            self._keep(code, row, fid, text, None)

    def in_file(self, code: str, text: str, vi: str | None = None) -> None:
        """Note a fault of the file as a whole."""
        self.counts[code] += 1
        self._tell(0, text)
        if self._room(code):
            self._keep(code, None, None, text, vi)

    def locate(self, rows: Rows, geometry: pa.Array) -> None:
        """Where the faults of a batch lie: a point of each one's geometry, as WKB in the working grid."""
        last = rows.first + len(rows.fids)
        for fault in self._without_place():
            if fault.row is not None and rows.first <= fault.row < last:
                fault.place = _a_point(geometry[fault.row - rows.first].as_py())

    def locate_staged(self, connection: psycopg.Connection[Any]) -> None:
        """The same for faults found in the rows that are staged."""
        waiting = [fault for fault in self._without_place() if fault.row is not None]
        if waiting:
            rows = sorted({fault.row for fault in waiting if fault.row is not None})
            places = dict(connection.execute(SQL["places"].text, {"rows": rows}).fetchall())
            for fault in waiting:
                fault.place = _a_point(places.get(fault.row))

    def store(self, connection: psycopg.Connection[Any], delivery_id: int) -> None:
        """Put those kept into core.delivery_fault, in the place of what is there; nothing is committed."""
        connection.execute(SQL["forget"].text, {"delivery": delivery_id})
        kept = self.kept()
        with connection.cursor() as cursor:
            cursor.executemany(
                SQL["keep"].text,
                [
                    {
                        "delivery": delivery_id,
                        "number": number,
                        "code": fault.code,
                        "row_no": fault.row,
                        "fid": fault.fid,
                        "vi": fault.vi.replace("\0", "\ufffd"),
                        "en": fault.en.replace("\0", "\ufffd"),
                        "east": None if fault.place is None else fault.place[0],
                        "north": None if fault.place is None else fault.place[1],
                    }
                    for number, fault in enumerate(kept, start=1)
                ],
            )

    def findings(self) -> list[Finding]:
        """Counts by code."""
        return [Finding(code, "error", count) for code, count in self.counts.items()]

    def kept(self) -> list[Fault]:
        """Those that are kept, in the order of their rows."""
        return sorted((f for faults in self._kept.values() for f in faults), key=lambda fault: fault.row or 0)

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
        detail_vi = self._in_vietnamese()
        likely = [name for name, _ in self.likely_encodings.most_common(1)]
        more_known = {"encoding": likely[0]} if likely else {}
        raise DeliveryRefused(detail, findings=self.findings(), detail_vi=detail_vi, **more_known)

    def _in_vietnamese(self) -> str:
        """The same as the refusal's words: what is wrong, row by row, as far as it is told."""
        told = [
            f"  {f'dòng {fault.row}: ' if fault.row is not None else ''}{fault.vi}"
            for fault in self.kept()[:MOST_TOLD]
        ]
        more = self.counts.total() - len(told)
        told += [f"  ... và {more} lỗi khác tương tự."] if more > 0 else []
        head = f"{self.file_name}: có {self.counts.total()} lỗi. Chưa có gì được lưu."
        return "\n".join([head, *told])

    def _room(self, code: str) -> int:
        return max(MOST_KEPT - len(self._kept.get(code, ())), 0)

    def _tell(self, row: int, text: str) -> None:
        if len(self._told) < MOST_TOLD:
            self._told.append((row, text))

    def _keep(self, code: str, row: int | None, fid: int | None, en: str, vi: str | None) -> None:
        self._kept.setdefault(code, []).append(Fault(code, row, fid, vi or in_vietnamese(code), en))

    def _without_place(self) -> list[Fault]:
        return [fault for faults in self._kept.values() for fault in faults if fault.place is None]


def _a_point(wkb: bytes | None) -> tuple[float, float] | None:
    """The first vertex where a geometry is broken, else its middle."""
    shape = None if wkb is None else shapely.from_wkb(wkb, on_invalid="ignore")
    if shape is None or shape.is_empty:
        return None
    if shape.is_valid:
        ((east, north),) = shapely.get_coordinates(shapely.point_on_surface(shape))
    else:
        east, north = shapely.get_coordinates(shape)[0]
    return (float(east), float(north)) if np.isfinite([east, north]).all() else None


def refuse(file_name: str, code: str, text: str, vi: str | None = None) -> DeliveryRefused:
    """A refusal for one fault of the file as a whole, to be raised.

    vi: the cause in Vietnamese; the rule's title and cure stand in where there is none.
    """
    faults = Faults(file_name)
    faults.in_file(code, text, vi)
    said = vi or in_vietnamese(code)
    return DeliveryRefused(
        f"{file_name}: {text} Nothing was stored.",
        findings=[Finding(code, "error", 1, text, said)],
        detail_vi=f"{file_name}: {said} Chưa có gì được lưu.",
    )


def in_vietnamese(code: str) -> str:
    """A rule's title and what to do, for a fault that has no words of its own."""
    rule = RULES.get(code)
    return f"{rule.title.vi}. {rule.cure.vi}" if rule else "Tệp không nhận được."
