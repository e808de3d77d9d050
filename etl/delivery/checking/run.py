"""All the checks of one delivery, in the order in which a person would look."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

import psycopg

from etl.delivery.checking.areas import check_areas
from etl.delivery.checking.book import Notes
from etl.delivery.checking.codes import check_codes
from etl.delivery.checking.coverage import check_coverage
from etl.delivery.checking.keys import check_keys, check_same_geometry
from etl.delivery.checking.pieces import Piece, pieces
from etl.delivery.checking.places import check_lying, check_place_code
from etl.delivery.checking.rings import check_rings
from etl.delivery.checking.subject import Subject, leave, look_at
from etl.delivery.reading import Reader
from etl.delivery.request import Finding
from gis_platform.layer import Layer

#: Pieces are looked at beside what the database looks at; each takes some tens of megabytes.
_THREADS = 2
_BY_THE_DATABASE = (
    check_keys,
    check_same_geometry,
    check_areas,
    check_codes,
    check_place_code,
    check_lying,
)


def run_checks(connection: psycopg.Connection[Any], reader: Reader, delivery_id: int) -> tuple[Finding, ...]:
    """Look at the rows staged in the delivery's workspace, and keep what is found in core.delivery_fault.

    Unqualified names are those of the workspace. Nothing is committed, and nothing of the rows is changed.
    Geometry that is in force as it is was looked at when it came, and is passed over.
    """
    properties, srid = tuple(reader.properties), reader.shapes.to_srid
    return check_staged(connection, reader.layer, properties, delivery_id, srid)


def check_staged(
    connection: psycopg.Connection[Any],
    layer: Layer,
    properties: tuple[str, ...],
    delivery_id: int,
    srid: int,
) -> tuple[Finding, ...]:
    """The same of rows however they came to lie in ``staged``: these properties, geometry in grid `srid`."""
    subject = look_at(connection, layer, properties, delivery_id, srid)
    rest = iter(_BY_THE_DATABASE)
    looked: list[Notes] = []
    if layer.geometry.dimension:
        with ThreadPoolExecutor(_THREADS) as threads:
            waiting: deque[Future[Notes]] = deque()
            for piece in pieces(subject):
                waiting.append(threads.submit(_look, subject, piece))
                if len(waiting) > _THREADS:
                    for check in islice(rest, 1):
                        check(subject)
                    looked.append(waiting.popleft().result())
            for check in rest:
                check(subject)
            looked += [each.result() for each in waiting]
    for check in rest:
        check(subject)
    for notes in looked:
        notes.write_into(subject.book)
    leave(subject)
    return subject.book.findings()


def _look(subject: Subject, piece: Piece) -> Notes:
    notes = Notes()
    check_rings(subject, piece, notes)
    check_coverage(subject, piece, notes)
    return notes
