"""Links as OGC API writes them."""

from typing import Any


def link(
    href: str, rel: str, title: str, media_type: str = "application/json", **more: Any
) -> dict[str, Any]:
    """One link object."""
    return {"href": href, "rel": rel, "type": media_type, "title": title, **more}
