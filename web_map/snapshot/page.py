"""From a folium map to one file: its parts, its look, and the policy under which it runs."""

from html import escape
from pathlib import Path

import folium
from branca.element import MacroElement
from folium.template import Template

from gis_platform.layer.text import Language
from web_map.assets.vendor import font_faces, vendor_files
from web_map.snapshot.inert import inert, revived
from web_map.snapshot.inline import content_policy, inline_assets, refuse_outside
from web_map.snapshot.sheet import font_css, page_css

BEHAVIOUR = Path(__file__).with_name("behaviour.js")


class Part(MacroElement):
    """HTML or script in its turn, written as it is."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.body }}{% endmacro %}"
        "{% macro script(this, kwargs) %}{{ this.code }}{% endmacro %}"
    )

    def __init__(self, *, html: str = "", script: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "part"
        self.body = inert(html)
        self.code = inert(script)


def finished(
    view: folium.Map, language: Language, heading: str, node_modules: Path, more_css: str = ""
) -> str:
    """The file; ``heading`` is its title in plain text.

    Raises:
        OutsideAddress: the file would name another host.
        Unavailable: a front-end package is not installed.
    """
    page = inline_assets(revived(view.get_root().render()), node_modules)
    faces = font_faces(vendor_files(node_modules), node_modules)
    styles = f"<style>{font_css(faces, vendor_files(node_modules))}{page_css()}{more_css}</style>"
    page = page.replace("<html>", f'<html lang="{language}">', 1)
    page = page.replace("user-scalable=no", "user-scalable=yes").replace("maximum-scale=1.0,", "")
    page = page.replace("</head>", f"{styles}<title>{escape(heading)}</title></head>", 1)
    refuse_outside(page)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy(page)}">'
    return page.replace("<head>", f"<head>{policy}", 1)
