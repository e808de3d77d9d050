"""The catalogue's resources: itself, its records, one record, and all of it as DCAT."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.links import alternates, link
from api.ogc.records.catalogue import HOME, LISTED, TITLE, catalogue_document, home_of
from api.ogc.records.catalogue import MEDIA_TYPE as CATALOGUE
from api.ogc.records.dcat import MEDIA_TYPE as DCAT
from api.ogc.records.dcat import dcat
from api.ogc.records.document import MEDIA_TYPE, record
from api.ogc.records.gather import Entries
from api.ogc.records.query import parse_record_query
from api.ogc.representations import Asked
from gis_platform.errors import NotFound
from gis_platform.layer.sources import source_told
from gis_platform.layer.summary import read_lineage

router = APIRouter(tags=["OGC API"])

# Said for the OpenAPI document.
_RECORDS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/geo+json": {"schema": {"type": "object"}}}}
}
_DCAT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/ld+json": {"schema": {"type": "object"}}}}
}
_CATALOGUE: dict[int | str, dict[str, Any]] = {200: {"content": {CATALOGUE: {"schema": {"type": "object"}}}}}


@router.get(LISTED, summary="The catalogue", response_class=Response, responses=_CATALOGUE)
@router.get(HOME, summary="The catalogue", response_class=Response, responses=_CATALOGUE)
async def catalogue(
    request: Request, entries: Entries, city: CurrentCity, settings: CurrentSettings, asked: Asked
) -> Response:
    """The catalogue as a collection of records."""
    document = catalogue_document(
        home_of(request, settings.address),
        settings.address,
        city,
        asked.language,
        count=len(entries),
        synthetic=any(entry.synthetic for entry in entries),
    )
    return asked.answer("catalogue", document, media_type=CATALOGUE)


@router.get(
    f"{LISTED}/items", summary="Records of the catalogue", response_class=Response, responses=_RECORDS
)
@router.get(f"{HOME}/items", summary="Records of the catalogue", response_class=Response, responses=_RECORDS)
async def records(
    request: Request,
    entries: Entries,
    city: CurrentCity,
    settings: CurrentSettings,
    asked: Asked,
    q: Annotated[
        str | None, Query(max_length=200, description="Words; a comma means or. Accents may be left out.")
    ] = None,
    type: Annotated[str | None, Query(max_length=200, description="Types, e.g. dataset.")] = None,
    ids: Annotated[str | None, Query(max_length=1000, description="Identifiers of records.")] = None,
    externalIds: Annotated[
        str | None, Query(max_length=1000, description="Identifiers given by others; no record has any.")
    ] = None,
    bbox: Annotated[
        str | None, Query(max_length=200, description="west,south,east,north in WGS 84 degrees.")
    ] = None,
    datetime: Annotated[
        str | None, Query(max_length=80, description="Day or period the data tells of: 2020-01-01/..")
    ] = None,
    limit: Annotated[
        str | None, Query(max_length=20, description="Records a page, 1 to 10000; 100 if not given.")
    ] = None,
    after: Annotated[str | None, Query(max_length=80, description="Id after which the page starts.")] = None,
) -> Response:
    """The records that match, by id."""
    query = parse_record_query(
        q=q,
        type=type,
        ids=ids,
        externalIds=externalIds,
        bbox=bbox,
        datetime=datetime,
        limit=limit,
        after=after,
    )
    matched, page, more = query.page(entries)
    home = home_of(request, settings.address)
    here = f"{home}/items"
    given = {name: value for name, value in request.query_params.items() if name != "f"}
    links = alternates(f"{here}?{urlencode(given)}" if given else here, MEDIA_TYPE)
    links.append(link(home, "collection", TITLE.in_language(asked.language), CATALOGUE))
    if more:
        following = dict(request.query_params) | {"after": page[-1].id}
        links.append(link(f"{here}?{urlencode(following)}", "next", "Next page", MEDIA_TYPE))
    document = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(page),
        "synthetic": any(entry.synthetic for entry in page),
        "links": links,
        "features": [record(entry, city, home, asked.language) for entry in page],
    }
    return asked.answer("records", document, media_type=MEDIA_TYPE)


@router.get(LISTED + "/items/{record}", summary="One record", response_class=Response, responses=_RECORDS)
@router.get(HOME + "/items/{record}", summary="One record", response_class=Response, responses=_RECORDS)
async def one_record(
    request: Request,
    record_id: Annotated[str, Path(alias="record", max_length=80, description="Id of the record.")],
    entries: Entries,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    work: Work,
    asked: Asked,
) -> Response:
    """One record, with the newest deliveries it came by."""
    entry = next((one for one in entries if one.id == record_id), None)
    if entry is None:
        known = ", ".join(one.id for one in entries)
        raise NotFound(f"There is no record {record_id[:80]!r}. There are: {known}.", parameter="record")
    if entry.id in layers:
        for line in await read_lineage(work.raw, layers[entry.id]):
            moment = line["received_at"].isoformat()
            source = source_told(line["source"], asked.language)
            told = {"source": source, "source_date": str(line["source_date"]), "received_at": moment}
            entry.lineage.append(line | told)
    document = record(entry, city, home_of(request, settings.address), asked.language)
    return asked.answer("record", document, media_type=MEDIA_TYPE)


@router.get(f"{HOME}/dcat", summary="The catalogue as DCAT", response_class=Response, responses=_DCAT)
async def as_dcat(entries: Entries, city: CurrentCity, settings: CurrentSettings) -> Response:
    """JSON-LD for portals that harvest."""
    return JSONResponse(dcat(entries, city, settings.address), media_type=DCAT)
