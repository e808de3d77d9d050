"""Filters in CQL2: read, checked, and made into conditions with every value bound."""

from gis_platform.filtering.compiler import FilterLanguage, compile_filter

__all__ = ["FilterLanguage", "compile_filter"]
