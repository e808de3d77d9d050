"""What of the standards holds here: only what a test proves.

Each part of the API has its group; add the class to it in the commit that brings the test.
"""

_OGC = "http://www.opengis.net/spec"

COMMON: tuple[str, ...] = ()
FEATURES: tuple[str, ...] = (
    f"{_OGC}/ogcapi-features-1/1.0/conf/core",
    f"{_OGC}/ogcapi-features-1/1.0/conf/geojson",
)
CRS: tuple[str, ...] = ()
FILTERING: tuple[str, ...] = ()
EDITING: tuple[str, ...] = (
    f"{_OGC}/ogcapi-features-4/1.0/conf/create-replace-delete",
    f"{_OGC}/ogcapi-features-4/1.0/conf/update",
    f"{_OGC}/ogcapi-features-4/1.0/conf/features",
    f"{_OGC}/ogcapi-features-4/1.0/conf/optimistic-locking-etags",
)
SCHEMAS: tuple[str, ...] = ()
TILES: tuple[str, ...] = ()
STYLES: tuple[str, ...] = ()
RASTERS: tuple[str, ...] = (
    f"{_OGC}/ogcapi-maps-1/1.0/conf/core",
    f"{_OGC}/ogcapi-maps-1/1.0/conf/collection-map",
    f"{_OGC}/ogcapi-maps-1/1.0/conf/png",
    f"{_OGC}/ogcapi-tiles-1/1.0/conf/png",
)
RECORDS: tuple[str, ...] = ()
DESCRIPTION: tuple[str, ...] = ()
"""The OpenAPI document."""

CONFORMANCE: tuple[str, ...] = (
    *COMMON,
    *FEATURES,
    *CRS,
    *FILTERING,
    *EDITING,
    *SCHEMAS,
    *TILES,
    *STYLES,
    *RASTERS,
    *RECORDS,
    *DESCRIPTION,
)
