"""What the city's database knows before a file is read: the source's mapping, values and extent in force."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import psycopg

from etl.delivery.recognise.saved import KeptMapping, saved_mapping
from etl.delivery.request import DeliveryRequest
from gis_platform.geometry.crs import WGS84, transform_coordinates
from gis_platform.geometry.envelope import Bounds
from gis_platform.layer import Layer, installed_layers
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Known:
    """``mapping`` saved for the source; ``extent`` of all areas in force, longitude and latitude; ``values``
    that properties of the layer have most, by property."""

    mapping: KeptMapping | None = None
    extent: Bounds | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def look_up(
    connection: psycopg.Connection[Any], layer: Layer, source: str | None, working_srid: int
) -> Known:
    """Before a file of that source is opened."""
    frequent = connection.execute(SQL["frequent"].text, {"layer": layer.name}).fetchall()
    return Known(
        saved_mapping(connection, layer, source),
        _lonlat(list(_boxes(connection)), working_srid),
        {str(name): tuple(held) for name, held in frequent},
    )


def with_kept(request: DeliveryRequest, known: Known) -> DeliveryRequest:
    """The request with the mapping saved for its source, unless it brings one."""
    if request.mapping is not None or request.mapping_file is not None or known.mapping is None:
        return request
    return replace(request, mapping=known.mapping.model_dump(mode="json", exclude_none=True))


def remember(connection: psycopg.Connection[Any], delivery: int, request: DeliveryRequest) -> None:
    """Note with a delivery which saved mapping it is read by: a newer one does not change it any more."""
    told = {"id": delivery, "mapping": json.dumps(request.asked()["mapping"])}
    connection.execute(SQL["remember"].text, told)


def _boxes(connection: psycopg.Connection[Any]) -> Iterator[Bounds]:
    """Of each layer of areas, as far as it was analysed: wards, parcels, zones."""
    for layer in installed_layers().values():
        told = {"layer": layer.name}
        if layer.geometry.dimension != 2 or connection.execute(
            SQL["has_statistics"].text, told
        ).fetchone() == (False,):
            continue
        row = connection.execute(SQL["extent"].text, told).fetchone()
        if row is not None:
            yield (float(row[0]), float(row[1]), float(row[2]), float(row[3]))


def _lonlat(boxes: list[Bounds], working_srid: int) -> Bounds | None:
    if not boxes:
        return None
    held = np.array(boxes)
    (west, south), (east, north) = held[:, :2].min(axis=0), held[:, 2:].max(axis=0)
    corners = np.array([[west, south], [east, south], [west, north], [east, north]])
    moved = transform_coordinates(corners, working_srid, WGS84)
    least, most = moved.min(axis=0), moved.max(axis=0)
    return (float(least[0]), float(least[1]), float(most[0]), float(most[1]))
