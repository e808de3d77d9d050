"""CoverageJSON (OGC 21-069r2) of values at a point."""

from typing import Any

from gis_platform.layer.text import Language
from gis_platform.raster.entry import RasterEntry
from gis_platform.raster.values import PointValue

MEDIA_TYPE = "application/prs.coverage+json"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def point_series(found: list[PointValue], lon: float, lat: float, language: Language) -> dict[str, Any]:
    """A point series: one step a version; null where there is no data or the raster does not reach."""
    newest = found[-1].entry
    names = _names(newest)
    count = len(found)
    return {
        "type": "Coverage",
        "domain": {
            "type": "Domain",
            "domainType": "PointSeries",
            "axes": {
                "x": {"values": [lon]},
                "y": {"values": [lat]},
                "t": {"values": [f"{one.entry.date.isoformat()}T00:00:00Z" for one in found]},
            },
            "referencing": [
                {"coordinates": ["x", "y"], "system": {"type": "GeographicCRS", "id": _CRS84}},
                {"coordinates": ["t"], "system": {"type": "TemporalRS", "calendar": "Gregorian"}},
            ],
        },
        "parameters": {name: _parameter(name, newest, language) for name in names},
        "ranges": {
            name: {
                "type": "NdArray",
                "dataType": "float",
                "axisNames": ["t"],
                "shape": [count],
                "values": [one.bands[at] if at < len(one.bands) else None for one in found],
            }
            for at, name in enumerate(names)
        },
    }


def _names(entry: RasterEntry) -> list[str]:
    if entry.bands == 1:
        return [entry.name]
    return [f"{entry.name}_{band}" for band in ("red", "green", "blue", "alpha")[: entry.bands]]


def _parameter(name: str, entry: RasterEntry, language: Language) -> dict[str, Any]:
    caution = entry.caution
    told: dict[str, Any] = {
        "type": "Parameter",
        "observedProperty": {"id": name, "label": {language: entry.title.in_language(language)}},
    }
    if caution or entry.note:
        words = " ".join(filter(None, (caution.in_language(language) if caution else None, entry.note)))
        told["description"] = {language: words}
    if entry.unit:
        told["unit"] = {"symbol": entry.unit}
    return told
