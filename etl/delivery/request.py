"""What a delivery is asked to be, and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning"]
Status = Literal["applied", "already applied", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRequest:
    """One file for one layer.

    Attributes:
        source_date: the day of the source's data; a change becomes true in the world on it.
        source: who delivers; names the saved mapping of the city's profile.
        crs: such as ``EPSG:9210``, for a file that does not say its grid.
        override_crs: take `crs` though the file says another grid.
        encoding: of the texts of a Shapefile or CSV, where the file does not say it and it is not UTF-8.
        where: condition on the file's own columns; the rows that fulfil it are read.
        columns: property to file column. constants: property to the one value for all rows.
        mapping_file: a TOML file in the form of a saved mapping, used in its place.
        scope: properties; of the values that occur in the file, whatever is not in the file ends.
    """

    file: Path
    layer: str
    source_date: date
    source: str | None = None
    crs: str | None = None
    override_crs: bool = False
    encoding: str | None = None
    file_layer: str | None = None
    where: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    mapping_file: Path | None = None
    scope: tuple[str, ...] = ()
    received_by: str = "command line"


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a delivery; each row read is added, changed in one way, or unchanged.

    ``changed_geometry`` holds those whose shape changed, attributes too or not. ``duplicates`` are rows
    whose key occurs more than once in the file; ``vanished`` are rows of the layer that ended.
    """

    read: int = 0
    added: int = 0
    changed_geometry: int = 0
    changed_attributes: int = 0
    unchanged: int = 0
    vanished: int = 0
    duplicates: int = 0

    @property
    def touched(self) -> int:
        """Rows of the layer that are written or ended."""
        return self.added + self.changed_geometry + self.changed_attributes + self.vanished

    def as_dict(self) -> dict[str, int]:
        """By name, in the order above."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class Finding:
    """How often a check found something; ``text`` tells a warning in words."""

    code: str
    severity: Severity
    count: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of a delivery; ``id`` is its number in core.delivery, ``into`` names city and database."""

    id: int | None
    status: Status
    counts: Counts
    findings: tuple[Finding, ...] = ()
    into: str = ""

    def as_json(self) -> dict[str, Any]:
        """The members that ``--json`` prints."""
        return {
            "id": self.id,
            "status": self.status,
            "counts": self.counts.as_dict(),
            "findings": [_told(asdict(finding)) for finding in self.findings],
        }


def _told(finding: dict[str, Any]) -> dict[str, Any]:
    """Without a text where it has none: a refusal's words are its detail."""
    return {name: value for name, value in finding.items() if name != "text" or value}
