"""What a parcel is for who builds on it: the ground that roads leave, zones with their limits, frontages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.rules import RuleBook
from layers.planning.building.drawn import kept_ground
from layers.planning.building.frontage import frontages, unplanned
from layers.planning.building.ground import Kept, Net, net_of
from layers.planning.building.lines import Line
from layers.planning.building.reading import Street
from layers.planning.building.setbacks import FrontLine, front_lines
from layers.planning.building.zones import Limits, Zone, limits_of
from layers.planning.tolerance import tolerance_on


@dataclass(frozen=True, slots=True)
class Study:
    """Metres and m² of the working grid.

    Attributes:
        net_m2: the lot as the law measures it without what roads take; ``basis`` says which area that is of.
        reserves: governing planned roads by the id of their zone.
        kept: ground that setbacks keep free, as far as they are known; ``drawn`` the lines behind them.
        unmeasured: streets whose width nobody stated.
        unplanned: streets beside the lot whose planned width nobody stated.
    """

    lot: BaseGeometry
    net: Net
    net_m2: float
    basis: str
    limits: Sequence[Limits]
    reserves: Mapping[int, Mapping[str, Any]]
    fronts: Sequence[FrontLine]
    kept: Sequence[Kept]
    drawn: Sequence[Line]
    unmeasured: Sequence[Street]
    unplanned: Sequence[Street]

    @property
    def functions(self) -> list[tuple[str | None, str | None]]:
        """Code and name of each governing function."""
        return [(one.zone.hit["function_code"], one.zone.hit["function_name"]) for one in self.limits]

    @property
    def lines_known(self) -> bool:
        """Whether red line and setback of every street around can be told, and there is one."""
        told = [line.value for front in self.fronts for line in (front.setback, front.red_line)]
        return bool(told) and None not in told and not self.unmeasured


def study(
    parcel: Mapping[str, Any],
    hits: Sequence[Mapping[str, Any]],
    streets: Sequence[Street],
    gaps: Mapping[str, str],
    book: RuleBook,
    *,
    height_m: float | None = None,
) -> Study:
    """``hits`` are those of the parcel; ``gaps`` maps each theme without data there to its title.

    Setbacks are those of a building of ``height_m``, else of the highest that the plan allows.
    """
    lot = shapely.from_wkb(bytes(parcel["wkb"]))
    governing = [hit for hit in hits if hit["governs"]]
    reserves = {hit["feature_id"]: hit for hit in governing if hit["theme"] == "road_reserve"}
    net = net_of(lot, [(zone, _ground(hit)) for zone, hit in reserves.items()], streets)
    stated, basis = _area(parcel, lot)
    net_m2 = max(0.0, stated - net.taken_m2) if not net.gone else 0.0
    limits = [limits_of(zone, net_m2, book) for zone in _zones(governing, lot)]
    meant = limits if height_m is None else [replace(one, height_m=height_m) for one in limits]
    roads_known = "road_reserve" not in gaps
    fronts = front_lines(frontages(lot, streets), meant, net, reserves, book, roads_known=roads_known)
    kept, drawn = kept_ground(fronts, net, reserves, limits)
    unmeasured = [street for street in streets if street.red_half_m is None]
    beside = unplanned(lot, streets)
    return Study(lot, net, net_m2, basis, limits, reserves, fronts, kept, drawn, unmeasured, beside)


def _zones(governing: Sequence[Mapping[str, Any]], lot: BaseGeometry) -> list[Zone]:
    """Zones of land function with more than a sliver of ground that no more detailed plan rules."""
    zones = [Zone(hit, _ground(hit)) for hit in governing if hit["theme"] == "land_function"]
    return [zone for zone in zones if zone.ground.area > tolerance_on(lot.area)]


def _ground(hit: Mapping[str, Any]) -> BaseGeometry:
    return shapely.from_wkb(bytes(hit["ground"]))


def _area(parcel: Mapping[str, Any], lot: BaseGeometry) -> tuple[float, str]:
    """The legal area is that of the certificate; the map's own only where none is written."""
    for column, basis in (("legal_area_m2", "legal"), ("measured_area_m2", "measured")):
        if parcel[column]:
            return float(parcel[column]), basis
    return float(lot.area), "computed"
