"""What was asked, as it is kept with an answer: as it was understood, without what else people write."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from layers.planning.asking.question import Found
from layers.references.corner_table import format_corner_table, read_corner_table


def asked_as_kept(given: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """The members of a question that was answered, None left out.

    An address is kept as the house it was read as, a table as its corners, a drawing as its shape: names and
    telephone numbers that were pasted along are no part of any of them, and answers are kept for years.
    """
    return {name: _as_kept(name, value, found) for name, value in given.items() if value is not None}


def _as_kept(name: str, value: Any, found: Found) -> Any:
    if name == "address" and found.understood is not None:
        return found.understood
    if name == "corners" and isinstance(value, str):
        corners = read_corner_table(value)
        return format_corner_table([replace(c, label=str(i)) for i, c in enumerate(corners, start=1)])
    if name == "area" and isinstance(value, dict):
        shape = value.get("geometry") if value.get("type") == "Feature" else value
        return {member: shape[member] for member in ("type", "coordinates") if isinstance(shape, dict)}
    return value
