"""What a write answers, in words for the OpenAPI document and as responses."""

from typing import Any

from fastapi import Response

from api.ogc.writing_rules import GEOJSON
from gis_platform.editing.current import etag_of
from gis_platform.editing.feature import Kind
from gis_platform.editing.writing import Written
from gis_platform.geometry.output_crs import CRS84

PROBLEM: dict[str, Any] = {
    "description": "What is wrong and what to do, as problem+json (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_TRIED = {"application/json": {"schema": {"type": "object"}}}
_FEATURE = {GEOJSON: {"schema": {"type": "object"}}}
_REFUSED: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 503), PROBLEM)
_CHANGE_REFUSED = {**_REFUSED, 412: PROBLEM, 428: PROBLEM}

ANSWERS: dict[str, dict[int | str, dict[str, Any]]] = {
    "create": {
        201: {"description": "Stored; Location and ETag name it.", "content": _FEATURE},
        200: {"description": "With dry_run: what would happen.", "content": _TRIED},
        **_REFUSED,
        415: PROBLEM,
    },
    "change": {
        200: {
            "description": "The feature as stored, with its ETag; with dry_run what would happen.",
            "content": {**_FEATURE, **_TRIED},
        },
        **_CHANGE_REFUSED,
        415: PROBLEM,
    },
    "delete": {
        204: {"description": "It is gone."},
        200: {"description": "With dry_run: what would happen.", "content": _TRIED},
        **_CHANGE_REFUSED,
    },
}


def body_of(media_type: str = GEOJSON) -> dict[str, Any]:
    """The body of a write, for the OpenAPI document."""
    content = {media_type: {"schema": {"type": "object"}}}
    return {"requestBody": {"required": True, "content": content}}


def written_answer(kind: Kind, written: Written, base: str) -> Response:
    """The feature as it is now, in CRS84, with the tag for the next change; nothing where it is gone."""
    if written.after is None:
        return Response(status_code=204)
    here = f"{base}/{written.feature_id}"
    place = "Location" if kind == "create" else "Content-Location"
    headers = {place: here, "ETag": etag_of(written.after), "Content-Crs": f"<{CRS84.uri}>"}
    return Response(written.after, 201 if kind == "create" else 200, headers=headers, media_type=GEOJSON)
