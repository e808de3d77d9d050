"""What an answer is made from: parcels, hits and coverage, of the present or of another day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.rules import BOOKS, Held
from gis_platform.sqlfiles import NamedQueries, Query, named_queries
from layers.admin_units import CURRENT_GENERATION
from layers.planning.asking.question import Times
from layers.planning.building.reading import CODES, Surroundings, read_surroundings, surroundings_query
from layers.planning.tolerance import TOLERANCE_M2
from layers.zoning import PLAN_LEVELS

SQL = named_queries(__file__)

Rows = list[Any]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Rows of the queries of the same names, and what the building rules ask for besides."""

    parcels: Rows
    hits: Rows
    coverage: Rows
    around: Surroundings


async def overlay_of(
    work: UnitOfWork, ids: list[int], times: Times, present: NamedQueries, day: date
) -> Overlay:
    """The overlay of the parcels with the zones, and what lies around, in one round trip where that can be.

    ``present`` are the queries on the lean tables of today; ``day`` is the one whose rules are asked for.
    """
    held = BOOKS.held(CODES, day, times.parameters()["known_at"])
    queries = overlay_queries(ids, times, present, day, held)
    parcels, hits, coverage, near = await work.together(*queries)
    return Overlay(parcels, hits, coverage, read_surroundings(near[0], times, day, held))


def overlay_queries(
    ids: list[int], times: Times, present: NamedQueries, day: date, held: Held | None
) -> list[tuple[Query, dict[str, Any]]]:
    """What is asked for an overlay, in the order of its members; ``held`` are the rules known already."""
    if times.present:
        names, queries, when = ("parcels", "hits", "coverage"), present, {}
    else:
        names, queries, when = ("parcels_on", "hits_on", "coverage_on"), SQL, times.parameters()
    parcels, hits, coverage = names
    return [
        (queries[parcels], {"ids": ids, "generation": CURRENT_GENERATION, **when}),
        (queries[hits], {"ids": ids, "tolerance": TOLERANCE_M2, "levels": list(PLAN_LEVELS), **when}),
        (queries[coverage], {"ids": ids, **when}),
        surroundings_query(ids, times, day, held),
    ]
