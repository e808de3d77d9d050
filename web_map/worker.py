"""``/sw.js``: the service worker of the map, with the list of what it keeps for when there is no network."""

import hashlib
import json
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from web_map.assets.files import MapFiles
from web_map.assets.own import PAGE_SCRIPT, PAGE_SHEET
from web_map.security import page_headers
from web_map.texts import LANGUAGES

_TEXT = Path(__file__).with_name("worker.js")
_PICTURES = ("icon.svg", "search.svg", "layers.svg")
# Each is asked for without a sign-in, in each language.
_DOCUMENTS = ("/", "/map/style.json", "/map/legend.json")


def add_worker_route(router: APIRouter, files: MapFiles) -> None:
    """Add the route. It lies at the root, since a worker answers for no more than its own folder."""

    @router.get("/sw.js", include_in_schema=False)
    def worker() -> Response:
        # Asked for anew at every visit: a worker that was kept could keep itself.
        headers = page_headers() | {"Cache-Control": "no-cache"}
        return Response(worker_script(files), media_type="text/javascript", headers=headers)


def _is_of_the_first_view(name: str) -> bool:
    return "latin-ext" not in name


def worker_script(files: MapFiles) -> str:
    """The script; its version names the contents of every file and of the script itself."""
    text = _TEXT.read_text(encoding="utf-8")
    shell = {
        "files": [
            *(files.own.address(name) for name in (PAGE_SCRIPT, PAGE_SHEET, *_PICTURES)),
            files.fonts,
            *(files.vendor.address(name) for name in files.vendor.contents if _is_of_the_first_view(name)),
            *(address for address in files.pictures.values()),
        ],
        "documents": {path: [f"{path}?lang={language}" for language in LANGUAGES] for path in _DOCUMENTS},
        "languages": {language: place for place, language in enumerate(LANGUAGES)},
    }
    version = hashlib.sha256((json.dumps(shell) + text).encode()).hexdigest()[:16]
    return f"const SHELL = {json.dumps(shell | {'version': version})};\n{text}"
