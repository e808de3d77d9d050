"""``cql-text``: the draft of CQL2 that GDAL's OAPIF driver writes for ``-where``, read as CQL2.

The draft's names are those of today, save what the driver makes of OGR SQL: ``ILIKE``, days and moments as
texts cut short (``'2019-01-01T'``), 1 and 0 for what is true or false, a backslash that means itself.
"""

import re
from collections.abc import Callable
from typing import Any

from gis_platform.filtering.bounds import require_length
from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.text_reading import read_text

KindOf = Callable[[str], Kind | None]

_TEXT = r"'(?:[^']|'')*'"
#: A comparison with a pattern, or a text that stands elsewhere and is left as it is.
_LIKE = re.compile(rf"(?P<name>\b[^\W\d]\w*)\s+(?P<how>I?LIKE)\s+(?P<pattern>{_TEXT})|{_TEXT}", re.IGNORECASE)
_CUT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}))?)?Z)?")
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
#: What a day is to a moment within a day, where it is that to the day's beginning.
_WITHIN_DAY = {">": ">", ">=": ">", "<": "<=", "<=": "<="}


def read_gdal_text(text: str, kind_of: KindOf) -> Any:
    """The CQL2-JSON tree of a filter as the driver writes it.

    Args:
        kind_of: the kind of a property the caller may speak of; None for any other.

    Raises:
        BadParameter: it cannot be read, or is too long, too deep or too large.
    """
    require_length(text)
    return _mended(read_text(_LIKE.sub(_like, text)), kind_of)


def _like(found: re.Match[str]) -> str:
    name, pattern = found["name"], found["pattern"]
    if name is None:
        return found[0]
    pattern = pattern.replace("\\", "\\\\")
    if found["how"].upper() == "LIKE":
        return f"{name} LIKE {pattern}"
    return f"CASEI({name}) LIKE CASEI({pattern})"


def _mended(node: Any, kind_of: KindOf) -> Any:
    """Bounded in depth by the reader before it."""
    if not isinstance(node, dict) or not isinstance(node.get("args"), list):
        return node
    op, args = node.get("op"), [_mended(one, kind_of) for one in node["args"]]
    if op in _COMPARISONS and len(args) == 2 and isinstance(args[0], dict):
        name = args[0].get("property")
        op, args[1] = _compared(kind_of(name) if isinstance(name, str) else None, op, args[1])
    return node | {"op": op, "args": args}


def _compared(kind: Kind | None, op: str, value: Any) -> tuple[str, Any]:
    """A comparison in the words of CQL2 for its property; what cannot be meant is left to be refused."""
    if kind is Kind.BOOLEAN and value in (0, 1):
        return op, bool(value)
    cut = _CUT.fullmatch(value) if isinstance(value, str) else None
    if cut is None:
        return op, value
    day, *time = cut.groups()
    clock = ":".join(part or "00" for part in time)
    if kind is Kind.MOMENT:
        return op, {"timestamp": f"{day}T{clock}Z"}
    if kind is Kind.DATE and (clock == "00:00:00" or op in _WITHIN_DAY):
        return op if clock == "00:00:00" else _WITHIN_DAY[op], {"date": day}
    return op, value
