"""A condition on the rows of a layer: SQL of our own making, and the values bound to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = object


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the alias ``t`` of a layer's rows.

    ``sql`` has placeholders ``%(name)s`` and a doubled ``%%`` for a percent sign; nothing that a caller sent
    is in it. ``parameters`` are text, numbers, truth values, dates, moments or None: no lists.
    """

    sql: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
