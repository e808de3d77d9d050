"""Stated areas against each other and against the geometry: a list, and nothing is overwritten."""

from itertools import combinations

from psycopg import sql

from etl.delivery.checking.subject import Subject
from etl.delivery.checking.tolerances import AREA_FACTOR
from etl.delivery.composing import compose
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def check_areas(subject: Subject) -> None:
    """Every two stated areas, and each against the area in the working grid."""
    stated = [name for name in subject.layer.checks.stated_areas if name in subject.properties]
    if subject.scale is None:
        return
    parameters = {"factor": AREA_FACTOR * subject.scale}
    title = {name: subject.layer.property_named(name).title for name in stated}
    for one, other in combinations(stated, 2):
        differing = compose(SQL["stated"], one=sql.Identifier(one), other=sql.Identifier(other))
        words = {"one": title[one], "other": title[other]}
        subject.book.found("areas_differ", differing, parameters, words)
    for one in stated:
        drawn = compose(SQL["drawn"], one=sql.Identifier(one))
        subject.book.found("area_not_drawn", drawn, parameters, {"one": title[one]})
