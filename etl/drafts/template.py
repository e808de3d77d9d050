"""A small file as a draft is read: columns with an example each, to be filled in by a planner."""

from pathlib import Path

import pyarrow as pa
import pyogrio
import shapely

from gis_platform.city import City
from gis_platform.geometry.envelope import envelope_in
from gis_platform.layer.text import Language, Text
from layers.planning.drafts.columns import EXAMPLE, TEMPLATE_CODES
from layers.planning.drafts.words import NO_LEGAL_VALUE

_SIDE_M = 40.0
_ABOUT = Text(
    "Mẫu minh hoạ: ba ô ví dụ, hãy thay bằng ô của bản thảo.",
    "Template: three zones as examples, to be replaced by yours.",
)

_EXAMPLE = Text("Ô ví dụ", "Example")


def write_template(path: Path, city: City, language: Language) -> None:
    """Three squares in the middle of the city, in its working grid, as a GeoPackage."""
    srid = city.working_srid
    west, south, east, north = envelope_in(srid, city.envelope.as_tuple())
    x, y = round((west + east) / 2, -1), round((south + north) / 2, -1)
    squares = [
        shapely.multipolygons([shapely.box(x + n * _SIDE_M, y, x + (n + 1) * _SIDE_M, y + _SIDE_M)])
        for n in range(len(TEMPLATE_CODES))
    ]
    columns: dict[str, list[str | float]] = {name: [value] * len(squares) for name, value in EXAMPLE.items()}
    columns["function_code"] = list(TEMPLATE_CODES)
    columns["code"] = [f"{code}-{n}" for n, code in enumerate(TEMPLATE_CODES, start=1)]
    columns["title"] = [f"{_EXAMPLE.in_language(language)} {n}" for n in range(1, len(squares) + 1)]
    shapes = pa.array([shapely.to_wkb(square) for square in squares])
    told = {"ARROW:extension:name": "geoarrow.wkb"}
    arrays = [pa.array(values) for values in columns.values()]
    schema = pa.schema(
        [pa.field(name, array.type) for name, array in zip(columns, arrays, strict=True)]
        + [pa.field("geom", pa.binary(), metadata=told)]
    )
    pyogrio.write_arrow(
        pa.Table.from_arrays([*arrays, shapes], schema=schema),
        path,
        layer="ban_thao",
        driver="GPKG",
        geometry_name="geom",
        geometry_type="MultiPolygon",
        crs=f"EPSG:{srid}",
        dataset_options={"VERSION": "1.2"},
        layer_options={
            "IDENTIFIER": NO_LEGAL_VALUE.in_language(language),
            "DESCRIPTION": _ABOUT.in_language(language),
        },
    )
