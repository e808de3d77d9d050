"""``/map/snapshot.html``: the map in view as one file."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gis_platform.city import City
from gis_platform.database.pools import Database
from gis_platform.errors import Unavailable
from gis_platform.layer import Layer
from web_map.caller import AskedLanguage
from web_map.security import page_headers
from web_map.snapshot.box import parse_box, refuse_large
from web_map.snapshot.inline import content_policy
from web_map.snapshot.read import read_features

AT_ONCE = 2
"""Maps drawn at the same time in one process: each takes a core for seconds and tens of megabytes."""


def add_snapshot_route(
    router: APIRouter, city: City, layers: Mapping[str, Layer], node_modules: Path
) -> None:
    """Add the route; it reads through the database of the application."""
    places = asyncio.Semaphore(AT_ONCE)

    @router.get("/map/snapshot.html", response_class=HTMLResponse, summary="The map as one file to save")
    async def snapshot(
        request: Request,
        language: AskedLanguage,
        bbox: Annotated[
            str | None, Query(max_length=200, description="west,south,east,north; else the city's middle.")
        ] = None,
    ) -> Response:
        # Here and not above: folium takes three quarters of a second to import, and each start would pay.
        from web_map.snapshot.document import make_snapshot

        box = parse_box(bbox, city)
        refuse_large(box)
        if places.locked():
            raise Unavailable(
                "Other maps are being saved now; try again in a few seconds.",
                retry_after=10,
                detail_vi="Hệ thống đang lưu các bản đồ khác. Hãy thử lại sau vài giây.",
            )
        database: Database = request.app.state.database
        async with places:
            async with database.public_connection() as connection:
                drawn = await read_features(connection, layers.values(), city, box)
            page = await run_in_threadpool(
                make_snapshot, city, drawn, language, box=box, node_modules=node_modules
            )
        headers = page_headers(content_policy(page) + "; frame-ancestors 'none'")
        kept = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{_file_name(city)}"',
        }
        return HTMLResponse(page, headers=headers | kept)


def _file_name(city: City) -> str:
    today = city.today()
    return f"{city.name.replace('_', '-')}-{today.isoformat()}.html"
