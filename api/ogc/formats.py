"""In which format a page of features is wanted, and the page in each but GeoJSON."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.items_files import items_file
from api.ogc.items_pages import item_page, items_page
from api.ogc.question import ItemsQuestion
from api.parameters import MAX_LIMIT
from etl.exporting.forms import FORMS
from gis_platform.errors import BadParameter, NotAcceptable
from gis_platform.layer.declaration import Layer

HTML = "html"

#: Names that ``f`` takes for a format.
NAMES = {
    "json": "geojson",
    "flatgeobuf": "fgb",
    "geopackage": "gpkg",
    "shapefile": "shp",
    HTML: HTML,
    **{key: key for key in FORMS},
}

# In order of preference where the client has none. The first for those that just ask for JSON.
_PAGE: Mapping[str, str] = {
    "application/geo+json": "geojson",
    "application/json": "geojson",
    "application/vnd.geo+json": "geojson",
    "text/html": HTML,
    **{form.media_type: key for key, form in FORMS.items() if key != "geojson"},
}
_ITEM = {media: form for media, form in _PAGE.items() if form in ("geojson", HTML)}

_QUALITY = re.compile(r"q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_LONGEST_ACCEPT = 2000


def wanted(request: Request) -> str:
    """The format of a page: ``f``, else what Accept prefers, else GeoJSON.

    Raises:
        BadParameter: ``f`` names none.
        NotAcceptable: nothing there is fits Accept.
    """
    return _wanted(request, _PAGE)


def wanted_of_item(request: Request) -> str:
    """The same for one feature: ``geojson`` or ``html``."""
    return _wanted(request, _ITEM)


def _wanted(request: Request, offered: Mapping[str, str]) -> str:
    named = request.query_params.get("f")
    forms = set(offered.values())
    if named is not None:
        form = NAMES.get(named.lower(), "")
        if form not in forms:
            known = ", ".join(sorted(name for name, form in NAMES.items() if form in forms))
            raise BadParameter(f"f must be one of {known}; it was {named[:40]!r}.", parameter="f")
        return form
    accept = ",".join(request.headers.getlist("accept"))
    if not accept or accept == "*/*":
        return "geojson"
    found = preferred(accept, offered)
    if found is None:
        known = ", ".join(offered)
        raise NotAcceptable(f"Accept {accept[:80]!r} fits none of: {known}. Or say f=.")
    return found


def preferred(accept: str, offered: Mapping[str, str]) -> str | None:
    """What an Accept header prefers of the media types offered; None where it takes none of them.

    The most specific range that fits a type decides its weight (RFC 9110, 12.5.1); of equals the first
    offered wins.
    """
    ranges: dict[str, float] = {}
    for part in accept[:_LONGEST_ACCEPT].lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [match[1] for piece in parameters if (match := _QUALITY.fullmatch(piece))]
        ranges[name] = float(weights[0]) if weights else 1.0
    best, weight = None, 0.0
    for media, form in offered.items():
        family = media.partition("/")[0]
        fitting = (ranges[name] for name in (media, f"{family}/*", "*/*") if name in ranges)
        found = next(fitting, 0.0)
        if found > weight:
            best, weight = form, found
    return best


async def items_as(request: Request, question: ItemsQuestion, media: str) -> Response:
    """A page of features in any format but GeoJSON, for whoever asks."""
    if media == HTML:
        return await items_page(request, question)
    _require_whole(request.query_params.get("limit", ""))
    return await items_file(request, question, FORMS[media])


def _require_whole(limit: str) -> None:
    """Who saves a file follows no link to the rest: here more than a page holds is an error."""
    if limit and int(limit) > MAX_LIMIT:
        raise BadParameter(
            f"limit: a file holds at most {MAX_LIMIT} features. Ask POST /api/exports for all of them.",
            parameter="limit",
        )


async def item_as(request: Request, layer: Layer, content: bytes, synthetic: bool) -> Response:
    """One feature as a page for people, from the bytes programs get."""
    return item_page(request, layer, content, synthetic)
