"""The strip as a table for a spreadsheet: a row for each parcel, then for what other layers hold."""

from collections.abc import Iterator

import shapely

from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import BOM, cell, csv_lines
from layers.parcels import LAYER as PARCELS
from layers.planning.strip.answer import Strip
from layers.planning.strip.others import Feature

_COLUMNS = (
    Text("Lớp dữ liệu", "Layer"),
    Text("Mã", "Id"),
    Text("Tên", "Name"),
    Text("Số tờ", "Sheet"),
    Text("Số thửa", "Parcel"),
    Text("Mã đơn vị hành chính", "Unit"),
    Text("Địa chỉ", "Address"),
    Text("Diện tích thửa (m²)", "Parcel area (m²)"),
    Text("Diện tích trong dải (m²)", "Area in the strip (m²)"),
    Text("Tỷ lệ trong dải (%)", "Share in the strip (%)"),
    Text("Cách chỉ giới đường đỏ (m)", "From the planned line (m)"),
    Text("Phần thuộc đường quy hoạch (m²)", "Taken by planned roads (m²)"),
    Text("Kinh độ", "Longitude"),
    Text("Vĩ độ", "Latitude"),
    Text("Dữ liệu đến ngày", "Data as of"),
    Text("Dữ liệu minh hoạ", "Made up"),
)
_YES = Text("có", "yes")
_BY_TODAY = Text("Cách nửa bề rộng hiện trạng (m)", "From half of today's width (m)")
_DISTANCE = 10


def strip_table(strip: Strip, language: Language) -> Iterator[bytes]:
    """CSV in UTF-8 with a byte order mark; areas in m², distances in m, places in WGS 84 degrees."""
    heads = list(_COLUMNS)
    if not strip.street.planned:
        heads[_DISTANCE] = _BY_TODAY
    yield BOM.encode() + csv_lines([[head.in_language(language) for head in heads]])
    yield csv_lines(_parcels(strip, language))
    for found in strip.others:
        made_up = _YES.in_language(language) if found.synthetic else ""
        title = found.layer.title.in_language(language)
        yield csv_lines(_feature(title, one, made_up) for one in found.features)


def _parcels(strip: Strip, language: Language) -> Iterator[list[object]]:
    title = PARCELS.title.in_language(language)
    for one in strip.parcels:
        name = PARCELS.name_of({"sheet_no": one.sheet_no, "parcel_no": one.parcel_no}, language)
        lon, lat = one.place
        row: list[object] = [title, one.id, name, one.sheet_no, one.parcel_no, one.unit_code, one.address]
        row += [one.parcel_m2, one.area_m2, one.share * 100, one.distance_m, one.taken_m2]
        row += [f"{lon:.6f}", f"{lat:.6f}", one.source_date.isoformat()]
        yield [cell(value) for value in (*row, _YES.in_language(language) if one.synthetic else "")]


def _feature(layer: str, one: Feature, made_up: str) -> list[object]:
    place = shapely.point_on_surface(shapely.geometry.shape(one.shape))
    row: list[object] = [layer, one.id, one.title, *[None] * 7, one.distance_m, None]
    return [cell(value) for value in (*row, f"{place.x:.6f}", f"{place.y:.6f}", None, made_up)]
