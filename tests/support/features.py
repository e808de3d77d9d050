"""Made-up features of any layer, from its declaration and its table's constraints: no layer is named here."""

import json
import re
from datetime import date, datetime
from functools import partial
from itertools import product
from typing import Any, cast

import psycopg
from geoalchemy2 import Geometry as GeometryType
from hypothesis import find
from hypothesis import strategies as st
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from gis_platform.layer import Geometry, Layer
from tests.support.catalogue import checks

Connection = psycopg.Connection[Any]
Values = dict[str, Any]

# The middle of the demo city; a feature of number n lies n steps to the east of it.
LON, LAT = 106.3656, 10.3548
STEP = 0.0005
_HALF = 0.0001

_PATTERN = re.compile(r"\((\w+) ~ '([^']+)'::text\)")
_MOMENT = datetime.fromisoformat("2023-01-02T03:04:05+07:00")


def make_feature(connection: Connection, layer: Layer, number: int = 1) -> dict[str, Any]:
    """A GeoJSON feature of the layer with every property filled, which the table accepts.

    Raises:
        AssertionError: no values were found that pass the table's constraints and each role's row policy.
    """
    geometry = make_geometry(layer.geometry, number)
    patterns = {
        name: text for c in checks(connection, f"layer.{layer.name}") for name, text in _PATTERN.findall(c)
    }
    choices = [_candidates(layer, p.name, patterns.get(p.name), number) for p in layer.properties]
    faults = set()
    for chosen in product(*choices):
        values = dict(zip((p.name for p in layer.properties), chosen, strict=True))
        try:
            with connection.transaction(force_rollback=True):
                row = insert(connection, layer, values, geometry)
                seen = _seen_by_all(connection, layer, row)
        except psycopg.errors.CheckViolation as fault:
            faults.add(str(fault).partition("\n")[0])
            continue
        if seen:
            return {"type": "Feature", "properties": values, "geometry": geometry}
    raise AssertionError(f"no values for {layer.name} pass: {sorted(faults)}")


def collection_of(*features: dict[str, Any]) -> str:
    """A GeoJSON document as another office would send it: dates are text, lists are JSON."""
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document, ensure_ascii=False, default=lambda value: value.isoformat())


def insert(connection: Connection, layer: Layer, values: Values, geometry: dict[str, Any]) -> int:
    """Put one row straight into the table; its id."""
    names = [*values, *(["valid_from"] if layer.history else [])]
    bound = [_adapted(layer, name, value) for name, value in values.items()]
    bound += [values["source_date"]] if layer.history else []
    statement = sql.SQL(
        "INSERT INTO {table} ({names}, geom) VALUES ({values}, "
        "ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON({geometry}), 4326), core.working_srid())) RETURNING id"
    ).format(
        table=sql.Identifier("layer", layer.name),
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
        values=sql.SQL(", ").join(sql.Placeholder() * len(names)),
        geometry=sql.Placeholder(),
    )
    row = connection.execute(statement, [*bound, json.dumps(geometry)]).fetchone()
    assert row is not None
    return int(row[0])


def make_geometry(kind: Geometry, number: int) -> dict[str, Any]:
    """A point, a short line or a small square, in WGS 84."""
    x, y = LON + number * STEP, LAT
    corners = [(x - _HALF, y - _HALF), (x + _HALF, y - _HALF), (x + _HALF, y + _HALF), (x - _HALF, y + _HALF)]
    match kind:
        case Geometry.POINT:
            return {"type": "Point", "coordinates": [x, y]}
        case Geometry.MULTILINESTRING:
            return {"type": "MultiLineString", "coordinates": [[list(c) for c in corners[:2]]]}
        case Geometry.MULTIPOLYGON:
            ring = [list(c) for c in [*corners, corners[0]]]
            return {"type": "MultiPolygon", "coordinates": [[ring]]}


def _seen_by_all(connection: Connection, layer: Layer, row: int) -> bool:
    conditions = [sql.SQL(cast(Any, text)) for text in layer.visible_rows.values()]
    statement = sql.SQL("SELECT FROM {} WHERE id = %s AND ({})").format(
        sql.Identifier("layer", layer.name), sql.SQL(") AND (").join([sql.SQL("true"), *conditions])
    )
    return connection.execute(statement, [row]).rowcount == 1


def _candidates(layer: Layer, name: str, pattern: str | None, number: int) -> list[Any]:
    declared = layer.property_named(name).values
    kind = layer.column(name).type
    if pattern is not None:
        return [find(st.from_regex(pattern, fullmatch=True), partial(_holds, pattern))]
    if declared:
        return list(declared)
    for types, value in (
        ((SqlText,), f"{name} {number}"),
        ((Boolean,), True),
        # All numbers alike: a least and a greatest value that are equal contradict each other nowhere.
        ((Integer, BigInteger), 1),
        ((Double,), 1.0),
        ((DateTime,), _MOMENT),
        ((Date,), date(2020, 9, 1)),
        ((JSONB,), []),
        ((ARRAY,), [f"{name} {number}"]),
    ):
        if isinstance(kind, types) and not isinstance(kind, GeometryType):
            return [value]
    raise AssertionError(f"teach this module to make up a {kind!r} for {layer.name}.{name}")


def _holds(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _adapted(layer: Layer, name: str, value: object) -> object:
    return Jsonb(value) if isinstance(layer.column(name).type, JSONB) else value
