"""Turns a folium page into one file: what it loads is put into it, and nothing may be left outside.

folium names an address for every library it might need. Those that the page uses are taken from the
front-end packages; the others are left out.
"""

import base64
import hashlib
import re
from pathlib import Path

from web_map.assets.vendor import package_file

_LEAFLET = "leaflet/dist"
_USED = {
    "leaflet.js": f"{_LEAFLET}/leaflet.js",
    "leaflet.css": f"{_LEAFLET}/leaflet.css",
}
"""File names as folium gives them, and the package file that is put in their place."""

_SCRIPT_TAG = re.compile(r'<script src="(?P<address>[^"]+)"></script>')
_SHEET_TAG = re.compile(r'<link rel="stylesheet" href="(?P<address>[^"]+)"\s*/?>')
_PICTURE = re.compile(r"url\((?P<quote>['\"]?)(?P<path>images/[^)'\"]+)(?P=quote)\)")
_SCRIPT = re.compile(r"<script>(?P<text>.*?)</script>", re.DOTALL)
_ADDRESS = re.compile(
    r"(?:https?:|wss?:|ftp:)//[^\s'\"<>)\\]+|(?:src|href|url\()\s*=?\s*['\"]?//[^\s'\"<>)]+", re.I
)
# Names of XML vocabularies: compared, never fetched.
_VOCABULARIES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink")


class OutsideAddress(RuntimeError):
    """A saved map would ask another host for something."""


def inline_assets(page: str, node_modules: Path) -> str:
    """Put the libraries into the page.

    Raises:
        Unavailable: a front-end package is not installed.
    """

    def script(tag: re.Match[str]) -> str:
        name = tag["address"].rsplit("/", 1)[-1]
        return f"<script>{_source(_USED[name], node_modules)}</script>" if name in _USED else ""

    def sheet(tag: re.Match[str]) -> str:
        name = tag["address"].rsplit("/", 1)[-1]
        return f"<style>{_sheet(_USED[name], node_modules)}</style>" if name in _USED else ""

    return _SHEET_TAG.sub(sheet, _SCRIPT_TAG.sub(script, page))


def refuse_outside(page: str) -> None:
    """Check that the page names no other host.

    Raises:
        OutsideAddress: it does; the message lists the addresses.
    """
    found = sorted({a for a in _ADDRESS.findall(page) if not a.startswith(_VOCABULARIES)})
    if found:
        raise OutsideAddress(
            f"The saved map still names {len(found)} outside addresses: {', '.join(found[:5])}"
        )


def content_policy(page: str) -> str:
    """A policy under which exactly the scripts now in the page run, and nothing is fetched."""
    digests = (hashlib.sha256(text.encode()).digest() for text in _SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def data_uri(body: bytes, media_type: str) -> str:
    """The bytes as an address that holds them."""
    return f"data:{media_type};base64,{base64.b64encode(body).decode()}"


def _source(name: str, node_modules: Path) -> str:
    text = package_file(node_modules, name).read_text(encoding="utf-8")
    text = re.sub(r"\n?//# sourceMappingURL=\S+", "", text)
    return _plain_names(text).replace("</script", "<\\/script")


def _sheet(name: str, node_modules: Path) -> str:
    file = package_file(node_modules, name)

    def picture(found: re.Match[str]) -> str:
        body = package_file(node_modules, f"{Path(name).parent}/{found['path']}").read_bytes()
        return f"url({data_uri(body, 'image/png')})"

    return _plain_names(_PICTURE.sub(picture, file.read_text(encoding="utf-8")))


def _plain_names(text: str) -> str:
    """Addresses in comments and credits become plain names: they stay readable and are no links."""
    text = re.sub(r'href="https?://[^"]*"', 'href="#"', text)
    return re.sub(
        r"https?://[^\s'\"<>)]+",
        lambda a: a[0] if a[0].startswith(_VOCABULARIES) else a[0].split("://", 1)[1],
        text,
    )
