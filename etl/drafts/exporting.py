"""What a draft would change as a file to work through: one CSV table, or a GeoPackage with the shapes too.

Every line says that the draft has no legal value: a list goes further than the page it came from.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

import psycopg
import pyarrow as pa
import pyogrio
from psycopg.rows import dict_row

from etl.delivery.online.acting import acting_as
from gis_platform.access.caller import Caller
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import guarded
from gis_platform.sqlfiles import named_queries
from layers.planning.drafts.results import SQL as RESULTS
from layers.planning.drafts.words import CHANGES, FIGURES, KINDS, NO_LEGAL_VALUE

SQL = named_queries(__file__)

_ROWS: Final = 5_000
_BOM: Final = "\ufeff"
_PIECES: Final = {
    "sheet_no": Text("Số tờ", "Sheet"),
    "parcel_no": Text("Số thửa", "Parcel"),
    "unit_code": Text("Mã đơn vị hành chính", "Unit code"),
    "identifier": Text("Mã định danh thửa đất", "Identifier"),
    "address": Text("Số nhà, đường", "Address"),
    "parcel_m2": Text("Diện tích thửa (m²)", "Parcel area (m²)"),
    "parcel_area_m2": Text("Diện tích trong bản thảo (m²)", "Area in the draft (m²)"),
    "parcel_share": Text("Tỷ lệ thửa (%)", "Share of the parcel (%)"),
    "change": Text("Thay đổi", "Change"),
    "area_m2": Text("Diện tích phần này (m²)", "Area of this piece (m²)"),
    "share": Text("Tỷ lệ phần này (%)", "Share of this piece (%)"),
    "road_m2": Text("Đường quy hoạch lấy (m²)", "Taken by planned roads (m²)"),
    "road_new_m2": Text("Trong đó lấy thêm (m²)", "Of it newly taken (m²)"),
    "kind": Text("Bản thảo: loại", "Draft: kind"),
    "zone_code": Text("Bản thảo: ký hiệu ô", "Draft: zone code"),
    "zone_title": Text("Bản thảo: tên ô", "Draft: zone name"),
    "function_code": Text("Bản thảo: mã chức năng", "Draft: function code"),
    "function_name": Text("Bản thảo: chức năng", "Draft: function"),
    "max_density_pct": Text("Bản thảo: mật độ (%)", "Draft: density (%)"),
    "floors_max": Text("Bản thảo: tầng cao", "Draft: floors"),
    "height_max_m": Text("Bản thảo: chiều cao (m)", "Draft: height (m)"),
    "far_max": Text("Bản thảo: hệ số sử dụng đất", "Draft: floor area ratio"),
    "in_force_title": Text("Đang có hiệu lực: tên ô", "In force: zone name"),
    "in_force_function_code": Text("Đang có hiệu lực: mã chức năng", "In force: function code"),
    "in_force_function_name": Text("Đang có hiệu lực: chức năng", "In force: function"),
    "in_force_max_density_pct": Text("Đang có hiệu lực: mật độ (%)", "In force: density (%)"),
    "in_force_floors_max": Text("Đang có hiệu lực: tầng cao", "In force: floors"),
    "in_force_height_max_m": Text("Đang có hiệu lực: chiều cao (m)", "In force: height (m)"),
    "in_force_far_max": Text("Đang có hiệu lực: hệ số sử dụng đất", "In force: floor area ratio"),
    "in_force_plan": Text("Đang có hiệu lực: đồ án", "In force: plan"),
    "in_force_decision": Text("Đang có hiệu lực: quyết định", "In force: decision"),
    "fields": Text("Chỉ tiêu khác", "Figures that differ"),
}
_LAYERS: Final = {
    "parcels": SQL["list_of_parcels"],
    "zones": SQL["list_of_zones"],
    "pieces": RESULTS["list_of_pieces"],
    "cases": SQL["list_of_cases"],
}
_NOTICE: Final = Text("Lưu ý", "Notice")
#: By PostgreSQL's number of a type.
_TYPES: Final = {
    16: pa.bool_(),
    17: pa.binary(),
    20: pa.int64(),
    23: pa.int32(),
    25: pa.string(),
    701: pa.float64(),
    1009: pa.string(),
}
_PER_CENT: Final = frozenset({"parcel_share", "share"})


def write_csv(conninfo: str, caller: Caller, draft: int, path: Path, *, language: Language) -> None:
    """One line a piece of a parcel; RFC 4180 in UTF-8 with a byte order mark, headed in the language."""
    with path.open("w", encoding="utf-8", newline="") as file, acting_as(conninfo, caller) as connection:
        file.write(_BOM)
        table = csv.writer(file, lineterminator="\r\n")
        heads = [text.in_language(language) for text in _PIECES.values()]
        table.writerow([*heads, _NOTICE.in_language(language)])
        notice = NO_LEGAL_VALUE.in_language(language)
        for rows, _ in _fetched(connection, RESULTS["list_of_pieces"].text, draft):
            table.writerows([*(_cell(name, row[name], language) for name in _PIECES), notice] for row in rows)


def write_geopackage(
    conninfo: str, caller: Caller, draft: int, path: Path, *, language: Language, srid: int
) -> None:
    """Layers ``parcels`` and ``zones`` with shapes in the grid `srid`, tables ``pieces`` and ``cases``."""
    notice = NO_LEGAL_VALUE.in_language(language)
    with acting_as(conninfo, caller) as connection:
        for layer, query in _LAYERS.items():
            shapes = layer in ("parcels", "zones")
            batches = _batches(connection, query.text, draft, notice, language)
            first = next(batches, None)
            if first is None:
                continue
            pyogrio.write_arrow(
                _chained(first, batches),
                path,
                layer=layer,
                driver="GPKG",
                append=path.exists(),
                geometry_name="geom" if shapes else None,
                geometry_type="MultiPolygon" if shapes else None,
                crs=f"EPSG:{srid}" if shapes else None,
                # 1.2 is read without a warning by what offices have installed.
                dataset_options={} if path.exists() else {"VERSION": "1.2"},
                layer_options={"IDENTIFIER": f"{layer}: {notice}", "DESCRIPTION": notice},
            )


def _batches(
    connection: psycopg.Connection[Any], query: str, draft: int, notice: str, language: Language
) -> Iterator[pa.RecordBatch]:
    schema: pa.Schema | None = None
    for rows, columns in _fetched(connection, query, draft):
        schema = schema or pa.schema([*(_field(column) for column in columns), ("notice", pa.string())])
        told = [{name: _worded(name, value, language) for name, value in row.items()} for row in rows]
        yield pa.RecordBatch.from_pylist([row | {"notice": notice} for row in told], schema=schema)


def _field(column: psycopg.Column) -> pa.Field:
    told = {"ARROW:extension:name": "geoarrow.wkb"} if column.name == "geom" else None
    return pa.field(column.name, _TYPES[column.type_code], metadata=told)


def _chained(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> pa.RecordBatchReader:
    return pa.RecordBatchReader.from_batches(first.schema, chain([first], rest))


def _fetched(
    connection: psycopg.Connection[Any], query: str, draft: int
) -> Iterator[tuple[list[dict[str, Any]], list[psycopg.Column]]]:
    """Rows some thousand at a time, with their columns."""
    with connection.cursor("draft", row_factory=dict_row) as cursor:
        cursor.execute(query.encode(), {"draft": draft})
        while rows := cursor.fetchmany(_ROWS):
            yield rows, list(cursor.description or ())


def _worded(name: str, value: Any, language: Language) -> Any:
    """Words in place of the keys of kinds, changes and figures."""
    if name == "change":
        return CHANGES[value].in_language(language)
    if name == "changes":
        return "; ".join(text.in_language(language) for key, text in CHANGES.items() if key in value)
    if name == "kind" and value in KINDS:
        return KINDS[value].in_language(language)
    if name == "fields":
        return ", ".join(FIGURES[key].in_language(language) for key in value)
    return value


def _cell(name: str, value: Any, language: Language) -> object:
    told = _worded(name, value, language)
    if isinstance(told, str):
        return guarded(told)
    if isinstance(told, float):
        return f"{told * 100:.2f}" if name in _PER_CENT else f"{told:.2f}".rstrip("0").rstrip(".")
    return told
