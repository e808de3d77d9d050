"""The answer with a picture: not drawn again for a client that has it."""

from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.rasters.asked import MEDIA_TYPES
from gis_platform.access.roles import Role
from gis_platform.raster.drawing import DRAWING, Picture, draw
from gis_platform.raster.entry import RasterEntry
from gis_platform.raster.folder import raster_folder
from gis_platform.raster.threads import RasterThreads

PICTURES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA_TYPES.values()
        }
    },
    304: {"description": "The client's picture still holds."},
}


async def picture_answer(
    request: Request, entry: RasterEntry, picture: Picture, headers: dict[str, str] | None = None
) -> Response:
    """The picture, or 304; its tag is known before it is drawn."""
    known = f"{DRAWING} {entry.file_sha256} {sorted(entry.style.items())} {picture}"
    etag = f'"{blake2b(known.encode(), digest_size=12).hexdigest()}"'
    shared = Role.PUBLIC.value in entry.audience and request.state.caller.role is Role.PUBLIC
    told = {
        "ETag": etag,
        "Cache-Control": f"{'public' if shared else 'private'}, no-cache",
        "Vary": "Accept, Authorization, Cookie",
        # Which version this is, for a client that asked for "the newest".
        "Content-Datetime": entry.date.isoformat(),
        **(headers or {}),
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    state = request.app.state
    content = await threads_of(request).run(
        draw, raster_folder(state.settings.data_dir, state.city), entry, picture
    )
    return Response(content, media_type=MEDIA_TYPES[picture.media], headers=told)


def threads_of(request: Request) -> RasterThreads:
    """The threads of this process for rasters, made with the first request for one."""
    state = request.app.state
    if not hasattr(state, "raster_threads"):
        state.raster_threads = RasterThreads()
    threads: RasterThreads = state.raster_threads
    return threads
