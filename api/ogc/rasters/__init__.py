"""OGC API for rasters: maps, map tiles, a value at a point, and their collections."""
