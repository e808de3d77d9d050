"""A collection as OGC API describes it, with what this city says beside the standard: age and access."""

from typing import Any

from api.ogc.collection_access import access_of
from api.ogc.collection_links import collection_links
from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.geometry.output_crs import CRS84_URI, epsg_crs, offered_crs
from gis_platform.layer import Cycle
from gis_platform.layer.freshness import cycle_days
from gis_platform.layer.summary import Summary
from gis_platform.layer.text import Language, Text

_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_NO_LICENCE = Text("Chưa công bố giấy phép sử dụng.", "No licence is stated.")
CYCLES = {
    Cycle.LIVE: Text("liên tục", "continuously"),
    Cycle.MONTHLY: Text("hằng tháng", "monthly"),
    Cycle.QUARTERLY: Text("hằng quý", "quarterly"),
    Cycle.YEARLY: Text("hằng năm", "yearly"),
    Cycle.AS_DECIDED: Text("khi có quyết định mới", "when a new decision is made"),
}


def age_of(told: Summary, city: City, language: Language) -> dict[str, Any]:
    """How old a layer is, against its cycle; and whether it is made up."""
    today, known = city.today(), told.freshness
    cycle = told.layer.cycle
    return {
        "source_date": known.oldest.isoformat() if known.oldest else None,
        "newest_source_date": known.newest.isoformat() if known.newest else None,
        "age_days": known.age_days(today),
        "cycle": {
            "name": cycle.name.lower(),
            "days": cycle_days(told.layer),
            "title": CYCLES[cycle].in_language(language),
        },
        "overdue": known.overdue(today),
        "synthetic": known.synthetic,
    }


def rights_of(told: Summary, city: City, language: Language) -> str:
    """The licence in words; that none is stated, where none is."""
    licence = city.licence_of(told.layer.name)
    return (licence.title if licence else _NO_LICENCE).in_language(language)


def extent_of(told: Summary, city: City) -> dict[str, Any]:
    """The box of the data, or of the city where that is empty or not all shown; the time where known."""
    box = told.bounds or city.envelope.as_tuple()
    extent: dict[str, Any] = {"spatial": {"bbox": [[round(edge, 7) for edge in box]], "crs": CRS84_URI}}
    if told.begins is not None:
        since = f"{told.begins.isoformat()}T00:00:00Z"
        extent["temporal"] = {"interval": [[since, None]], "trs": _GREGORIAN}
    return extent


def collection_document(
    told: Summary, caller: Caller, city: City, base: str, language: Language, *, listed: bool = False
) -> dict[str, Any]:
    """One collection; ``listed`` refers to the list's own ``crs`` (Part 2, 6.2.2) instead of repeating it."""
    layer = told.layer
    systems = ["#/crs"] if listed else [crs.uri for crs in offered_crs(city.working_srid)]
    return {
        "id": layer.name,
        "title": layer.title.in_language(language),
        "title_en": layer.title.en,
        "description": layer.description.in_language(language),
        "itemType": "feature",
        "extent": extent_of(told, city),
        "crs": systems,
        "storageCrs": epsg_crs(city.working_srid).uri,
        **age_of(told, city, language),
        "rights": rights_of(told, city, language),
        "attribution": city.attribution.in_language(language),
        "access": access_of(layer, caller, language),
        "links": collection_links(layer, city, base, language),
    }
