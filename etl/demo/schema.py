"""The columns each demo generator yields, one Arrow schema a layer.

`geom` is little-endian WKB in the working grid (EPSG:9210, metres, easting then northing). Time stamps are
UTC. A column is nullable only where its schema says so.
"""

from __future__ import annotations

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")


def _field(name: str, kind: pa.DataType, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null)


_TEXT = pa.string()
_GEOM = _field("geom", pa.binary())

ADMIN_UNITS = pa.schema(
    [
        _field("code", _TEXT),
        _field("name", _TEXT),
        _field("full_name", _TEXT),
        _field("kind", _TEXT),  # phuong | xa
        _field("generation", pa.int16()),
        _field("existed_from", pa.date32()),
        _field("existed_to", pa.date32(), null=True),
        _field("parent_code", _TEXT),
        _field("predecessors", pa.list_(_TEXT)),  # "code@generation"
        _field("note", _TEXT, null=True),
        _GEOM,
    ]
)

STREETS = pa.schema(
    [
        _field("name", _TEXT),
        _field("kind", _TEXT),  # quoc_lo | duong_tinh | duong_chinh | duong_pho | hem
        _field("width_m", pa.float64()),
        _field("planned_width_m", pa.float64(), null=True),
        _GEOM,
    ]
)

WATERS = pa.schema([_field("name", _TEXT), _field("kind", _TEXT), _GEOM])  # song | kenh | rach | ho

PARCELS = pa.schema(
    [
        _field("identifier", _TEXT, null=True),
        _field("unit_code", _TEXT),  # of generation 1
        _field("sheet_no", _TEXT),
        _field("parcel_no", _TEXT),
        _field("old_sheet_no", _TEXT, null=True),
        _field("old_parcel_no", _TEXT, null=True),
        _field("legal_area_m2", pa.float64()),
        _field("measured_area_m2", pa.float64()),
        _field("land_uses", _TEXT),  # JSON list: code, code_version, area_m2, term, origin
        _field("status", _TEXT),  # in_force | disputed | seized | mortgaged
        _field("address", _TEXT),
        _field("source_date", pa.date32()),
        _GEOM,
    ]
)

PARCEL_OWNERS = pa.schema(
    [
        _field("parcel_row", pa.int64()),  # 0-based, in the order of the parcels stream
        _field("unit_code", _TEXT),
        _field("sheet_no", _TEXT),
        _field("parcel_no", _TEXT),
        _field("holder_name", _TEXT),
        _field("id_number", _TEXT),
        _field("phone", _TEXT, null=True),
        _field("certificate_no", _TEXT),
    ]
)

ZONING = pa.schema(
    [
        _field("code", _TEXT),
        _field("title", _TEXT),
        # land_function | road_reserve | waterway_corridor | power_corridor | heritage
        _field("theme", _TEXT),
        _field("plan_code", _TEXT),
        _field("plan_name", _TEXT),
        _field("plan_level", _TEXT),  # chung | phan_khu | chi_tiet
        _field("plan_themes", pa.list_(_TEXT)),  # those the plan shows completely
        _field("decision_no", _TEXT),
        _field("decision_date", pa.date32()),
        _field("scale", pa.int32()),
        _field("function_code", _TEXT),
        _field("function_name", _TEXT),
        _field("max_density_pct", pa.float64(), null=True),
        _field("floors_min", pa.int16(), null=True),
        _field("floors_max", pa.int16(), null=True),
        _field("height_max_m", pa.float64(), null=True),
        _field("far_max", pa.float64(), null=True),
        _field("red_line_m", pa.float64(), null=True),
        _field("building_line_m", pa.float64(), null=True),
        _field("setback_m", pa.float64(), null=True),
        _field("ground_level_m", pa.float64(), null=True),
        _field("legal_basis", _TEXT),
        _field("source_date", pa.date32()),
        _GEOM,
    ]
)

CAMERAS = pa.schema(
    [
        _field("code", _TEXT),
        _field("name", _TEXT),
        _field("smart", pa.bool_()),
        _field("status", _TEXT),
        _field("street", _TEXT),
        _field("aim_deg", pa.float64()),  # clockwise from north
        _field("features", _TEXT),  # JSON list, empty for an ordinary camera
        _field("installed_on", pa.date32()),
        _GEOM,
    ]
)

HOTSPOTS = pa.schema(
    [
        _field("code", _TEXT),
        _field("name", _TEXT),
        _field("place_kind", _TEXT),
        _field("status", _TEXT),
        _field("ssid", _TEXT),
        _field("session_limit_minutes", pa.int16()),
        _field("cooldown_s", pa.int32(), null=True),
        _GEOM,
    ]
)

SENSORS = pa.schema(
    [
        _field("code", _TEXT),
        _field("name", _TEXT),
        _field("river", _TEXT),
        _field("status", _TEXT),
        _field("interval_min_minutes", pa.int16()),
        _field("interval_max_minutes", pa.int16()),
        _GEOM,
    ]
)

OBSERVATIONS = pa.schema(
    [
        _field("sensor_code", _TEXT),
        _field("property", _TEXT),  # salinity | ph | temperature
        _field("unit", _TEXT),
        _field("observed_at", TIME),
        _field("value", pa.float64(), null=True),
        _field("flag", pa.int16()),  # 0 raw 1 good 2 suspect 3 bad 4 missing 5 estimated 6 maintenance
    ]
)

VIOLATIONS = pa.schema(
    [
        _field("code", _TEXT),
        _field("stream", _TEXT),  # traffic | urban_order
        _field("state", _TEXT),
        _field("category", _TEXT),
        _field("office", _TEXT),  # tnmt | qldt | csgt
        _field("occurred_at", TIME),
        _field("received_at", TIME),
        _field("notified_at", TIME, null=True),
        _field("recorded_at", TIME, null=True),
        _field("paid_at", TIME, null=True),
        _field("done_at", TIME, null=True),
        _field("due_at", TIME, null=True),
        _field("amount_vnd", pa.int64(), null=True),
        _field("plate", _TEXT, null=True),
        _field("vehicle_kind", _TEXT, null=True),  # car | motorbike; the plate alone cannot tell
        _field("reporter_name", _TEXT, null=True),
        _field("reporter_phone", _TEXT, null=True),
        _field("camera_code", _TEXT, null=True),
        _field("street", _TEXT),
        _field("description", _TEXT),
        _GEOM,
    ]
)

BY_LAYER: dict[str, pa.Schema] = {
    "admin_units": ADMIN_UNITS,
    "streets": STREETS,
    "waters": WATERS,
    "parcels": PARCELS,
    "parcel_owners": PARCEL_OWNERS,
    "zoning": ZONING,
    "cameras": CAMERAS,
    "hotspots": HOTSPOTS,
    "sensors": SENSORS,
    "observations": OBSERVATIONS,
    "violations": VIOLATIONS,
}
