"""Text that templates leave alone.

folium renders twice: what a template wrote is read as a template again. So braces in delivered data would
run as code on the server. They travel as characters that no template knows and come back at the end.
"""

from typing import Any

# Private use characters: no text of a city has them.
_AWAY = str.maketrans({"{": "\ue000", "}": "\ue001"})
_BACK = {"\ue000": "{", "\ue001": "}"}


def inert(value: Any) -> Any:
    """The same JSON value or text, without a brace in any text of it."""
    if isinstance(value, str):
        return value.translate(_AWAY)
    if isinstance(value, list):
        return [inert(one) for one in value]
    if isinstance(value, dict):
        return {inert(name): inert(one) for name, one in value.items()}
    return value


def revived(page: str) -> str:
    """The rendered page with its braces back: plain in text, and as an escape within JSON."""
    for away, brace in _BACK.items():
        page = page.replace(away, brace).replace(f"\\u{ord(away):04x}", f"\\u{ord(brace):04x}")
    return page
