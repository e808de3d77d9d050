"""The register of deliveries, ``core.delivery``: one row each, which says how far it has come."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.composing import compose
from etl.delivery.progress import ANOTHER, Progress, waiting_for
from etl.delivery.reading import Reader
from etl.delivery.request import Counts, DeliveryRequest, Finding
from gis_platform.city import City
from gis_platform.errors import Conflict, NotFound, Unavailable
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the register; see the table for what each column means."""

    id: int
    kind: str
    layer: str
    source: str
    source_date: date
    file_name: str
    sha256: bytes
    kept_file: str | None
    received_by: str
    sender: str | None
    status: str
    asked: dict[str, Any]
    counts: dict[str, int]
    findings: list[dict[str, Any]]
    summary: dict[str, Any]
    impact: list[dict[str, Any]]
    layer_state: str | None
    approved_parts: list[str] | None
    applied_moments: list[datetime]
    decided_by: str | None
    decision_note: str | None
    undoes: int | None

    def request(self, file: Path) -> DeliveryRequest:
        """What was asked for, with the file that was kept."""
        asked: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in self.asked.items()
        }
        mapping = file.parent / MAPPING_FILE
        told: dict[str, Any] = {
            "source_date": self.source_date,
            "sha256": self.sha256,
            "sender": self.sender,
            "received_by": self.received_by,
            "mapping_file": mapping if mapping.is_file() else None,
        }
        return DeliveryRequest(file=file, layer=self.layer, **{**asked, **told})


#: A layer of a file whose name ends so is made up, and everything that rests on it says so.
MADE_UP = "_minh_hoa"
_LONGEST_TOLD = 2_000
_UNDECIDED = ("received", "preparing", "ready", "approved", "partly_applied")
#: The mapping that came with a delivery, beside its file.
MAPPING_FILE = "mapping.toml"


def require_city(connection: Connection, city: City, layer: str) -> None:
    """Raises `Unavailable` where the database is not migrated, `Conflict` where it is another city's."""
    there = connection.execute(SQL["is_there"].text, {"table": f"layer.{layer}"}).fetchone()
    row = connection.execute(SQL["city"].text).fetchone() if there is not None and there[0] else None
    if row is None:
        raise Unavailable("The database is not migrated: run `gis-platform migrate`, then deliver again.")
    if tuple(row) != (city.name, city.working_srid):
        raise Conflict(f"This database holds the city {row[0]!r}; the settings say {city.name!r} (GIS_CITY).")


def find(connection: Connection, delivery: int) -> Delivery:
    """A delivery; its row is locked until the transaction ends. Raises `NotFound`."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(SQL["find"].text, {"id": delivery}).fetchone()
    if row is None:
        raise NotFound(f"There is no delivery {delivery}.")
    return Delivery(**row)


def options_of(reader: Reader, request: DeliveryRequest) -> dict[str, Any]:
    """How the file is read: what makes two deliveries of the same bytes differ."""
    return {
        "file_layer": reader.source.layer,
        "where": reader.where,
        "columns": dict(sorted(reader.assignment.columns.items())),
        "constants": dict(sorted(reader.assignment.constants.items())),
        "encoding": reader.source.codec,
        "srid": reader.shapes.from_srid,
        "scope": sorted(request.scope),
    }


def made_up(reader: Reader, request: DeliveryRequest) -> bool:
    """Whether the data is made up, as the file or the person who hands it in says."""
    return request.synthetic or reader.source.layer.endswith(MADE_UP)


def applied_before(
    connection: Connection, reader: Reader, request: DeliveryRequest
) -> tuple[int | None, bool]:
    """The number of the same delivery where it was applied before, and whether it is the layer's newest."""
    told = {
        "layer": reader.layer.name,
        "sha256": reader.source.file.sha256,
        "source_date": request.source_date,
        "options": json.dumps(options_of(reader, request)),
    }
    same = connection.execute(SQL["same_before"].text, told).fetchone()
    newest = connection.execute(SQL["newest"].text, told).fetchone()
    return (None, False) if same is None else (int(same[0]), same == newest)


def waiting(
    connection: Connection, reader: Reader, request: DeliveryRequest, progress: Progress
) -> Delivery | None:
    """The same delivery where it is here already and not decided on."""
    told = {
        "layer": reader.layer.name,
        "sha256": reader.source.file.sha256,
        "source_date": request.source_date,
        "correction": request.correction,
        "options": json.dumps(options_of(reader, request)),
        # A mapping file is no part of what was asked: with one, only how it was read tells.
        "asked": None if request.mapping_file else _asked(request),
    }
    same = connection.execute(SQL["waiting"].text, told).fetchone()
    if same is None:
        return None
    # Where it is being worked on, that is waited for: it may be decided on by then.
    if connection.execute(SQL["is_free"].text, {"id": same[0]}).fetchone() is None:
        progress.step(waiting_for(ANOTHER))
    found = find(connection, int(same[0]))
    return found if found.status in _UNDECIDED else None


