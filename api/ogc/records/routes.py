"""The catalogue's resources: itself, its records, one record, and all of it as DCAT."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.links import alternates, link
from api.ogc.records.dcat import MEDIA_TYPE as DCAT
from api.ogc.records.dcat import dcat
from api.ogc.records.document import MEDIA_TYPE, contacts, record
from api.ogc.records.gather import Entries
from api.ogc.records.query import parse_record_query
from api.ogc.representations import Asked
from gis_platform.errors import NotFound
from gis_platform.geometry.output_crs import CRS84_URI
from gis_platform.layer.summary import read_lineage
from gis_platform.layer.text import Text

router = APIRouter(prefix="/ogc/catalogue", tags=["OGC API"])

# Said for the OpenAPI document.
_RECORDS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/geo+json": {"schema": {"type": "object"}}}}
}
_DCAT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/ld+json": {"schema": {"type": "object"}}}}
}
_TITLE = Text("Danh mục dữ liệu", "Catalogue of the data")
_DESCRIPTION = Text(
    "Mỗi lớp dữ liệu một bản ghi: nội dung, nguồn, ngày, chu kỳ cập nhật, quyền sử dụng, cách lấy.",
    "One record a layer: contents, source, dates, update cycle, rights, and how to get it.",
)


@router.get("", summary="The catalogue")
async def catalogue(entries: Entries, city: CurrentCity, settings: CurrentSettings, asked: Asked) -> Response:
    """The catalogue as a collection of records."""
    here, language = f"{settings.address}/ogc/catalogue", asked.language
    document: dict[str, Any] = {
        "id": "catalogue",
        "type": "Collection",
        "itemType": "record",
        "title": _TITLE.in_language(language),
        "description": _DESCRIPTION.in_language(language),
        "extent": {"spatial": {"bbox": [list(city.envelope.as_tuple())], "crs": CRS84_URI}},
        "crs": [CRS84_URI],
        "recordLanguages": [{"code": "vi"}, {"code": "en"}],
        "contacts": contacts(city, language),
        "attribution": city.attribution.in_language(language),
        "synthetic": any(entry.synthetic for entry in entries),
        "count": len(entries),
        "links": [
            *alternates(here),
            link(f"{here}/items", "items", Text("Các bản ghi", "Records").in_language(language), MEDIA_TYPE),
            link(f"{here}/dcat", "alternate", "DCAT (JSON-LD)", DCAT),
            link(f"{settings.address}/ogc", "root", "OGC API"),
        ],
    }
    return asked.answer("catalogue", document)


@router.get("/items", summary="Records of the catalogue", response_class=Response, responses=_RECORDS)
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
    here = f"{settings.address}/ogc/catalogue/items"
    given = {name: value for name, value in request.query_params.items() if name != "f"}
    links = alternates(f"{here}?{urlencode(given)}" if given else here, MEDIA_TYPE)
    links.append(link(f"{settings.address}/ogc/catalogue", "collection", _TITLE.in_language(asked.language)))
    if more:
        following = dict(request.query_params) | {"after": page[-1].id}
        links.append(link(f"{here}?{urlencode(following)}", "next", "Next page", MEDIA_TYPE))
    document = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(page),
        "synthetic": any(entry.synthetic for entry in page),
        "links": links,
        "features": [record(entry, city, settings.address, asked.language) for entry in page],
    }
    return asked.answer("records", document, media_type=MEDIA_TYPE)


@router.get("/items/{record}", summary="One record", response_class=Response, responses=_RECORDS)
async def one_record(
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
            entry.lineage.append(line | {"source_date": str(line["source_date"]), "received_at": moment})
    document = record(entry, city, settings.address, asked.language)
    return asked.answer("record", document, media_type=MEDIA_TYPE)


@router.get("/dcat", summary="The catalogue as DCAT", response_class=Response, responses=_DCAT)
async def as_dcat(entries: Entries, city: CurrentCity, settings: CurrentSettings) -> Response:
    """JSON-LD for portals that harvest."""
    return JSONResponse(dcat(entries, city, settings.address), media_type=DCAT)
