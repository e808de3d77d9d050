"""How the files of a source are read, as a person said it: kept by source and layer, the newest holds."""

from datetime import datetime
from typing import Any

import psycopg
from pydantic import ValidationError

from gis_platform.city import SavedMapping
from gis_platform.errors import BadParameter
from gis_platform.layer import SOURCE_DATE, Layer
from gis_platform.layer.sources import UNNAMED
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


class DeliveryMapping(SavedMapping):
    """A mapping of columns, with the encoding and the grid of files that say neither."""

    encoding: str | None = None
    crs: str | None = None


class KeptMapping(DeliveryMapping):
    """A mapping as it is on record."""

    source: str
    saved_by: str
    saved_at: datetime


def checked_mapping(layer: Layer, mapping: dict[str, Any]) -> DeliveryMapping:
    """A mapping as a person sends it. Raises `BadParameter` where it is none, or names no property."""
    try:
        said = DeliveryMapping.model_validate(mapping)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadParameter(
            f"The mapping cannot be kept: {where or 'it'}: {first['msg']}.",
            parameter="mapping",
            detail_vi=f"Cách đọc tệp chưa ghi được: mục “{where or 'chung'}” không hợp lệ.",
        ) from fault
    known = {p.name for p in layer.properties} - {SOURCE_DATE.name}
    unknown = sorted((set(said.columns) | set(said.constants)) - known)
    if unknown:
        raise BadParameter(
            f"The mapping cannot be kept: {layer.name} has no property {unknown[0]!r}.",
            parameter="mapping",
            detail_vi=f"Lớp {layer.title.vi} không có thông tin nào tên “{unknown[0]}”.",
        )
    return said


def save_mapping(
    connection: psycopg.Connection[Any],
    layer: Layer,
    source: str,
    mapping: DeliveryMapping,
    saved_by: str,
) -> int:
    """Keep it beside those before; the caller commits. The number of the entry."""
    told = {
        "layer": layer.name,
        "source": source,
        "mapping": mapping.model_dump_json(exclude_none=True),
        "saved_by": saved_by,
    }
    row = connection.execute(SQL["save"].text, told).fetchone()
    if row is None:
        raise AssertionError("an INSERT with RETURNING answers a row")
    return int(row[0])


def saved_mapping(
    connection: psycopg.Connection[Any], layer: Layer, source: str | None
) -> KeptMapping | None:
    """The newest of a source; where none is named, of the only one there is, or that of files without."""
    told = {"layer": layer.name, "source": source}
    rows = connection.execute(SQL["newest"].text, told).fetchall()
    if len(rows) > 1:
        rows = [row for row in rows if row[0] == UNNAMED]
    if len(rows) != 1:
        return None
    name, mapping, saved_by, saved_at = rows[0]
    return KeptMapping.model_validate({**mapping, "source": name, "saved_by": saved_by, "saved_at": saved_at})
