"""Filters in CQL2: read, checked, and made into conditions with every value bound."""

from gis_platform.filtering.compiler import FilterLanguage, compile_filter
from gis_platform.filtering.kinds import Kind, kind_of

__all__ = ["FilterLanguage", "Kind", "compile_filter", "kind_of"]
