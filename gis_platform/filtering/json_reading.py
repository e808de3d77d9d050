"""CQL2 as JSON: the text is the tree; what is checked here is that it is sound JSON of a bounded depth."""

import json
import re
from typing import Any, NoReturn

from gis_platform.filtering.bounds import require_length, require_size
from gis_platform.filtering.refusal import refused, shown

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# An operator costs two brackets and a geometry has five.
_MAX_BRACKETS = 120


def read_json(text: str) -> Any:
    """The tree of a filter in CQL2 JSON.

    Raises:
        BadParameter: it is no JSON, names something twice, or is too long, too deep or too large.
    """
    require_length(text)
    _require_shallow(text)
    try:
        tree = json.loads(text, parse_constant=_no_number, object_pairs_hook=_unique)
    except ValueError as fault:
        raise refused(f"it is no JSON ({fault}). For CQL2 text say filter-lang=cql2-text.") from None
    require_size(tree)
    return tree


def _require_shallow(text: str) -> None:
    depth = 0
    for letter in _STRING.sub("", text):
        if letter in "[{":
            depth += 1
            if depth > _MAX_BRACKETS:
                raise refused(f"its brackets are nested more than {_MAX_BRACKETS} deep.")
        elif letter in "]}":
            depth -= 1


def _no_number(name: str) -> NoReturn:
    raise refused(f"{name} is no number.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise refused(f"{shown(max(names, key=names.count))} is given twice in one object.")
    return members
