"""The strip along a street's planned line: what lies within so many metres of it, on either side."""

from layers.planning.strip.answer import Strip, strip_along
from layers.planning.strip.street import AskedStreet, find_street

__all__ = ["AskedStreet", "Strip", "find_street", "strip_along"]
