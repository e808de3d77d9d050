"""The OGC API for a person with a browser: each resource as a page, from the same document programs get."""

from web_map.ogc_pages.frame import Frame
from web_map.ogc_pages.render import page_words, render_page

__all__ = ["Frame", "page_words", "render_page"]
