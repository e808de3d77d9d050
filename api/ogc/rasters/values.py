"""The value of a raster at a point, on one day or over all of them, and the legend that explains it."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from api.dependencies import CurrentCity
from api.ogc.rasters.answering import threads_of
from api.ogc.rasters.asked import RasterName, When, parse_coords, parse_period
from api.ogc.rasters.coverage import MEDIA_TYPE, point_series
from api.ogc.rasters.finding import CurrentFinder
from api.parameters import Lang, parse_point
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language
from gis_platform.raster.catalogue import Period
from gis_platform.raster.entry import RasterEntry
from gis_platform.raster.folder import raster_folder
from gis_platform.raster.legend import legend_of
from gis_platform.raster.style import ClassStyle, PictureStyle, read_style
from gis_platform.raster.values import PointValue, values_at

router = APIRouter(tags=["OGC API"])

#: A point is read from each version's file; more of them are asked for by intervals.
MOST_VERSIONS = 400


@router.get(
    "/ogc/collections/{collection}/position",
    summary="Values of a raster at a point",
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
    response_class=JSONResponse,
)
async def position(
    request: Request,
    collection: RasterName,
    finder: CurrentFinder,
    city: CurrentCity,
    coords: Annotated[str, Query(max_length=120, description="POINT(106.36 10.35), longitude first, CRS84.")],
    when: When = None,
    lang: Lang = "vi",
) -> JSONResponse:
    """CoverageJSON, a series over the versions; a day as `datetime` picks one, an interval those within."""
    lon, lat = parse_coords(coords)
    series = when is None or "/" in when
    found = await _read(request, finder, collection, parse_period(when, city), lon, lat, series=series)
    return JSONResponse(point_series(found, lon, lat, lang), media_type=MEDIA_TYPE)


@router.get("/api/rasters/{name}/value", summary="Values of a raster at a point, plainly")
async def value(
    request: Request,
    name: RasterName,
    finder: CurrentFinder,
    city: CurrentCity,
    point: Annotated[str, Query(max_length=80, description="lon,lat in WGS 84 degrees.")],
    when: When = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """One entry a date, oldest first; `state` is value, nodata or outside, and only the first has a value."""
    lon, lat = parse_point(point)
    series = when is None or "/" in when
    found = await _read(request, finder, name, parse_period(when, city), lon, lat, series=series)
    newest = found[-1].entry
    return {
        "raster": newest.name,
        "title": newest.title.in_language(lang),
        "kind": newest.kind,
        "unit": newest.unit,
        "point": [lon, lat],
        "values": [_plainly(one, lang) for one in found],
    }


@router.get("/api/rasters/{name}/legend", summary="Legend of a raster")
async def legend(
    name: RasterName, finder: CurrentFinder, city: CurrentCity, when: When = None, lang: Lang = "vi"
) -> dict[str, Any]:
    """What its colours mean, what its values are, and where it is from; no data is transparent."""
    entry = await finder.version(name, parse_period(when, city))
    style = read_style(entry.style)
    return {
        "raster": entry.name,
        "date": entry.date.isoformat(),
        "title": entry.title.in_language(lang),
        "kind": entry.kind,
        "unit": entry.unit,
        "form": style.form,
        "entries": [asdict(one) for one in legend_of(entry, lang)],
        "reference": None if isinstance(style, PictureStyle) else style.reference,
        "statistics": entry.statistics,
        **_provenance(entry, lang),
    }


async def _read(
    request: Request,
    finder: CurrentFinder,
    name: str,
    period: Period,
    lon: float,
    lat: float,
    *,
    series: bool,
) -> list[PointValue]:
    if series:
        entries = await finder.versions(name, period)
        if not entries:
            raise NotFound(f"{name} has no version within that interval.", parameter="datetime")
        if len(entries) > MOST_VERSIONS:
            raise BadParameter(
                f"{len(entries)} versions are too many at once; ask for an interval with {MOST_VERSIONS}.",
                parameter="datetime",
            )
    else:
        entries = [await finder.version(name, period)]
    state = request.app.state
    folder = raster_folder(state.settings.data_dir, state.city)
    return await threads_of(request).run(values_at, folder, entries, lon, lat)


def _plainly(found: PointValue, language: Language) -> dict[str, Any]:
    entry = found.entry
    value: Any = None
    if found.state == "value":
        value = found.bands[0] if len(found.bands) == 1 else list(found.bands)
    told = {"date": entry.date.isoformat(), "value": value, "unit": entry.unit, "state": found.state}
    style = read_style(entry.style)
    if isinstance(style, ClassStyle) and found.state == "value":
        known = style.entry_of(found.bands[0]) or {}
        told["label"] = known.get(f"label_{language}")
    return told | _provenance(entry, language)


def _provenance(entry: RasterEntry, language: Language) -> dict[str, Any]:
    caution = entry.caution
    return {
        "source": entry.source,
        "licence": entry.licence,
        "model_output": entry.model_output,
        "synthetic": entry.synthetic,
        "caution": caution.in_language(language) if caution else None,
        "note": entry.note,
    }
