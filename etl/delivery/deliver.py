"""A delivery from file to layer, in one transaction: after it the layer holds all of it, or nothing."""

from zoneinfo import ZoneInfo

import psycopg

from etl.delivery.applying import apply
from etl.delivery.comparing import compare
from etl.delivery.faults import Faults, refuse
from etl.delivery.grid import decide_srid
from etl.delivery.mapping import Reading, assign, find_reading, fitting
from etl.delivery.noticing import notice
from etl.delivery.progress import Progress, Silent
from etl.delivery.reading import Reader
from etl.delivery.receive import receive
from etl.delivery.register import applied_before, audit, confirm, enter, require_city, take_turn
from etl.delivery.request import Counts, DeliveryRequest, DeliveryResult
from etl.delivery.shapes import Shapes
from etl.delivery.source import Source, open_source, spatial_layers
from etl.delivery.staging import stage
from etl.delivery.values import Values
from gis_platform.city import City, load_city
from gis_platform.clock.now import SystemClock, civil_date
from gis_platform.errors import BadParameter, Unavailable
from gis_platform.layer import Layer, installed_layers
from gis_platform.settings import Settings


def deliver(
    settings: Settings, request: DeliveryRequest, database: str, progress: Progress | None = None
) -> DeliveryResult:
    """Read a file into a layer of the city's database.

    database: connection string of the owner. The file may be killed off at any moment: until the commit
    the layer is as it was, readers included.

    Raises:
        BadParameter: something asked for is not there: the file, the layer, a property, a grid.
        DeliveryRefused: the file cannot be taken in; the detail names file, row and cause.
        Unavailable, Conflict: the database is not ready, or another city's.
    """
    progress = progress or Silent()
    city = load_city(settings.city)
    layer = _layer(request.layer)
    _refuse_future(city, request)
    reader, reading = _open(city, layer, request)
    try:
        return _deliver(city, reader, reading.source, request, database, progress)
    except psycopg.OperationalError as fault:
        raise Unavailable(f"The database ended the delivery, and nothing was stored: {fault}") from fault


def _deliver(
    city: City, reader: Reader, named: str | None, request: DeliveryRequest, database: str, progress: Progress
) -> DeliveryResult:
    layer = reader.layer
    with psycopg.connect(database) as connection:
        require_city(connection, city, layer.name)
        take_turn(connection, layer, progress)
        before, newest = applied_before(connection, reader, request)
        if before is not None and newest:
            return DeliveryResult(before, "already applied", Counts())
        progress.step(f"reading and checking {reader.source.name}")
        total = reader.source.features if reader.source.features >= 0 and not reader.where else None
        stage(connection, reader, lambda rows: progress.rows(rows, total))
        progress.step("comparing with what is in force")
        counts = compare(connection, reader, request.source_date, request.scope)
        if before is not None and not counts.touched:
            connection.rollback()
            return DeliveryResult(before, "already applied", Counts())
        noticed = notice(connection, reader, request.source_date, counts)
        progress.step("applying")
        source = named or reader.source.file.path.stem
        delivery = enter(connection, reader, request, source, counts)
        apply(connection, reader, request.source_date, delivery, counts)
        confirm(connection, reader, delivery, counts)
        audit(connection, reader, request, delivery, counts)
        progress.step("committing")
        into = f"{city.title_en} (database {connection.info.dbname})"
    return DeliveryResult(delivery, "applied", counts, noticed, into)


def _refuse_future(city: City, request: DeliveryRequest) -> None:
    today = civil_date(SystemClock().now(), ZoneInfo(city.timezone))
    if request.source_date > today:
        told = f"The source's date {request.source_date} lies after today."
        raise BadParameter(told, parameter="source-date")


def _layer(name: str) -> Layer:
    layers = installed_layers()
    if name not in layers:
        known = ", ".join(sorted(layers))
        raise BadParameter(f"There is no layer {name!r}. Known: {known}.", parameter="layer")
    return layers[name]


def _open(city: City, layer: Layer, request: DeliveryRequest) -> tuple[Reader, Reading]:
    """Everything that can be found out before a row is read."""
    reading = find_reading(city, layer, request)
    source, reading = _source(request, reading)
    if source.features == 0:
        raise refuse(source.name, "empty_file", f"layer {source.layer} is empty: it has no rows.")
    faults = Faults(source.name)
    assignment = assign(layer, source.fields, reading.saved, request, faults)
    faults.refuse_if_any()
    srid = decide_srid(source, request, city.working_srid)
    shapes = Shapes(layer.geometry, srid, city.working_srid, city.envelope.as_tuple(), faults)
    values = Values(source.codec, city.timezone, faults)
    where = request.where or reading.saved.where
    return Reader(source, layer, assignment, where, values, shapes, faults), reading


def _source(request: DeliveryRequest, reading: Reading) -> tuple[Source, Reading]:
    file = receive(request.file)
    known = spatial_layers(file)
    saved_layer = reading.saved.file_layer
    if request.file_layer is None and not reading.named and saved_layer not in (None, *known):
        saved_layer = None
    source = open_source(file, request.file_layer or saved_layer, request.encoding)
    return source, fitting(reading, source.fields, known)
