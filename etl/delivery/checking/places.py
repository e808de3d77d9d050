"""Identifiers that name a place, and administrative units: does the feature lie where it says?"""

from psycopg import sql

from etl.delivery.checking.subject import Subject
from etl.delivery.composing import compose
from gis_platform.layer import Lying
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: A unit's border is published for display: a feature is outside only with more than half of itself.
_BULK = 0.5


def check_place_code(subject: Subject) -> None:
    """A geohash names a place within its feature; one that is not of the form is left out here."""
    name = subject.layer.checks.place_code
    if name is None or name not in subject.properties:
        return
    elsewhere = compose(SQL["elsewhere"], code=sql.Identifier(name))
    subject.book.found("identifier_elsewhere", elsewhere, {"tolerance": max(subject.tolerance, 1.0)})


def check_lying(subject: Subject) -> None:
    """Code known, of a unit of the delivery's day, and the feature for the most part in that unit."""
    lying = subject.layer.checks.lying
    if lying is None or lying.property not in subject.properties:
        return
    parts = _parts(lying)
    known = subject.connection.execute(compose(SQL["any_unit"], **parts)).fetchone()
    if known is None or not known[0]:
        return
    day = {"day": subject.source_date, "bulk": _BULK}
    subject.book.found("unit_unknown", compose(SQL["unit_unknown"], **parts))
    subject.connection.execute(compose(SQL["make_units"], **parts), day)
    subject.connection.execute(SQL["index_units"].text)
    subject.book.found("unit_retired", compose(SQL["unit_retired"], **parts), day)
    subject.connection.execute(compose(SQL["make_blocks"], **parts), day | {"srid": subject.srid})
    subject.connection.execute(SQL["analyze_blocks"].text)
    subject.connection.execute(compose(SQL["make_astray"], **parts), day)
    subject.book.found("unit_generation", compose(SQL["unit_generation"]), day)
    subject.book.found("outside_unit", compose(SQL["outside_unit"]), day)
    subject.connection.execute(SQL["drop_units"].text)


def _parts(lying: Lying) -> dict[str, sql.Composable]:
    return {
        "units": sql.Identifier("layer", lying.layer),
        "named": sql.Identifier(lying.property),
        "code": sql.Identifier(lying.code),
        "generation": sql.Identifier(lying.generation),
        "since": sql.Identifier(lying.since),
        "until": sql.Identifier(lying.until),
        "title": sql.Identifier(lying.title),
    }
