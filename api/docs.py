"""The API in one readable page, made from the OpenAPI document; it asks no other host."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from web_map.assets.own import own_files
from web_map.security import page_headers

router = APIRouter(tags=["operations"])

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=select_autoescape())


@router.get("/api/docs", response_class=HTMLResponse)
async def docs(request: Request) -> Response:
    """Every route with its parameters and answers."""
    document = request.app.openapi()
    page = _PAGES.get_template("docs.html").render(
        document=document, tags=_by_tag(document["paths"]), sheet=_sheet()
    )
    return HTMLResponse(page, headers=page_headers())


@cache
def _sheet() -> str:
    return own_files().address("css/docs.css")


def _by_tag(paths: dict[str, dict[str, dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    tags: dict[str, list[dict[str, object]]] = {}
    for path, operations in sorted(paths.items()):
        for verb, operation in operations.items():
            names = operation.get("tags") or ["other"]
            tag = str(names[0]) if isinstance(names, list) else "other"
            tags.setdefault(tag, []).append({"path": path, "verb": verb.upper(), **operation})
    return tags
