"""What a delivery is asked to be, and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Status = Literal[
    "ready", "applied", "partly applied", "already applied", "refused", "rejected", "rolled back"
]


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
        mapping: as it was saved for the source, once it was looked up: how the file was read stays known.
        correction: the file corrects what was believed from its date on, younger versions included.
        sender: the person or office that handed the file over.
        synthetic: the data is made up, and everything that rests on it says so.
        sha256: the file's fingerprint where it is known already; else it is taken.
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
    mapping: Mapping[str, Any] | None = None
    scope: tuple[str, ...] = ()
    correction: bool = False
    sender: str | None = None
    synthetic: bool = False
    received_by: str = "command line"
    sha256: bytes | None = None

    def asked(self) -> dict[str, Any]:
        """How the file is to be read, as JSON: all but the file, its layer, date, source and people."""
        return {
            "crs": self.crs,
            "override_crs": self.override_crs,
            "encoding": self.encoding,
            "file_layer": self.file_layer,
            "where": self.where,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "ignore": list(self.ignore),
            "mapping": None if self.mapping is None else dict(self.mapping),
            "scope": list(self.scope),
            "correction": self.correction,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """What a delivery does; each row read is added, changed in one way, unchanged, or part of an event.

    ``changed_geometry`` holds those whose shape changed, attributes too or not; ``renumbered`` those that
    have another key. ``split``, ``merged`` and ``reshaped`` are events: a parcel that became three is one
    split, and its rows count nowhere else. ``vanished`` are rows of the layer that ended. ``duplicates`` are
    rows whose key occurs more than once in the file, ``doubtful`` the changes that wait for a person's word.
    """

    read: int = 0
    added: int = 0
    changed_geometry: int = 0
    changed_attributes: int = 0
    split: int = 0
    merged: int = 0
    reshaped: int = 0
    renumbered: int = 0
    vanished: int = 0
    unchanged: int = 0
    duplicates: int = 0
    doubtful: int = 0

    @property
    def touched(self) -> int:
        """What happens to the layer: rows written or ended, and events."""
        rows = self.added + self.changed_geometry + self.changed_attributes + self.renumbered + self.vanished
        return rows + self.split + self.merged + self.reshaped

    def as_dict(self) -> dict[str, int]:
        """By name, in the order above."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class Finding:
    """How often a check found something; ``text`` tells it in English, ``text_vi`` in Vietnamese."""

    code: str
    severity: Severity
    count: int
    text: str = ""
    text_vi: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of a delivery; ``id`` is its number in core.delivery, ``into`` names city and database.

    ``impact`` lists what stands on the features it changes, layer by layer. ``known``: the same file was here
    before, under that number, and waits.
    """

    id: int | None
    status: Status
    counts: Counts
    findings: tuple[Finding, ...] = ()
    into: str = ""
    impact: tuple[Mapping[str, Any], ...] = ()
    known: bool = False

    def as_json(self) -> dict[str, Any]:
        """The members that ``--json`` prints."""
        return {
            "id": self.id,
            "status": self.status,
            "counts": self.counts.as_dict(),
            "findings": [_told(asdict(finding)) for finding in self.findings],
            "impact": list(self.impact),
            **({"known": True} if self.known else {}),
        }


def _told(finding: dict[str, Any]) -> dict[str, Any]:
    """Without a text where it has none: a refusal's words are its detail."""
    return {name: value for name, value in finding.items() if name not in ("text", "text_vi") or value}
