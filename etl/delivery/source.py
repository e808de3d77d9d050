"""Opening a received file: which of its layers, with which columns, in which grid and encoding."""

import codecs
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FieldError
from pyogrio.raw import open_arrow

from etl.delivery.faults import refuse
from etl.delivery.receive import ReceivedFile, form_name
from gis_platform.errors import BadParameter

#: Rows GDAL hands over at a time: wards can have 10,000 vertices each.
BATCH_ROWS = 8_192
_OPTIONS: dict[str, dict[str, str]] = {
    "CSV": {"GEOM_POSSIBLE_NAMES": "WKT,wkt,geom,geometry,the_geom,_WKT*", "KEEP_GEOM_COLUMNS": "NO"},
}
_BYTES_AS_THEY_ARE = "UTF-8"
_UNREADABLE = (
    DataSourceError,
    DataLayerError,
    FieldError,
    UnicodeDecodeError,
    pa.ArrowException,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One layer of a file. ``crs`` is as the file says it, or None; ``features`` is -1 when not known.

    ``codec`` decodes the texts: GDAL's own recoding loses characters, so it is left out.
    """

    file: ReceivedFile
    layer: str
    fields: tuple[str, ...]
    crs: str | None
    features: int
    codec: str

    @property
    def name(self) -> str:
        """The file, for a message."""
        return self.file.name


def spatial_layers(file: ReceivedFile) -> list[str]:
    """Names of the layers that have a geometry. Raises `DeliveryRefused` when the file cannot be opened."""
    with _words(file), _silence():
        return [str(name) for name, geometry in pyogrio.list_layers(file.place) if geometry is not None]


def open_source(file: ReceivedFile, file_layer: str | None, encoding: str | None) -> Source:
    """Open the named layer, or the only one. Raises `DeliveryRefused` when that is not clear or possible."""
    layer = _choose(file, spatial_layers(file), file_layer)
    with _words(file), _silence():
        info = pyogrio.read_info(file.place, layer=layer, **_reading(file))
    if info["driver"] != file.driver:
        text = f"it is not what its name says, but {form_name(info['driver'])}."
        raise refuse(file.name, "unknown_form", text)
    return Source(
        file=file,
        layer=layer,
        fields=tuple(str(name) for name in info["fields"]),
        crs=info["crs"],
        features=int(info["features"]),
        codec=_codec(file, encoding),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a source: the file's own numbers of the features, its columns by name, and WKB."""

    fids: NDArray[np.int64]
    columns: dict[str, pa.Array]
    geometry: pa.Array


def read_pieces(source: Source, columns: list[str], where: str | None) -> Iterator[Piece]:
    """The rows, a batch at a time.

    Raises:
        BadParameter: the condition `where` is not one.
        DeliveryRefused: the file breaks off or cannot be understood.
    """
    with ExitStack() as opened:
        with _words(source.file, where), _silence():
            meta, reader = opened.enter_context(
                open_arrow(
                    source.file.place,
                    layer=source.layer,
                    # Some drivers judge the condition on the columns that are read.
                    columns=columns if where is None else None,
                    where=where,
                    return_fids=True,
                    batch_size=BATCH_ROWS,
                    use_pyarrow=True,
                    **_reading(source.file),
                )
            )
        fid, geometry = meta["fid_column"] or "OGC_FID", meta["geometry_name"] or "wkb_geometry"
        done = 0
        while True:
            with _words(source.file, where if done == 0 else None, after=done), _silence():
                batch = next(reader, None)
            if batch is None:
                return
            done += batch.num_rows
            held = dict(zip(batch.schema.names, batch.columns, strict=True))
            yield Piece(np.asarray(held[fid]), {name: held[name] for name in columns}, held[geometry])


@contextmanager
def _silence() -> Iterator[None]:
    # GDAL warns of what it cannot read: a geometry is then missing, which is a fault of its row, or the file
    # cannot be opened.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _reading(file: ReceivedFile) -> dict[str, Any]:
    encoding = {"encoding": _BYTES_AS_THEY_ARE} if file.driver == "ESRI Shapefile" else {}
    return {**_OPTIONS.get(file.driver, {}), **encoding}


def _choose(file: ReceivedFile, known: list[str], wanted: str | None) -> str:
    if not known:
        hint = " A CSV holds it as WKT, in a column named WKT." if file.driver == "CSV" else ""
        raise refuse(file.name, "no_geometry", f"the file has no layer with a geometry.{hint}")
    if wanted is not None:
        if wanted not in known:
            text = f"there is no layer {wanted!r}; it has {', '.join(known)}."
            raise refuse(file.name, "unknown_layer", text)
        return wanted
    if len(known) > 1:
        raise refuse(
            file.name,
            "several_layers",
            f"the file has several layers: {', '.join(known)}. Say which with --file-layer NAME.",
        )
    return known[0]


def _codec(file: ReceivedFile, encoding: str | None) -> str:
    """The declared encoding, UTF-8 where none is: then bytes that are not UTF-8 are a fault."""
    name = encoding or (_declared_encoding(file) if file.driver == "ESRI Shapefile" else None)
    if name is None:
        return "utf-8"
    spelt = f"cp{name}" if name.isdigit() else name
    try:
        return codecs.lookup("iso-8859-1" if spelt == "cp88591" else spelt).name
    except LookupError as fault:
        if encoding is not None:
            raise BadParameter(f"There is no encoding {encoding!r}.", parameter="encoding") from fault
        raise refuse(
            file.name, "wrong_encoding", f"its .cpg names an unknown encoding {name!r}; use --encoding."
        ) from fault


def _declared_encoding(file: ReceivedFile) -> str | None:
    """What the .cpg says. The code page byte of a DBF is not believed: 87, plain ANSI, stands in most."""
    if file.path.suffix.lower() == ".zip":
        inside = file.place.rpartition("}/")[2]
        with zipfile.ZipFile(file.path) as archive:
            for name in archive.namelist():
                if name.lower() == str(Path(inside).with_suffix(".cpg")).lower():
                    return archive.read(name).decode("ascii", "replace").strip() or None
        return None
    for found in file.path.parent.glob(f"{file.path.stem}.[cC][pP][gG]"):
        return found.read_bytes().decode("ascii", "replace").strip() or None
    return None


@contextmanager
def _words(file: ReceivedFile, where: str | None = None, after: int = 0) -> Iterator[None]:
    """Turn what GDAL says into a refusal that names the file."""
    try:
        yield
    except _UNREADABLE as fault:
        if where is not None:
            told = f"The condition {where!r} cannot be used: {fault}"
            raise BadParameter(told, parameter="where") from fault
        where_to = f" beyond row {after}" if after else ""
        text = (
            f"it cannot be read as {form_name(file.driver)}{where_to}: it is damaged{_said_by_gdal(fault)}."
        )
        raise refuse(file.name, "unreadable", text) from fault


def _said_by_gdal(fault: Exception) -> str:
    """Its first sentence, without what it says of drivers and options."""
    said = str(fault).partition("; ")[0].partition(". ")[0].strip().rstrip(".:")
    return "" if not said or "supported file format" in said else f" ({said})"
