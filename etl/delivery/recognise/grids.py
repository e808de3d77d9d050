"""Which grid the coordinates of a file are in, by where they would lie: a proposal, never a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.delivery.request import Finding
from gis_platform.geometry.crs import (
    VN2000_GEOGRAPHIC,
    VN2000_SRIDS,
    WEB_MERCATOR,
    WGS84,
    Geometries,
    UnknownCrs,
    is_vn2000,
)
from gis_platform.geometry.envelope import MARGIN, Bounds, envelope_in
from gis_platform.layer.text import Text

CODE: Final = "grid_guess"
#: WGS 84 / UTM 48N and 49N: metres of a satellite receiver, in the same numbers as VN-2000 / UTM.
_UTM: Final = (32648, 32649)
#: VN-2000 / UTM is of small-scale maps; on one meridian with a TM-3 zone it fits where that one does.
_NATIONAL: Final = frozenset({3405, 3406})
#: Of the features looked at, the share that must lie in the city for a grid to be proposed.
LEAST: Final = 0.5
_MOST_TOLD: Final = 4


@dataclass(frozen=True, slots=True)
class GridGuess:
    """A grid that fits: ``score`` 0 to 1 is the share of features that would lie where they should.

    ``swapped`` is True where only exchanged axes fit: there is no option for that, the file must change.
    """

    srid: int
    swapped: bool
    score: float

    @property
    def name(self) -> str:
        """As a person declares it."""
        return f"EPSG:{self.srid}"

    def as_json(self, *, override: bool) -> dict[str, Any]:
        """With what would accept it: the members of the request, and the same on the command line."""
        told: dict[str, Any] = {"srid": self.srid, "swapped": self.swapped, "score": round(self.score, 3)}
        if self.swapped:
            return told | {"accept": None, "command": None}
        accept = {"crs": self.name, "override_crs": override}
        return told | {"accept": accept, "command": f"--crs {self.name}{' --override-crs' * override}"}


def guess_grids(
    bounds: NDArray[np.float64], envelope: Bounds, working_srid: int, in_force: Bounds | None = None
) -> tuple[GridGuess, ...]:
    """Grids in which these features lie in the city, the likeliest first.

    bounds: of each feature, in the file's own coordinates. envelope: of the city, longitude and latitude.
    in_force: the same of what the city holds by now; a grid that leads there goes before one that does not.
    """
    held = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(held):
        return ()
    centres = np.column_stack((held[:, 0] + held[:, 2], held[:, 1] + held[:, 3])) / 2
    found = []
    for srid in _candidates(working_srid):
        for swapped in (False, True):
            score = _score(centres[:, ::-1] if swapped else centres, srid, envelope, in_force)
            if score >= LEAST:
                found.append(GridGuess(srid, swapped, score))
    # A sort keeps the order of equals: that of the candidates, and axes as they should be first.
    return tuple(sorted(found, key=lambda guess: (guess.swapped, -guess.score)))[:_MOST_TOLD]


def bounds_of(shapes: Geometries) -> NDArray[np.float64]:
    """Of each feature, those without one left out."""
    return np.asarray(shapely.bounds(shapes[~shapely.is_missing(shapes)]), np.float64)


def grid_finding(guesses: Sequence[GridGuess], declared: int | None, count: int) -> Finding:
    """What to tell a person; `count` features were looked at."""
    text = grid_text(guesses, declared)
    return Finding(CODE, "warning", count, text.en, text.vi)


def grid_text(guesses: Sequence[GridGuess], declared: int | None) -> Text:
    """The grids that fit, and the one that was declared."""
    said = "" if declared is None else f", khai báo là EPSG:{declared}"
    said_en = "" if declared is None else f", declared EPSG:{declared}"
    if not guesses:
        return Text(
            f"Toạ độ không khớp hệ nào đã biết của thành phố{said}.",
            f"The coordinates fit no grid known for the city{said_en}.",
        )
    alike = [guess for guess in guesses if guess.swapped == guesses[0].swapped]
    names = [f"{guess.name} ({guess.score:.0%})" for guess in alike]
    axes, axes_en = ("", "")
    if guesses[0].swapped:
        axes, axes_en = " với hai trục đổi chỗ", " with the axes swapped"
    return Text(
        f"Toạ độ khớp {' hoặc '.join(names)}{axes}{said}.",
        f"The coordinates fit {' or '.join(names)}{axes_en}{said_en}.",
    )


def grid_json(guesses: Sequence[GridGuess], declared: int | None) -> dict[str, Any]:
    """For problem details and forms."""
    text = grid_text(guesses, declared)
    return {
        "declared": declared,
        "guesses": [guess.as_json(override=declared is not None) for guess in guesses],
        "text_vi": text.vi,
        "text_en": text.en,
    }


def _score(centres: NDArray[np.float64], srid: int, envelope: Bounds, in_force: Bounds | None) -> float:
    try:
        city = _share_within(centres, envelope_in(srid, envelope))
        if city == 0 or in_force is None:
            return city
        return (city + _share_within(centres, envelope_in(srid, in_force))) / 2
    except UnknownCrs:
        return 0.0


def _share_within(centres: NDArray[np.float64], box: Bounds) -> float:
    room = np.array([box[2] - box[0], box[3] - box[1]]) * MARGIN
    inside = (centres >= np.array(box[:2]) - room) & (centres <= np.array(box[2:]) + room)
    return float(inside.all(axis=1).mean())


def _candidates(working_srid: int) -> Iterator[int]:
    """The city's own grid first, then what is met most."""
    plain = [working_srid, WGS84, WEB_MERCATOR]
    if is_vn2000(working_srid):
        zones = sorted(VN2000_SRIDS - {VN2000_GEOGRAPHIC}, key=lambda srid: (srid in _NATIONAL, srid))
        plain += [VN2000_GEOGRAPHIC, *zones, *_UTM]
    yield from dict.fromkeys(plain)