def ask_anew(connection: Connection, delivery: Delivery, said: Mapping[str, Any]) -> None:
    """The file is to be read in another way from now on; it is prepared anew."""
    asked = json.dumps({**delivery.asked, **said}, ensure_ascii=False)
    connection.execute(SQL["ask_anew"].text, {"id": delivery.id, "asked": asked})


def _asked(request: DeliveryRequest) -> str:
    return json.dumps({**request.asked(), "source": request.source})


def enter(connection: Connection, reader: Reader, request: DeliveryRequest, source: str) -> int:
    """Enter a delivery that was received, and return its number."""
    file = reader.source.file
    told = {
        "layer": reader.layer.name,
        "source": source,
        "source_date": request.source_date,
        "file_name": request.file.name,
        "sha256": file.sha256,
        "size": file.size,
        "sender": request.sender,
        "received_by": request.received_by,
        "asked": _asked(request),
        "synthetic": made_up(reader, request),
    }
    return int(cast(tuple[int], connection.execute(SQL["enter"].text, told).fetchone())[0])


def keep(connection: Connection, delivery: int, kept_file: str) -> None:
    """Note where the file is kept, below the folder of the deliveries."""
    connection.execute(SQL["keep"].text, {"id": delivery, "kept_file": kept_file})


def mark(connection: Connection, delivery: int, status: str, stopped: Text | None = None) -> None:
    """Another status; `stopped` says why, where it is one that a machine came to by itself."""
    told = {"id": delivery, "status": status}
    connection.execute(SQL["mark"].text, told | _stopped(stopped))


def give_back(connection: Connection, delivery: int, stopped: Text) -> None:
    """A word that could not be followed: the delivery waits again, and it is told why."""
    connection.execute(SQL["give_back"].text, {"id": delivery} | _stopped(stopped))


def _stopped(told: Text | None) -> dict[str, str | None]:
    cut = None if told is None else {"vi": told.vi[:_LONGEST_TOLD], "en": told.en[:_LONGEST_TOLD]}
    return {"stopped": None if cut is None else json.dumps(cut, ensure_ascii=False)}


def layer_state(connection: Connection, layer: str) -> str:
    """What the layer is at this moment, in one word."""
    row = connection.execute(SQL["layer_state"].text, {"table": f"layer.{layer}"}).fetchone()
    return str(cast(tuple[str], row)[0])


def applied(
    connection: Connection,
    delivery: Delivery,
    status: str,
    counts: Counts,
    *,
    by: str,
    note: str | None,
    parts: tuple[str, ...] | None,
) -> None:
    """The delivery, or these parts of it, is in force from this transaction on."""
    told = {
        "id": delivery.id,
        "status": status,
        "counts": json.dumps(asdict(counts)),
        "layer_state": layer_state(connection, delivery.layer),
        "by": by,
        "note": note,
        "parts": None if parts is None else list(parts),
    }
    connection.execute(SQL["applied"].text, told)


def enter_rollback(
    connection: Connection,
    undone: Delivery,
    counts: Counts,
    impact: list[dict[str, Any]],
    *,
    by: str,
    note: str | None,
    entered: int | None = None,
) -> int:
    """Enter a rollback, which is in force from this transaction on, and return its number.

    entered: the number it has, where it was asked for before.
    """
    told = {
        "id": entered,
        "undoes": undone.id,
        "counts": json.dumps(asdict(counts)),
        "impact": json.dumps(impact, ensure_ascii=False, default=str),
        "by": by,
        "note": note,
    }
    statement = SQL["enter_rollback" if entered is None else "asked_rollback"].text
    return int(cast(tuple[int], connection.execute(statement, told).fetchone())[0])


def confirm(connection: Connection, delivery: Delivery, rows: int) -> None:
    """Note which features the delivery stated unchanged, and whether it stated all of the layer."""
    table = sql.Identifier("layer", delivery.layer)
    connection.execute(compose(SQL["confirm"], table=table), {"id": delivery.id, "read": rows})


def decided(connection: Connection, delivery: int, status: str, *, by: str, note: str | None) -> None:
    """A person's decision that writes nothing into the layer."""
    connection.execute(SQL["decided"].text, {"id": delivery, "status": status, "by": by, "note": note})


def newest(connection: Connection, layer: str | None, most: int = 100) -> list[dict[str, Any]]:
    """The newest deliveries, of one layer or of all."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(SQL["list"].text, {"layer": layer, "most": most}).fetchall()


def found(
    connection: Connection,
    delivery: int,
    status: str,
    findings: tuple[Finding, ...],
    *,
    counts: Counts | None = None,
    **more: Any,
) -> None:
    """What preparing it found. `more`: summary, impact, layer_state, srid, options, source."""
    told = {
        "id": delivery,
        "status": status,
        "findings": json.dumps([asdict(finding) for finding in findings], ensure_ascii=False),
        "counts": json.dumps(asdict(counts or Counts())),
        **dict.fromkeys(("summary", "impact", "layer_state", "srid", "options", "source", "synthetic")),
        **{
            n: json.dumps(v, ensure_ascii=False, default=str) if isinstance(v, dict | list) else v
            for n, v in more.items()
        },
    }
    connection.execute(SQL["found"].text, told)
