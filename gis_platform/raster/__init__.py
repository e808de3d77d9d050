"""Rasters: dated files with a row in the catalogue, read by id and never by a path or an address."""
