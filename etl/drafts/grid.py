"""The grid of a draft: what its file says, what a person says, or else where its coordinates would lie.

A delivery is never given a grid that nobody declared. A draft changes nothing: it may be read in the one grid
that fits, and says that this was recognised.
"""

from dataclasses import replace
from typing import Any

from etl.delivery.grid import decide_srid
from etl.delivery.recognise.grids import GridGuess, bounds_of, guess_grids
from etl.delivery.request import DeliveryRequest
from etl.delivery.source import Source
from gis_platform.city import City
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.crs import Geometries
from gis_platform.geometry.envelope import Bounds

#: The share of features that must lie in the city, for a grid to be taken as recognised.
_SURE = 0.9


def grid_of(
    source: Source, request: DeliveryRequest, city: City, shapes: Geometries, in_force: Bounds | None
) -> dict[str, Any]:
    """``srid``, ``how`` (declared, chosen, recognised) and, where it was recognised, ``others`` that fit too.

    Raises `DeliveryRefused` or `BadParameter` as for a delivery.
    """

    def guess() -> tuple[GridGuess, ...]:
        return guess_grids(bounds_of(shapes), city.envelope.as_tuple(), city.working_srid, in_force)

    try:
        srid = decide_srid(source, request, city.working_srid, guess)
    except DeliveryRefused as refusal:
        guesses = guess() if request.crs is None and "grid" in refusal.extra else ()
        likely = next((each for each in guesses if not each.swapped and each.score >= _SURE), None)
        if likely is None:
            raise
        srid = decide_srid(source, replace(request, crs=likely.name), city.working_srid)
        others = [each.srid for each in guesses if each.srid != srid and not each.swapped]
        return {"srid": srid, "how": "recognised", "others": others}
    return {"srid": srid, "how": "declared" if request.crs is None else "chosen", "others": []}
