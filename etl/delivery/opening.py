"""Opening a delivered file: everything that can be found out before a row of it is read."""

from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from etl.delivery.faults import Faults, refuse
from etl.delivery.mapping import Reading, find_reading, fitting
from etl.delivery.reading import Reader
from etl.delivery.receive import receive
from etl.delivery.recognise.known import Known, look_up, with_kept
from etl.delivery.recognise.whole import recognise, with_saved
from etl.delivery.register import require_city
from etl.delivery.request import DeliveryRequest
from etl.delivery.shapes import Shapes
from etl.delivery.source import Source, open_source, spatial_layers
from etl.delivery.values import Values
from gis_platform.city import City
from gis_platform.clock.now import SystemClock, civil_date
from gis_platform.errors import BadParameter
from gis_platform.layer import Layer, installed_layers
from gis_platform.layer.sources import UNNAMED


def target_layer(name: str) -> Layer:
    """The layer of that name. Raises `BadParameter` where there is none."""
    layers = installed_layers()
    if name not in layers:
        known = ", ".join(sorted(layers))
        raise BadParameter(f"There is no layer {name!r}. Known: {known}.", parameter="layer")
    return layers[name]


def refuse_future(city: City, request: DeliveryRequest) -> None:
    """Raises `BadParameter` where the source's date has not come yet."""
    today = civil_date(SystemClock().now(), ZoneInfo(city.timezone))
    if request.source_date > today:
        told = f"The source's date {request.source_date} lies after today."
        raise BadParameter(told, parameter="source-date")


def look_around(
    connection: psycopg.Connection[Any], city: City, request: DeliveryRequest
) -> tuple[DeliveryRequest, Known]:
    """What the city's database says of such a file before it is opened; the request with the saved mapping.

    Raises `Unavailable` or `Conflict` where the database is not ready, or another city's.
    """
    layer = target_layer(request.layer)
    require_city(connection, city, layer.name)
    known = look_up(connection, layer, request.source, city.working_srid)
    return with_kept(request, known), known


def open_delivery(
    city: City, request: DeliveryRequest, faults: Faults | None = None, known: Known | None = None
) -> tuple[Reader, str]:
    """The file, ready to be read into its layer, and the name of its source; faults are gathered in `faults`.

    ``known`` is what the database holds by now; it makes better guesses of what is not clear.

    Raises:
        BadParameter: something asked for is not there: the file, the layer, a property, a grid.
        DeliveryRefused: the file cannot be taken in; the detail names file and cause.
    """
    layer = target_layer(request.layer)
    reading = find_reading(city, layer, request)
    request = with_saved(request, reading.saved)
    source, reading = _source(request, reading)
    if source.features == 0:
        told_vi = f"Lớp {source.layer} của tệp không có dòng nào."
        raise refuse(source.name, "empty_file", f"layer {source.layer} is empty: it has no rows.", told_vi)
    faults = faults if faults is not None else Faults(source.name)
    seen = recognise(city, layer, source, reading.saved, request, faults, known or Known())
    extent = None if known is None else known.extent
    shapes = Shapes(layer.geometry, seen.srid, city.working_srid, city.envelope.as_tuple(), faults, extent)
    values = Values(source.codec, city.timezone, faults, seen.readings)
    where = request.where or reading.saved.where
    reader = Reader(source, layer, seen.assignment, where, values, shapes, faults)
    return reader, reading.source or request.source or UNNAMED


def _source(request: DeliveryRequest, reading: Reading) -> tuple[Source, Reading]:
    file = receive(request.file, sha256=request.sha256)
    known = spatial_layers(file)
    saved_layer = reading.saved.file_layer
    if request.file_layer is None and not reading.named and saved_layer not in (None, *known):
        saved_layer = None
    source = open_source(file, request.file_layer or saved_layer, request.encoding)
    return source, fitting(reading, source.fields, known)
