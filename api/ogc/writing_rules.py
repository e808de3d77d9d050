"""What HTTP asks of a write before its feature is looked at: method, media type, day, and their refusals."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import Headers

from api.ogc.asked_layer import find_layer
from api.parameters import CollectionId, parse_date
from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.editing.permission import may_edit, require_editor
from gis_platform.errors import BadParameter, MethodRefused, Problem
from gis_platform.layer.declaration import CATALOGUE, Layer

GEOJSON, MERGE_PATCH = "application/geo+json", "application/merge-patch+json"
_READING = ("GET", "HEAD", "OPTIONS")
_WHOLE = frozenset({GEOJSON, "application/json"})
_TAKEN = {"POST": _WHOLE, "PUT": _WHOLE, "PATCH": frozenset({MERGE_PATCH, *_WHOLE})}


class MediaTypeRefused(Problem):
    """The body is of a form that is not read here."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "media-type-not-taken"


def allowed_methods(layer: Layer, caller: Caller, *, one: bool) -> str:
    """``Allow`` for the features of a layer, or for one of them, as the caller may use it."""
    writing = ("PUT", "PATCH", "DELETE") if one else ("POST",)
    return ", ".join((*_READING, *(writing if may_edit(layer, caller) else ())))


def refuse_method(method: str, layer: Layer, caller: Caller, *, one: bool) -> MethodRefused:
    """What is told of a method that has no meaning here."""
    allow = allowed_methods(layer, caller, one=one)
    where = "A feature" if one else "The features of a collection"
    return MethodRefused(
        f"{where} of {layer.name} cannot be asked with {method}. Allowed: {allow}.", allow=allow
    )


async def written_layer(request: Request, collection: CollectionId) -> Layer:
    """The layer whose features are written; refusals are those of ``find_layer``, save that

    Raises:
        MethodRefused: it is the catalogue, whose records follow from what there is.
    """
    if collection == CATALOGUE:
        raise MethodRefused(
            "Records of the catalogue follow from layers and deliveries; nobody writes them.",
            allow="GET, HEAD",
            detail_vi="Danh mục được lập từ các lớp dữ liệu và các đợt giao nộp; không ai ghi trực tiếp.",
        )
    return await find_layer(request, collection)


WrittenLayer = Annotated[Layer, Depends(written_layer)]


def require_writable(layer: Layer, caller: Caller, *, one: bool) -> None:
    """Raises MethodRefused where nobody edits the layer, SignInNeeded or Forbidden where others do."""
    if not layer.editors:
        raise MethodRefused(
            f"{layer.name} changes by deliveries alone; nobody writes it by hand.",
            allow=allowed_methods(layer, caller, one=one),
            detail_vi=f"Lớp “{layer.title.vi}” chỉ thay đổi theo các đợt giao nộp; không sửa từng đối tượng.",
        )
    require_editor(layer, caller)


def require_media_type(method: str, headers: Headers) -> None:
    """Raises MediaTypeRefused for a body that is not GeoJSON (or, to merge, a JSON merge patch)."""
    said = headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in _TAKEN[method]:
        wanted = MERGE_PATCH if method == "PATCH" else GEOJSON
        told = f"{method} takes a body of type {wanted}; it was {said[:60] or 'not said'!r}."
        raise MediaTypeRefused(told, parameter="Content-Type")


def parse_valid_from(text: str | None, layer: Layer, city: City) -> tuple[date, bool]:
    """The day from which the write holds in the city's time, and whether it was given.

    Raises:
        BadParameter: it is no day, lies ahead, or the layer keeps no history.
    """
    today = city.today()
    if text is None:
        return today, False
    if not layer.history:
        raise BadParameter(
            f"{layer.name} keeps no history: valid_from means nothing there.", parameter="valid_from"
        )
    day = parse_date(text, "valid_from")
    if day > today:
        raise BadParameter(
            f"valid_from must not lie ahead: today is {today}; it was {day}.", parameter="valid_from"
        )
    return day, True


def plain_uri(text: str) -> str:
    """A system as ``Content-Crs`` writes it, with or without its angle brackets."""
    return text.strip().removeprefix("<").removesuffix(">")
