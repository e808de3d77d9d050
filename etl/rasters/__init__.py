"""Rasters from a delivered file to a dated entry of the catalogue: all of it, or nothing."""
