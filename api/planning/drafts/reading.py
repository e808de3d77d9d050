"""Drafts as they are: the list, one of them, and what it touches, a page at a time."""

from hashlib import blake2b
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from api.dependencies import CurrentSettings, Work
from api.parameters import Lang
from api.planning.drafts.access import MISSING, NOT_DONE, Compared, Draft, Limit, Offset
from api.planning.drafts.told import draft_told, line_of
from api.staff_tiles import AskedTile, tile_response, tile_responses
from layers.planning.drafts import register, results
from layers.planning.drafts.results import Sort, Wanted
from layers.planning.drafts.words import NO_LEGAL_VALUE

router = APIRouter(prefix="/api/planning/drafts", tags=["planning drafts"])

Change = Literal["road", "road_lifted", "corridor", "function", "limits", "new", "unknown", "same", "sliver"]
_PRIVATE = {"Cache-Control": "private, no-cache"}


@router.get("")
async def drafts(
    work: Work,
    response: Response,
    before: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Number of the last one already seen.")
    ] = None,
    limit: Limit = 50,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The drafts that are kept, the newest first."""
    response.headers["Cache-Control"] = "private, no-store"
    rows = await register.drafts(work, before, limit + 1)
    lines = [line_of(row, lang) for row in rows[:limit]]
    return {"drafts": lines, "next_before": lines[-1]["id"] if len(rows) > limit else None}


@router.get("/{draft}", responses=MISSING | {304: {"description": "The client has it already."}})
async def one(
    request: Request, work: Work, draft: Draft, settings: CurrentSettings, lang: Lang = "vi"
) -> Response:
    """How far it is, how its file was read, what to know of it, and the totals of what it would change."""
    stale = draft["state"] == "done" and await register.is_stale(work, draft["id"])
    told = draft_told(draft, lang, stale=stale, address=settings.address)
    answer = JSONResponse(jsonable_encoder(told), headers=_PRIVATE)
    etag = f'"{blake2b(bytes(answer.body), digest_size=12).hexdigest()}"'
    answer.headers["ETag"] = etag
    if etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers=_PRIVATE | {"ETag": etag})
    return answer


@router.get("/{draft}/parcels", responses=NOT_DONE)
async def parcels(
    work: Work,
    response: Response,
    draft: Compared,
    change: Annotated[Change | None, Query(description="With this kind of change in it.")] = None,
    changed: Annotated[bool, Query(description="Only those that change in earnest.")] = False,
    houses: Annotated[bool, Query(description="Only those with a house number.")] = False,
    q: Annotated[
        str | None, Query(max_length=200, description="An address, or a number as tờ 12 thửa 45.")
    ] = None,
    sort: Annotated[Sort, Query(description="By number, or those that lose most first.")] = "number",
    limit: Limit = 50,
    offset: Offset = 0,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The parcels it touches, each with its pieces: what the draft says, what is in force, and what changes.

    Those that are touched by map error alone come with ``change=sliver``.
    """
    wanted = Wanted(change, changed, houses, q, sort)
    rows, matched = await results.parcels(work, draft["id"], wanted, lang, limit, offset)
    return _page(response, draft, "parcels", rows, matched, lang)


@router.get("/{draft}/cases", responses=NOT_DONE)
async def cases(
    work: Work,
    response: Response,
    draft: Compared,
    kind: Annotated[str | None, Query(max_length=63, description="Of one kind, as in totals.cases.")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Cases that stand on parcels it touches, such as kept planning answers; those that lose most first."""
    rows, matched = await results.cases(work, draft["id"], kind, lang, limit, offset)
    return _page(response, draft, "cases", rows, matched, lang)


@router.get("/{draft}/unread", responses=NOT_DONE)
async def unread(
    work: Work,
    response: Response,
    draft: Compared,
    code: Annotated[
        str | None, Query(max_length=63, description="Of one cause, as in read_as.unread.")
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """What of its file became no zone, element by element, with the reason."""
    rows, matched = await results.unread(work, draft["id"], code, lang, limit, offset)
    return _page(response, draft, "unread", rows, matched, lang)


@router.get("/{draft}/zones", responses=NOT_DONE)
async def zones(
    work: Work, draft: Compared, limit: Limit = 50, offset: Offset = 0, lang: Lang = "vi"
) -> JSONResponse:
    """Its zones as GeoJSON in WGS 84, as they were read."""
    rows, matched = await results.zones(work, draft["id"], lang, limit, offset)
    features = [
        {"type": "Feature", "id": row["zone_no"], "geometry": row.pop("geometry"), "properties": row}
        for row in rows
    ]
    told = {
        "type": "FeatureCollection",
        "notice": NO_LEGAL_VALUE.in_language(lang),
        "numberMatched": matched,
        "numberReturned": len(features),
        "features": features,
    }
    return JSONResponse(told, headers=_PRIVATE, media_type="application/geo+json")


@router.get(
    "/{draft}/tiles/{z}/{x}/{y}",
    response_class=Response,
    responses=NOT_DONE | tile_responses("Nothing lies there."),
)
async def tile(
    work: Work,
    draft: Compared,
    place: AskedTile,
) -> Response:
    """The draft as a vector tile in web mercator: ``zones``, and from zoom 13 on ``parcels`` by change."""
    made = await results.tile(work, draft["id"], place.z, place.x, place.y)
    return tile_response(made)


def _page(
    response: Response, draft: dict[str, Any], name: str, rows: list[Any], matched: int, lang: str
) -> dict[str, Any]:
    response.headers.update(_PRIVATE)
    notice = NO_LEGAL_VALUE.in_language("en" if lang == "en" else "vi")
    return {"draft": draft["id"], "notice": notice, "matched": matched, name: rows}
