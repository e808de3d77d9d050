"""How large a filter may be. Each bound is far above what people and programs write, and below what hurts."""

import re
from typing import Any

from gis_platform.filtering.refusal import refused

#: Characters of the filter as sent; room for the border of a ward with 2,000 corners.
MAX_LENGTH = 65_536
#: Operators within operators, from the outermost to the innermost.
MAX_DEPTH = 50
#: Operators, functions, properties and values together, corners of geometries not counted.
MAX_PARTS = 2_000

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def require_length(text: str) -> None:
    """Raises BadParameter for a filter that is empty, too long, or holds what is no text."""
    if len(text) > MAX_LENGTH:
        raise refused(f"it has {len(text)} characters; at most {MAX_LENGTH} are read.")
    if not text.strip():
        raise refused("it is empty. Write for example status = 'in_force'.")
    _require_characters(text)


def _require_characters(text: str) -> None:
    # PostgreSQL keeps no NUL in a text, and half of a surrogate pair cannot be sent to it.
    if _NO_TEXT.search(text):
        raise refused("it holds a character that is no text.")


def require_size(tree: Any) -> None:
    """Raises BadParameter for a tree that is too deep, has too many parts, or a text that is none; needs no
    recursion itself.
    """
    parts, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        parts += 1
        if depth > MAX_DEPTH:
            raise refused(f"it is nested more than {MAX_DEPTH} deep.")
        if parts > MAX_PARTS:
            raise refused(f"it has more than {MAX_PARTS} parts. Ask in several requests.")
        if isinstance(node, str):
            _require_characters(node)
        deeper = depth + isinstance(node, dict)
        waiting += [(below, deeper) for below in _below(node)]


def _below(node: Any) -> list[Any]:
    if isinstance(node, list):
        return node
    if not isinstance(node, dict):
        return []
    return [below for name, below in node.items() if name not in ("coordinates", "bbox", "geometries")]
