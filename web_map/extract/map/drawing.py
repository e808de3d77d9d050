"""The map of a document as SVG, from the ground up, and the legend of what is on it."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.geometry.crs import is_vn2000
from layers.planning.building.ground import strip
from layers.streets import LAYER as STREETS
from layers.zoning import LAYER as ZONING
from layers.zoning import PLAN_LEVELS
from web_map.extract.map import looks
from web_map.extract.map.frame import HEIGHT_MM, WIDTH_MM, Frame, frame_around
from web_map.extract.map.furniture import furniture, taken
from web_map.extract.map.ink import path
from web_map.extract.map.naming import Names
from web_map.extract.map.site import Site
from web_map.extract.printable import BREAK, Printing
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Feature, Surroundings
from web_map.style.palette import HALO, SELECTED

_LEVELS = list(PLAN_LEVELS)
_GROUND_THEME = "land_function"
_SEEN_MM2 = 1.0
"""Less of a zone than this on the paper is not seen."""
_NUMBER = 16
"""Letters of a parcel's number at its place; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map, its legend as pictures (SVG) with words, its scale, and the system of its grid, in words."""

    svg: str
    legend: tuple[tuple[str, str], ...]
    scale: str
    grid: str


def draw(site: Site, around: Surroundings, working_srid: int, say: Saying, printable: Printing) -> Drawn:
    """The site with what lies around it, at the scale of ``frame_around``."""
    frame = frame_around(site.whole)
    on_one_line = _on_one_line(printable)
    window = shapely.box(*frame.bounds)
    seen = Surroundings(tuple(f for f in around.features if shapely.intersects(f.shape, window)))
    zones = sorted(seen.of(ZONING.name), key=_depth)
    body = [path(frame, f.shape, looks.WATER_LOOK) for f in seen.of("waters")]
    body += [path(frame, zone.shape, _zone_look(zone)) for zone in zones]
    body += _streets(frame, seen)
    body += [path(frame, f.shape, looks.LOT_EDGE) for f in seen.of("parcels")]
    red_lines = _red_lines(seen, window)
    body += [path(frame, red_lines, looks.RED_LINE)]
    body += [path(frame, shape, looks.ASKED_FILL) for _, shape in site.parcels]
    body += [path(frame, shape, looks.BUILDABLE_LOOK) for shape in site.buildable]
    body += [path(frame, site.drawn, looks.DRAWN_EDGE)] if site.drawn is not None else []
    body += [path(frame, shape, looks.ASKED_EDGE) for _, shape in site.parcels]
    body += _names(frame, site, seen, on_one_line)
    size = f'width="{WIDTH_MM}mm" height="{HEIGHT_MM}mm" viewBox="0 0 {WIDTH_MM} {HEIGHT_MM}"'
    clip = f'<clipPath id="window"><rect width="{WIDTH_MM}" height="{HEIGHT_MM}"/></clipPath>'
    paper = f'<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="{HALO}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{clip}{looks.hatchings()}</defs>'
        f'<g clip-path="url(#window)">{paper}{"".join(body)}{furniture(frame, say)}</g></svg>'
    )
    system = "map.vn2000" if is_vn2000(working_srid) else "map.system"
    return Drawn(
        svg=svg,
        legend=tuple(_legend(site, seen, _in_sight(zones, frame, window), not red_lines.is_empty, say)),
        scale=f"1:{say.fixed(frame.scale, 0)}",
        grid=say(system, srid=working_srid, step=say.fixed(frame.grid_step, 0)),
    )


def _on_one_line(printable: Printing) -> Printing:
    """A name on the map is not broken."""
    return lambda words: str(printable(words)).replace(BREAK, "")


def _depth(zone: Feature) -> tuple[bool, int]:
    """From the ground up: land functions below corridors and roads, general plans below detailed ones."""
    level = _LEVELS.index(zone.plan_level) if zone.plan_level in _LEVELS else len(_LEVELS)
    return zone.theme != _GROUND_THEME, -level


def _in_sight(zones: list[Feature], frame: Frame, window: BaseGeometry) -> list[Feature]:
    """Zones of which something is seen: of a general plan nothing is where a detailed one lies on it."""
    least = (frame.scale / 1000) ** 2 * _SEEN_MM2
    covered: BaseGeometry = shapely.Polygon()
    found = []
    for zone in reversed(zones):
        left = shapely.intersection(zone.shape, window)
        if zone.theme == _GROUND_THEME:
            left = left.difference(covered)
            covered = covered.union(left)
        if left.area >= least:
            found.append(zone)
    return found


def _red_lines(seen: Surroundings, window: BaseGeometry) -> BaseGeometry:
    """Edges of the strips that streets are planned to take; at a crossing none runs over the other street."""
    planned = [street for street in seen.of("streets") if street.planned_width_m]
    if not planned:
        return shapely.LineString()
    strips = [strip(street.shape, (street.planned_width_m or 0) / 2) for street in planned]
    return shapely.intersection(shapely.union_all(strips).boundary, window)


def _zone_look(zone: Feature) -> str:
    return looks.zone_look(*looks.zone_class(zone.style_class), seen_through=zone.theme != _GROUND_THEME)


def _streets(frame: Frame, seen: Surroundings) -> list[str]:
    streets = seen.of("streets")
    drawn = [looks.street_looks(frame.millimetres(s.width_m or STREETS.style.width * 2)) for s in streets]
    below = [path(frame, s.shape, edge) for s, (edge, _) in zip(streets, drawn, strict=True)]
    above = [path(frame, s.shape, inner) for s, (_, inner) in zip(streets, drawn, strict=True)]
    return below + above


def _names(frame: Frame, site: Site, seen: Surroundings, printable: Printing) -> list[str]:
    names = Names(frame, taken(frame))
    placed = [
        names.beside(shape, printable(name[:_NUMBER]), 8, colour=SELECTED, weight=600)
        for name, shape in site.parcels
    ]
    told: set[str] = set()
    for street in sorted(seen.of("streets"), key=lambda s: -(s.width_m or 0)):
        name = printable(street.name or "")
        if name and name not in told and (drawn := names.along(street.shape, name, 6.5)):
            told.add(name)
            placed.append(drawn)
    placed += [
        names.in_area(w.shape, printable(w.name or ""), 6.5, colour="#2f6478") for w in seen.of("waters")
    ]
    asked = shapely.union_all([shape for _, shape in site.parcels])
    placed += [
        names.in_area(p.shape, printable(p.name or ""), 5.5, colour="#5c5449")
        for p in seen.of("parcels")
        # Those that were asked for have their number already.
        if not shapely.contains(asked, p.shape.representative_point())
    ]
    return placed


def _legend(
    site: Site, seen: Surroundings, zones: list[Feature], red_lines: bool, say: Saying
) -> list[tuple[str, str]]:
    there = {"asked": True, "drawn": site.drawn is not None, "buildable": bool(site.buildable)}
    there |= {"lots": bool(seen.of("parcels")), "streets": bool(seen.of("streets"))}
    there |= {"red_lines": red_lines}
    there |= {"waters": bool(seen.of("waters"))}
    entries = [(looks.SWATCHES[name], say(f"legend.{name}")) for name, here in there.items() if here]
    found = {looks.zone_class(zone.style_class)[0] for zone in zones}
    for index, known in enumerate(ZONING.style.classes):
        if index in found:
            entries.append(
                (looks.swatch(looks.zone_look(index, known)), known.label.in_language(say.language))
            )
    if None in found:
        entries.append((looks.swatch(looks.zone_look(None, None)), say("legend.other_zone")))
    return entries
