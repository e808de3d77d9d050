"""The OGC API for a person with a browser: each resource as a page, from the same document programs get."""

from web_map.ogc_pages.frame import Frame
from web_map.ogc_pages.render import render_page

__all__ = ["Frame", "render_page"]
