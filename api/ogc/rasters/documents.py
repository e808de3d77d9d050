"""Rasters among the collections: one document a name, its versions as dates."""

from dataclasses import asdict
from typing import Any

from psycopg import AsyncConnection

from api.ogc.links import alternates, link
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.access.scopes import allows, require_scope
from gis_platform.city import City
from gis_platform.geometry.output_crs import CRS84_URI, epsg_crs
from gis_platform.layer.text import Language, Text
from gis_platform.raster.catalogue import all_rasters, versions_of
from gis_platform.raster.entry import Kind, RasterEntry
from gis_platform.raster.legend import legend_of

_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_CRS = (CRS84_URI, epsg_crs(4326).uri, epsg_crs(3857).uri)
_KINDS = {
    Kind.ORTHOPHOTO: Text("Ảnh trực giao.", "Orthophoto."),
    Kind.ELEVATION: Text("Độ cao địa hình.", "Elevation of the ground."),
    Kind.MEASURE: Text("Dữ liệu ô lưới của một đại lượng.", "A quantity on a grid."),
    Kind.CLASS: Text("Dữ liệu ô lưới theo loại.", "Classes on a grid."),
}
_MAP = Text("Bản đồ (hình ảnh)", "Map")
_TILES = Text("Mảnh ảnh", "Map tiles")
_LEGEND = Text("Chú giải", "Legend")
_POSITION = Text("Giá trị tại một điểm", "Value at a point")


async def raster_collections(
    connection: AsyncConnection[Any], caller: Caller, city: City, base: str, language: Language
) -> list[dict[str, Any]]:
    """The rasters a caller may see, each as a collection; ``connection`` acts as its role."""
    return [
        _document(versions, caller, city, base, language)
        for name, versions in (await all_rasters(connection)).items()
        if allows(caller.scopes, "read", name)
    ]


async def raster_collection(
    connection: AsyncConnection[Any], name: str, caller: Caller, city: City, base: str, language: Language
) -> dict[str, Any] | None:
    """One raster as a collection; None where there is none that the caller may see.

    Raises:
        Forbidden: the caller's key is not for it.
    """
    versions = await versions_of(connection, name)
    if not versions:
        return None
    require_scope(caller, "read", name)
    return _document(versions, caller, city, base, language)


def _document(
    versions: list[RasterEntry], caller: Caller, city: City, base: str, language: Language
) -> dict[str, Any]:
    newest, oldest = versions[0], versions[-1]
    notes = (_KINDS[newest.kind], newest.caution)
    words = [text.in_language(language) for text in notes if text] + [newest.note or ""]
    return {
        "id": newest.name,
        "title": newest.title.in_language(language),
        "title_en": newest.title.en,
        "description": " ".join(filter(None, words)),
        "dataType": "map",
        "extent": {
            "spatial": {"bbox": [[round(edge, 7) for edge in _around(versions)]], "crs": CRS84_URI},
            "temporal": {
                "interval": [[f"{oldest.date}T00:00:00Z", f"{newest.date}T00:00:00Z"]],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            },
        },
        "crs": list(_CRS),
        "storageCrs": epsg_crs(newest.srid).uri,
        "dates": [entry.date.isoformat() for entry in reversed(versions)],
        "source_date": oldest.date.isoformat(),
        "newest_source_date": newest.date.isoformat(),
        "age_days": (city.today() - newest.date).days,
        "synthetic": any(entry.synthetic for entry in versions),
        "rights": newest.licence,
        "attribution": newest.source,
        "raster": _about(newest, language),
        "access": {
            "role": str(caller.role),
            "public": Role.PUBLIC.value in newest.audience,
            "hidden_properties": [],
            "hidden": [],
        },
        "links": _links(newest, base, language),
    }


def _about(entry: RasterEntry, language: Language) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "unit": entry.unit,
        "model_output": entry.model_output,
        "resolution_m": float(f"{entry.resolution_m:.4g}"),
        "width": entry.width,
        "height": entry.height,
        "bands": entry.bands,
        "type": entry.dtype,
        "nodata": entry.nodata,
        "delivered_in": epsg_crs(entry.source_srid).uri,
        "sha256": entry.file_sha256,
        "statistics": entry.statistics,
        "legend": [asdict(one) for one in legend_of(entry, language)],
    }


def _around(versions: list[RasterEntry]) -> tuple[float, float, float, float]:
    return (
        min(entry.west for entry in versions),
        min(entry.south for entry in versions),
        max(entry.east for entry in versions),
        max(entry.north for entry in versions),
    )


def _links(entry: RasterEntry, base: str, language: Language) -> list[dict[str, Any]]:
    here = f"{base}/ogc/collections/{entry.name}"
    tiles = f"{here}/map/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    return [
        *alternates(here),
        link(f"{here}/map?f=png", f"{_REL}map", _MAP.in_language(language), "image/png"),
        link(f"{here}/map?f=webp", f"{_REL}map", _MAP.in_language(language), "image/webp"),
        link(f"{here}/map/tiles", f"{_REL}tilesets-map", _TILES.in_language(language)),
        link(tiles, "item", _TILES.in_language(language), "image/png", templated=True),
        link(f"{base}/api/rasters/{entry.name}/legend", f"{_REL}legend", _LEGEND.in_language(language)),
        link(
            f"{here}/position?coords=POINT({{lon}} {{lat}})",
            "data",
            _POSITION.in_language(language),
            "application/prs.coverage+json",
            templated=True,
        ),
    ]
