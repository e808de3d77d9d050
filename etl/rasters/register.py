"""Adding a raster and taking one away: file and row together, or neither."""

import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from etl.rasters.checking import Sound, check
from etl.rasters.palettes import style_for
from etl.rasters.placing import outside
from etl.rasters.preparing import prepare
from etl.rasters.request import RasterRequest
from etl.rasters.summary import Summary, resolution, summarise
from gis_platform.audit.record import record_sync
from gis_platform.city import City
from gis_platform.clock.now import SystemClock, civil_date
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.raster.folder import raster_folder
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_WORK = ".adding-"
_FORGOTTEN_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it; ``warning`` is for the person who added it."""

    status: str
    file: str | None = None
    warning: str | None = None


def add_raster(
    connection: psycopg.Connection[Any], data_dir: Path, city: City, layers: Any, request: RasterRequest
) -> Added:
    """Check, prepare and register a file. The transaction is the caller's connection's, committed here.

    Raises:
        BadParameter: something said of it cannot be.
        DeliveryRefused: the file cannot be served, or lies in the city only in another grid than it says.
        Conflict: that day is taken by another file that nobody said may go, or the raster's other versions
            are of another kind.
    """
    request.require_sound(layers)
    _require_shown(request, city)
    sound = check(request)
    warning = outside(request.file, sound, city)
    folder = raster_folder(data_dir, city)
    folder.mkdir(parents=True, exist_ok=True)
    source_sha256 = _sha256(request.file)
    laid: list[Path] = []
    try:
        with connection.transaction():
            connection.execute(SQL["take_turn"].text)
            asked = {"name": request.name, "date": request.date, "source_sha256": source_sha256}
            if connection.execute(SQL["same_file"].text, asked).fetchone():
                return Added("already there")
            before = _require_fits(connection, request)
            gone = _make_room(connection, request)
            _sweep(folder)
            with TemporaryDirectory(prefix=_WORK, dir=folder) as work:
                prepared, srid = prepare(request, sound, Path(work))
                summary = summarise(prepared, request)
                style = style_for(request.palette, request.kind, summary, before)
                digest = _sha256(prepared)
                file = f"{request.name}-{request.date:%Y%m%d}-{digest[:12]}.tif"
                row = _row(request, sound, summary, srid, file)
                row |= {"file_sha256": digest, "source_sha256": source_sha256, "style": json.dumps(style)}
                connection.execute(SQL["enter"].text, row)
                detail = {"file": request.file.name, "sha256": digest}
                subject = f"{request.name}/{request.date}"
                done = "raster.added" if gone is None else "raster.replaced"
                record_sync(connection, done, subject, detail, actor=request.registered_by)
                prepared.chmod(0o644)  # readable by whoever runs the server
                laid.append(folder / file)
                os.replace(prepared, folder / file)
    except BaseException:
        for path in laid:
            path.unlink(missing_ok=True)
        raise
    if gone not in (None, file):
        (folder / str(gone)).unlink(missing_ok=True)
    return Added("added" if gone is None else "replaced", file, warning)


def remove_raster(
    connection: psycopg.Connection[Any], data_dir: Path, city: City, name: str, day: date, actor: str
) -> None:
    """Take one version away, its row first: a reader may be told that it is gone, never shown half of it.

    Raises:
        NotFound: there is no such version.
    """
    with connection.transaction():
        connection.execute(SQL["take_turn"].text)
        row = connection.execute(SQL["remove"].text, {"name": name, "date": day}).fetchone()
        if row is None:
            raise NotFound(
                f"There is no raster {name!r} of {day}. `gis-platform raster list` shows what there is."
            )
        record_sync(connection, "raster.removed", f"{name}/{day}", {"file": row[0]}, actor=actor)
    (raster_folder(data_dir, city) / row[0]).unlink(missing_ok=True)


def _require_shown(request: RasterRequest, city: City) -> None:
    """Nobody has photographed or measured a day to come; a model may tell of one."""
    today = civil_date(SystemClock().now(), ZoneInfo(city.timezone))
    if request.date > today and not request.model_output:
        raise BadParameter(
            f"--date {request.date} lies after today. A forecast is --model-output.", parameter="date"
        )


def _make_room(connection: psycopg.Connection[Any], request: RasterRequest) -> str | None:
    """Take the version of that day away where the word for it was given; its file, to go when all is done."""
    asked = {"name": request.name, "date": request.date}
    if not connection.execute(SQL["on_date"].text, asked).fetchone():
        return None
    if not request.replace:
        raise Conflict(
            f"{request.name} of {request.date} is there already, from another file. Say --replace to put "
            "this one in its place, or take it away: "
            f"gis-platform raster remove {request.name} --date {request.date}",
        )
    row = connection.execute(SQL["remove"].text, asked).fetchone()
    return None if row is None else str(row[0])


def _require_fits(connection: psycopg.Connection[Any], request: RasterRequest) -> dict[str, Any] | None:
    family = connection.execute(SQL["family"].text, {"name": request.name}).fetchone()
    if family is None:
        return None
    kind, unit, style, newest = family
    if (kind, unit) != (request.kind, request.texts()["unit"]):
        raise Conflict(
            f"{request.name} of {newest} is {kind} in {unit}: versions of one raster must be comparable. "
            "Give this one another --name."
        )
    return dict(style)


def _row(request: RasterRequest, sound: Sound, summary: Summary, srid: int, file: str) -> dict[str, Any]:
    texts = request.texts()
    west, south, east, north = sound.bounds
    return {
        "name": request.name,
        "date": request.date,
        "kind": request.kind.value,
        "title_vi": texts["title"],
        "title_en": texts["title_en"],
        **{name: texts[name] for name in ("unit", "source", "licence", "note")},
        "model_output": request.model_output,
        "synthetic": request.synthetic,
        "file": file,
        "source_srid": sound.srid,
        "srid": srid,
        **{"west": west, "south": south, "east": east, "north": north},
        "width": summary.width,
        "height": summary.height,
        "resolution_m": resolution(sound.bounds, summary),
        "bands": summary.bands,
        "dtype": summary.dtype,
        "nodata": summary.nodata,
        "statistics": json.dumps(summary.statistics),
        "audience": sorted(role.value for role in request.audience),
        "registered_by": request.registered_by,
    }


def _sweep(folder: Path) -> None:
    """What runs cut off by a power cut left half done; a day old, for another may be at work beside this."""
    for left in folder.glob(f"{_WORK}*"):
        if time.time() - left.stat().st_mtime > _FORGOTTEN_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def listed(connection: psycopg.Connection[Any], data_dir: Path, city: City) -> list[str]:
    """A line for each version in the catalogue; one whose file is gone says so."""
    return [_line(row, raster_folder(data_dir, city)) for row in connection.execute(SQL["listed"].text)]


def _line(row: tuple[Any, ...], folder: Path) -> str:
    name, day, kind, unit, title, width, height, file, audience, model_output, synthetic = row
    told = [f"{name} {day}: {title}, {kind}{f' in {unit}' if unit else ''}, {width} x {height}"]
    told.append("public" if "public" in audience else f"for {', '.join(audience)}")
    told += ["model output"] * model_output + ["made up"] * synthetic
    if not (folder / file).is_file():
        told.append(f"FILE GONE ({file})")
    return "; ".join(told)
