"""The ``bbox`` of a question, in the system that ``bbox-crs`` names (OGC API Features Part 2, 6.2.3)."""

from starlette.datastructures import QueryParams

from api.parameters import parse_bbox, parse_plain_box
from gis_platform.city import City
from gis_platform.geometry.crs import WGS84
from gis_platform.geometry.output_crs import CRS84, crs_by_uri
from gis_platform.serving.boxes import box_wkt
from gis_platform.serving.condition import Condition
from gis_platform.serving.rows import inside_box


def parse_box(asked: QueryParams, city: City) -> Condition | None:
    """Rows that touch the box asked for; None where none is."""
    named = asked.get("bbox-crs")
    crs = crs_by_uri(named, city.working_srid, "bbox-crs") if named is not None else CRS84
    if "bbox" not in asked:
        return None
    if crs.srid == WGS84:
        box = parse_bbox(asked["bbox"], latitude_first=crs.flip)
        edges = (box.west, box.south, box.east, box.north)
    else:
        edges = parse_plain_box(asked["bbox"])
    return inside_box(box_wkt(edges, city.envelope, crs.srid), crs.srid, city.working_srid)
