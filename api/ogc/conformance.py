"""What of the standards holds here: only what a test proves.

Each part of the API has its group; add the class to it in the commit that brings the test.
"""

_OGC = "http://www.opengis.net/spec"

COMMON: tuple[str, ...] = (
    *(f"{_OGC}/ogcapi-common-1/1.0/conf/{name}" for name in ("core", "landing-page", "json", "html")),
    f"{_OGC}/ogcapi-common-2/1.0/conf/collections",
)
FEATURES: tuple[str, ...] = (
    f"{_OGC}/ogcapi-features-1/1.0/conf/core",
    f"{_OGC}/ogcapi-features-1/1.0/conf/geojson",
    f"{_OGC}/ogcapi-features-1/1.0/conf/html",
)
CRS: tuple[str, ...] = (f"{_OGC}/ogcapi-features-2/1.0/conf/crs",)
FILTERING: tuple[str, ...] = (
    *(f"{_OGC}/ogcapi-features-3/1.0/conf/{name}" for name in ("queryables", "filter", "features-filter")),
    *(
        f"{_OGC}/cql2/1.0/conf/{name}"
        for name in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "temporal-functions",
            "property-property",
        )
    ),
)
EDITING: tuple[str, ...] = (
    f"{_OGC}/ogcapi-features-4/1.0/conf/create-replace-delete",
    f"{_OGC}/ogcapi-features-4/1.0/conf/update",
    f"{_OGC}/ogcapi-features-4/1.0/conf/features",
    f"{_OGC}/ogcapi-features-4/1.0/conf/optimistic-locking-etags",
)
SCHEMAS: tuple[str, ...] = tuple(
    f"{_OGC}/ogcapi-features-5/1.0/conf/{name}"
    for name in ("schemas", "core-roles-features", "returnables-and-receivables", "queryables", "sortables")
)
TILES: tuple[str, ...] = (
    *(
        f"{_OGC}/ogcapi-tiles-1/1.0/conf/{name}"
        for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30")
    ),
    f"{_OGC}/tms/2.0/conf/tilematrixset",
    f"{_OGC}/tms/2.0/conf/json-tilematrixset",
    f"{_OGC}/tms/2.0/conf/tilesetmetadata",
    f"{_OGC}/tms/2.0/conf/json-tilesetmetadata",
)
# A draft (OGC 20-009): 0.0 is how it is declared until it is a standard.
STYLES: tuple[str, ...] = (
    f"{_OGC}/ogcapi-styles-1/0.0/conf/core",
    f"{_OGC}/ogcapi-styles-1/0.0/conf/mapbox-styles",
)
RASTERS: tuple[str, ...] = (
    f"{_OGC}/ogcapi-maps-1/1.0/conf/core",
    f"{_OGC}/ogcapi-maps-1/1.0/conf/collection-map",
    f"{_OGC}/ogcapi-maps-1/1.0/conf/png",
    f"{_OGC}/ogcapi-tiles-1/1.0/conf/png",
)
RECORDS: tuple[str, ...] = tuple(
    f"{_OGC}/ogcapi-records-1/1.0/conf/{name}"
    for name in (
        "record-core",
        "record-collection",
        "record-core-query-parameters",
        "records-api",
        "searchable-catalog",
        "json",
        "html",
    )
)
DESCRIPTION: tuple[str, ...] = (f"{_OGC}/ogcapi-features-1/1.0/conf/oas30",)
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
