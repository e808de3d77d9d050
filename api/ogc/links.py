"""Links as OGC API writes them."""

from typing import Any


def link(
    href: str, rel: str, title: str, media_type: str = "application/json", **more: Any
) -> dict[str, Any]:
    """One link object."""
    return {"href": href, "rel": rel, "type": media_type, "title": title, **more}


def alternates(href: str, media_type: str = "application/json") -> list[dict[str, Any]]:
    """The links of a resource to itself: for programs, and as a page."""
    mark = "&" if "?" in href else "?"
    return [
        link(href, "self", "JSON", media_type),
        link(f"{href}{mark}f=html", "alternate", "HTML", "text/html"),
    ]
