"""Zipped Shapefile: short names, short texts, no moments in time. What it cannot hold is told beside it."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from etl.exporting.fields import GEOMETRY, ID, Field, fields_of
from etl.exporting.gdal_forms import GEOMETRY_TYPES, as_reader
from etl.exporting.telling import Content, lines

_NAME_LETTERS, _TEXT_BYTES = 10, 254


def zipped_shapefile(
    content: Content, batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path
) -> None:
    """A zip of .shp, .shx, .dbf, .prj, .cpg and README.txt."""
    selection = content.selection
    fields = fields_of(selection)
    names = short_names([ID, *(field.name for field in fields)])
    short = pa.schema([_short_field(field, names) for field in schema])
    cut: Counter[str] = Counter()
    folder = path.with_suffix(".files")
    folder.mkdir(exist_ok=True)
    try:
        for left in folder.iterdir():
            left.unlink()
        pyogrio.write_arrow(
            as_reader(_fitted(batches, short, cut), short, selection),
            folder / f"{selection.layer.name}.shp",
            driver="ESRI Shapefile",
            geometry_name=GEOMETRY,
            geometry_type=GEOMETRY_TYPES[selection.layer.geometry],
            crs=f"EPSG:{selection.out.srid}",
            encoding="UTF-8",
        )
        (folder / "README.txt").write_text(
            _read_me(content, fields, names, cut), encoding="utf-8-sig", newline="\r\n"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def short_names(names: Sequence[str]) -> dict[str, str]:
    """A name of at most ten letters for each, all different: its start, numbered if need be."""
    short: dict[str, str] = {}
    for name in names:
        candidate, number = name[:_NAME_LETTERS], 1
        while candidate in short.values():
            number += 1
            candidate = f"{name[: _NAME_LETTERS - len(str(number)) - 1]}_{number}"
        short[name] = candidate
    return short


def _short_field(field: pa.Field, names: dict[str, str]) -> pa.Field:
    kind = pa.string() if pa.types.is_timestamp(field.type) else field.type
    return pa.field(names.get(field.name, field.name), kind, metadata=field.metadata)


def _fitted(
    batches: Iterable[pa.RecordBatch], short: pa.Schema, cut: Counter[str]
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        columns = []
        for column, field in zip(batch.columns, short, strict=True):
            if pa.types.is_timestamp(column.type):
                column = pc.strftime(pc.floor_temporal(column, unit="second"), format="%Y-%m-%dT%H:%M:%SZ")
            if pa.types.is_string(column.type):
                column, count = cut_texts(column)
                cut += Counter({field.name: count})
            columns.append(column)
        yield pa.RecordBatch.from_arrays(columns, schema=short)


def cut_texts(column: pa.Array) -> tuple[pa.Array, int]:
    """Texts of at most 254 bytes of UTF-8, cut between letters; and how many were longer."""
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    if longest <= _TEXT_BYTES:
        return column, 0
    texts, count = column.to_pylist(), 0
    for place, text in enumerate(texts):
        if text is not None and len(encoded := text.encode()) > _TEXT_BYTES:
            texts[place] = encoded[:_TEXT_BYTES].decode(errors="ignore")
            count += 1
    return pa.array(texts, type=column.type), count


def _read_me(content: Content, fields: Sequence[Field], names: dict[str, str], cut: Counter[str]) -> str:
    selection = content.selection
    out = selection.out
    told = [f"{selection.layer.title.vi} | {selection.layer.title.en}", "", *lines(content), ""]
    told += [
        f"Hệ toạ độ: EPSG:{out.srid}; trục x (kinh độ hoặc hướng đông) đứng trước.",
        f"Coordinates: EPSG:{out.srid}, x (longitude or easting) first.",
        "Bảng mã: UTF-8. Thời điểm ghi theo giờ UTC. | Encoding: UTF-8. Moments are UTC.",
        "",
        "Tên trường | Tên đầy đủ | Ý nghĩa (Field | Full name | Meaning)",
        f"{names[ID]:<10} | {ID} | Mã đối tượng | Feature id",
        *(f"{names[field.name]:<10} | {field.name} | {field.meaning}" for field in fields),
    ]
    if cut:
        told += [
            "",
            f"Shapefile chỉ chứa {_TEXT_BYTES} byte mỗi ô; các giá trị dài hơn đã bị cắt:",
            f"A Shapefile holds {_TEXT_BYTES} bytes a cell; longer values were cut:",
            *(f"{name}: {count}" for name, count in sorted(cut.items())),
        ]
    return "\n".join(told) + "\n"
