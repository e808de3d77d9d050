"""Does the whole file lie beside what is in force, as it does when it was converted in a wrong way?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import psycopg
from numpy.typing import NDArray

from etl.delivery.composing import compose, names, table_of
from etl.delivery.reading import Reader
from etl.delivery.recognise.pipelines import Suspect, suspects
from etl.delivery.request import Finding, Severity
from etl.delivery.staging import unique_keys
from gis_platform.geometry.crs import Coordinates
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CODE: Final = "systematic_shift"
MOST_PAIRS: Final = 2_000
#: Fewer pairs are a correction of some features, and prove nothing of the file.
FEWEST_PAIRS: Final = 20
#: Metres. A shift below it is noise; a wrong way is named when it explains the places this well.
NOISE: Final = 0.1
_ALIKE = 0.01
#: Metres and share of the shift: how far most features may be from lying shifted alike.
_SPREAD, _SPREAD_SHARE = 0.05, 0.1


@dataclass(frozen=True, slots=True)
class Shift:
    """The median displacement of features that kept key and size, in metres of the working grid.

    ``spread`` is the median distance from that displacement. ``cause`` is the wrong way that explains it,
    and ``residual`` what it leaves unexplained; both None where none does.
    """

    pairs: int
    east: float
    north: float
    spread: float
    cause: Suspect | None = None
    residual: float | None = None

    @property
    def length(self) -> float:
        """Metres."""
        return float(np.hypot(self.east, self.north))

    @property
    def systematic(self) -> bool:
        """True where the file as a whole is shifted, and not some of its features."""
        if self.cause is not None:
            return True
        return self.length > NOISE and self.spread <= max(_SPREAD, _SPREAD_SHARE * self.length)

    def finding(self, *, correction: bool = False) -> Finding | None:
        """An error where the cause is known, a warning where it is not; None where nothing is shifted.

        correction: a person says that what is in force was wrong, so that even a known cause is a warning.
        """
        if not self.systematic:
            return None
        text = self.text()
        severity: Severity = "error" if self.cause is not None and not correction else "warning"
        return Finding(CODE, severity, self.pairs, text.en, text.vi)

    def text(self) -> Text:
        """What a person should know, and do."""
        vector = f"{self.length:.2f} m (E {self.east:+.2f}, N {self.north:+.2f})"
        local = f"{self.length:.2f} m (Đông {self.east:+.2f}; Bắc {self.north:+.2f})".replace(".", ",")
        vi = f"{self.pairs} đối tượng cùng số hiệu nằm lệch đều {local} so với dữ liệu đang dùng."
        en = f"{self.pairs} features of the same key lie {vector} beside what is in force, all alike."
        if self.cause is None:
            return Text(
                f"{vi} Không khớp với lỗi chuyển đổi nào đã biết: hỏi bên gửi dữ liệu đã chuyển đổi thế nào.",
                f"{en} It is no conversion fault known here: ask the sender how the file was converted.",
            )
        return Text(
            f"{vi} Đúng bằng độ lệch của lỗi: {self.cause.name.vi}. Đề nghị bên gửi chuyển đổi lại bằng "
            "EPSG:6960; nếu chính dữ liệu đang dùng mới sai, hãy nhận tệp này như bản đính chính.",
            f"{en} That is the mark of {self.cause.name.en}. Ask the sender to convert anew with EPSG:6960, "
            "or, where it is what is in force that is wrong, deliver it as a --correction.",
        )

    def as_json(self) -> dict[str, Any]:
        """For the summary of the delivery."""
        return {
            "pairs": self.pairs,
            "east_m": round(self.east, 3),
            "north_m": round(self.north, 3),
            "length_m": round(self.length, 3),
            "spread_m": round(self.spread, 3),
            "systematic": self.systematic,
            "cause": None if self.cause is None else self.cause.code,
            "cause_vi": None if self.cause is None else self.cause.name.vi,
            "cause_en": None if self.cause is None else self.cause.name.en,
            "residual_m": None if self.residual is None else round(self.residual, 3),
            "text_vi": self.text().vi if self.systematic else "",
            "text_en": self.text().en if self.systematic else "",
        }


def find_shift(connection: psycopg.Connection[Any], reader: Reader) -> Finding | None:
    """The finding alone; `measure_shift` gives the figures as well."""
    shift = measure_shift(connection, reader)
    return None if shift is None else shift.finding()


def measure_shift(connection: psycopg.Connection[Any], reader: Reader) -> Shift | None:
    """Compare a sample of table ``staged`` with what is in force, once it is staged and before it is applied.

    None where too few features are paired by key: the first delivery, a few corrections, points without key.
    """
    for old, new in _paired(connection, reader):
        if len(old) >= FEWEST_PAIRS:
            return judge(old, new, reader.shapes.to_srid, reader.shapes.from_srid)
    return None


def judge(old: Coordinates, new: Coordinates, working_srid: int, declared_srid: int) -> Shift:
    """The shift between places of the working grid, and the wrong way that explains it best."""
    moved = new - old
    east, north = (float(value) for value in np.median(moved, axis=0))
    shift = Shift(len(old), east, north, _median_length(moved - (east, north)))
    if _median_length(moved) <= NOISE:
        return shift
    best: tuple[float, Suspect] | None = None
    for suspect in suspects(working_srid, declared_srid):
        residual = _median_length(new - suspect.move(old))
        if residual < NOISE and (best is None or residual < best[0]):
            best = residual, suspect
    if best is None:
        return shift
    return Shift(shift.pairs, east, north, shift.spread, best[1], best[0])


def _median_length(vectors: NDArray[np.float64]) -> float:
    return float(np.median(np.hypot(vectors[:, 0], vectors[:, 1])))


def _paired(connection: psycopg.Connection[Any], reader: Reader) -> Iterator[tuple[Coordinates, Coordinates]]:
    row = connection.execute(SQL["last_row"].text).fetchone()
    last = row[0] if row is not None and row[0] is not None else 0
    told = {"step": max(1, last // MOST_PAIRS), "most": MOST_PAIRS, "noise": NOISE}
    key = [name for name in reader.layer.key if name in reader.properties]
    whole_key = [key] if key and len(key) == len(reader.layer.key) else []
    for each in [*whole_key, *unique_keys(connection, reader)]:
        query = compose(SQL["pairs"], key=names(each), table=table_of(reader.layer))
        rows = connection.execute(query, told).fetchall()
        held = np.array(rows, dtype=np.float64).reshape(len(rows), 7)
        # What changed its size was surveyed anew: it tells nothing of the others.
        same = (np.abs(held[:, 5] - held[:, 4]) <= _ALIKE * held[:, 4]) & (held[:, 6] == 0)
        yield held[same, 0:2], held[same, 2:4]
