"""Opening a received file: which of its layers, with which columns, in which grid and encoding."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError
from pyogrio.raw import open_arrow

from etl.delivery.faults import refuse
from etl.delivery.intake import parquet
from etl.delivery.intake.archive import DataSet
from etl.delivery.intake.areas import DRAWINGS, closed_as_areas
from etl.delivery.intake.codec import codec_of
from etl.delivery.intake.gdal import WITH_OPTIONS, closed_gdal, reading
from etl.delivery.intake.kinds import form_name
from etl.delivery.intake.labels import LEVELS, TEXT, Labels
from etl.delivery.intake.piece import BATCH_ROWS, Piece
from etl.delivery.intake.words import reader_in_words
from etl.delivery.receive import ReceivedFile
from gis_platform.errors import BadParameter

__all__ = ["ALL_LAYERS", "BATCH_ROWS", "Piece", "Source", "open_source", "read_pieces", "spatial_layers"]

#: In place of a layer's name: every one of them, one after another.
ALL_LAYERS = "*"
_PARQUET = "Parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """One layer of a file. ``crs`` is as the file says it, or None; ``features`` is -1 when not known.

    ``layer`` is the name it is asked for, ``inner`` the one it has for its reader. ``codec`` decodes the
    texts: GDAL's own recoding loses characters, so it is left out. ``rest`` are the layers to read in its
    place, of the same columns; ``features`` counts all of them. ``labels`` are the texts of a drawing.
    """

    file: ReceivedFile
    layer: str
    fields: tuple[str, ...]
    crs: str | None
    features: int
    codec: str
    inner: str = ""
    labels: Labels | None = None
    rest: tuple["Source", ...] = ()

    @property
    def name(self) -> str:
        """The file, for a message."""
        return self.file.name


def spatial_layers(file: ReceivedFile) -> list[str]:
    """Names of the layers that have a geometry. Raises `DeliveryRefused` when the file cannot be opened."""
    return list(_layers(file))


def open_source(file: ReceivedFile, file_layer: str | None, encoding: str | None) -> Source:
    """Open the named layer, or the only one. Raises `DeliveryRefused` when that is not clear or possible."""
    known = _layers(file)
    chosen = list(known) if file_layer == ALL_LAYERS and known else [_choose(file, list(known), file_layer)]
    opened = [_open(file, *known[name], title=name, encoding=encoding) for name in chosen]
    first = opened[0]
    for other in opened[1:]:
        if (other.fields, other.crs, other.codec) != (first.fields, first.crs, first.codec):
            text = (
                f"{other.layer} has other columns, or another grid or encoding, than {first.layer}: deliver "
                "each by itself, with --file-layer NAME."
            )
            told_vi = f"{other.layer} khác {first.layer} về cột, hệ toạ độ hoặc bảng mã: nhận riêng từng lớp."
            raise refuse(file.name, "several_layers", text, told_vi)
    if len(opened) == 1:
        return first
    counts = [each.features for each in opened]
    total = sum(counts) if min(counts) >= 0 else -1
    return replace(first, layer=ALL_LAYERS, features=total, rest=tuple(opened))


def read_pieces(
    source: Source, columns: list[str], where: str | None, *, areas: bool = False
) -> Iterator[Piece]:
    """The rows, a batch at a time.

    areas: closed lines of a drawing are areas; for layers of polygons.

    Raises:
        BadParameter: the condition `where` is not one.
        DeliveryRefused: the file breaks off or cannot be understood.
    """
    for each in source.rest or (source,):
        for piece in _pieces(each, columns, where):
            if areas and each.file.driver in DRAWINGS:
                yield replace(piece, geometry=closed_as_areas(piece.geometry))
            else:
                yield piece


def _pieces(source: Source, columns: list[str], where: str | None) -> Iterator[Piece]:
    if source.file.driver == _PARQUET:
        return _read_parquet(source, columns, where)
    if source.labels is None:
        return _read_by_gdal(source, columns, where)
    drawn = [column for column in columns if column not in source.labels.columns]
    return source.labels.join(_read_by_gdal(source, drawn, where), columns)


def _layers(file: ReceivedFile) -> dict[str, tuple[DataSet, str]]:
    """Every layer with a geometry, by its name: of several sets in an archive with its path."""
    found: dict[str, tuple[DataSet, str]] = {}
    for each in file.sets:
        names = _names(file, each)
        for name in names:
            alone = each.title if len(names) == 1 else f"{each.title}/{name}"
            found[name if len(file.sets) == 1 else alone] = (each, name)
    return found


def _names(file: ReceivedFile, held: DataSet) -> list[str]:
    with reader_in_words(file.name, held.kind.driver), closed_gdal():
        if held.kind.driver == _PARQUET:
            parquet.read_info(file.name, str(held.path))
            return [held.path.stem]
        if held.kind.driver in WITH_OPTIONS:
            return list(_one_by_one(str(held.path), held.kind.driver))
        layers = pyogrio.list_layers(str(held.path))
        return [str(name) for name, geometry in layers if geometry is not None]


def _one_by_one(place: str, driver: str) -> Iterator[str]:
    for number in count():
        try:
            info = pyogrio.read_info(place, layer=number, **reading(driver))
        except DataLayerError:
            return
        if info["geometry_type"] is not None:
            yield str(info["layer_name"])


def _open(file: ReceivedFile, held: DataSet, layer: str, *, title: str, encoding: str | None) -> Source:
    one = replace(file, place=str(held.path), driver=held.kind.driver)
    codec = codec_of(file.name, one.driver, Path(one.place), encoding)
    with reader_in_words(file.name, one.driver), closed_gdal():
        if one.driver == _PARQUET:
            footer = parquet.read_info(file.name, one.place)
            return Source(one, title, footer.fields, footer.crs, footer.rows, codec)
        info = pyogrio.read_info(one.place, layer=layer, **reading(one.driver))
    if info["driver"] != one.driver:
        text = f"it is not what its name says, but {form_name(info['driver'])}."
        raise refuse(file.name, "unknown_form", text)
    fields = tuple(str(name) for name in info["fields"])
    source = Source(one, title, fields, info["crs"], int(info["features"]), codec, inner=layer)
    if one.driver not in DRAWINGS:
        return source
    level = LEVELS[one.driver]
    labels = Labels(file.name, one.driver, _read_by_gdal(source, [level, TEXT], None), codec)
    return replace(source, fields=(level, *labels.columns), labels=labels)


def _choose(file: ReceivedFile, known: list[str], wanted: str | None) -> str:
    if not known:
        hint = " A CSV holds it as WKT, in a column named WKT." if file.driver == "CSV" else ""
        raise refuse(file.name, "no_geometry", f"the file has no layer with a geometry.{hint}")
    if wanted is not None:
        if wanted not in known:
            text = f"there is no layer {wanted!r}; it has {', '.join(known)}."
            told_vi = f"Tệp không có lớp “{wanted}”; các lớp trong tệp: {', '.join(known)}."
            raise refuse(file.name, "unknown_layer", text, told_vi)
        return wanted
    if len(known) > 1:
        refusal = refuse(
            file.name,
            "several_layers",
            f"the file has several layers: {', '.join(known)}. Say which with --file-layer NAME, or "
            "--file-layer '*' for all of them.",
            f"Các lớp trong tệp: {', '.join(known)}. Cần chọn một lớp.",
        )
        refusal.extra["layers"] = known
        raise refusal
    return known[0]


def _read_parquet(source: Source, columns: list[str], where: str | None) -> Iterator[Piece]:
    if where is not None:
        told = "A condition is not understood for GeoParquet: leave it out, or deliver a GeoPackage."
        told_vi = "Tệp GeoParquet không dùng được điều kiện chọn dòng; hãy bỏ điều kiện hoặc gửi GeoPackage."
        raise BadParameter(told, parameter="where", detail_vi=told_vi)
    done = 0
    pieces = parquet.read_pieces(source.name, source.file.place, columns)
    while True:
        with reader_in_words(source.name, _PARQUET, after=done):
            piece = next(pieces, None)
        if piece is None:
            return
        done += len(piece.fids)
        yield piece


def _read_by_gdal(source: Source, columns: list[str], where: str | None) -> Iterator[Piece]:
    name, driver = source.name, source.file.driver
    with ExitStack() as opened:
        with reader_in_words(name, driver, where), closed_gdal():
            meta, reader = opened.enter_context(
                open_arrow(
                    source.file.place,
                    layer=source.inner,
                    # Some drivers judge the condition on the columns that are read.
                    columns=columns if where is None else None,
                    where=where,
                    return_fids=True,
                    batch_size=BATCH_ROWS,
                    use_pyarrow=True,
                    **reading(driver),
                )
            )
        fid, geometry = meta["fid_column"] or "OGC_FID", meta["geometry_name"] or "wkb_geometry"
        done = 0
        while True:
            with reader_in_words(name, driver, where if done == 0 else None, after=done), closed_gdal():
                batch = next(reader, None)
            if batch is None:
                return
            done += batch.num_rows
            held = dict(zip(batch.schema.names, batch.columns, strict=True))
            yield Piece(np.asarray(held[fid]), {column: held[column] for column in columns}, held[geometry])
