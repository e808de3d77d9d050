"""What is read from the file of a draft: zones, and what could not be read."""

from dataclasses import dataclass, field
from typing import Any, Final

from gis_platform.layer.text import Text

#: A plan of a city has some thousand zones; with more, somebody has sent a cadastre.
MOST_ZONES: Final = 20_000
#: Kept one by one; beyond them they are only counted.
MOST_UNREAD: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One zone; ``geom`` is WKB in the working grid, ``element`` its number in the file.

    ``function_from`` says where the function was found: column, layer, text, name or none.
    """

    file_layer: str
    row_no: int
    element: str
    geom: bytes
    kind: str = "zone"
    code: str | None = None
    title: str | None = None
    function_code: str | None = None
    function_name: str | None = None
    function_from: str = "none"
    function_known: bool = False
    max_density_pct: float | None = None
    floors_min: int | None = None
    floors_max: int | None = None
    height_max_m: float | None = None
    far_max: float | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the file that became no zone, or a value of a zone that could not be read."""

    file_layer: str
    element: str
    kind: str
    code: str
    text: Text


@dataclass(slots=True)
class Draft:
    """A file as it was read. ``layers`` tells for each of its layers how, ``grid`` in which grid."""

    zones: list[Zone] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unread_counts: dict[str, int] = field(default_factory=dict)
    layers: list[dict[str, Any]] = field(default_factory=list)
    grid: dict[str, Any] = field(default_factory=dict)
    form: str = ""

    def leave(self, unread: Unread) -> None:
        """Note what was not read: counted always, and told while there is room."""
        self.unread_counts[unread.code] = self.unread_counts.get(unread.code, 0) + 1
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(unread)
