"""The ground of a building out of a file that somebody drew: looked at once, and nothing of it kept."""

from etl.footprints.reading import AT_ONCE, read_footprint

__all__ = ["AT_ONCE", "read_footprint"]
