"""One file read in a process of its own, which may end badly without harm: ``python -m etl.footprints.work``.

The file lies in a folder that is removed afterwards. What it holds is told as JSON on standard output.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, Final

from etl.footprints.choosing import of_layer, one_of, require_areas
from etl.footprints.content import form_of
from etl.footprints.geojson import read_geojson
from etl.footprints.outline import Held
from etl.footprints.placing import placed
from gis_platform.city import City, load_city
from gis_platform.errors import Problem
from layers.planning.building.drawing import as_geojson

#: Beyond it the process is ended: blocks in blocks grow without end out of a few bytes.
_MEMORY: Final = 1536 * 2**20
_NICER: Final = 5


def footprint_of(path: Path, city: City, crs: int | None, layer: str | None) -> dict[str, Any]:
    """The polygon in WGS 84, its area in m² of the working grid, its grid, and notices in both languages.

    Raises BadParameter in both languages where the file gives no one polygon.
    """
    content = path.read_bytes()
    held = read_geojson(content) if form_of(content) == "GeoJSON" else _drawn(path, city)
    require_areas(held)
    of_layer(held, layer)
    outlines, srid = placed(held, crs, city)
    chosen = one_of(held, outlines)
    return {
        "footprint": as_geojson(chosen, city.working_srid),
        "area_m2": round(chosen.area, 2),
        "crs": srid,
        "notices": [{"vi": each.vi, "en": each.en} for each in held.notices],
    }


def _drawn(path: Path, city: City) -> Held:
    # Here and not above: what reads drawings takes most of a second to import.
    from etl.footprints.dxf import read_dxf

    return read_dxf(path, city.timezone)


def main() -> None:
    """The command line of the process: file, city, and what a person said of grid and layer, as JSON."""
    asked = json.loads(sys.argv[1])
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        told = footprint_of(Path(asked["path"]), load_city(asked["city"]), asked["crs"], asked["layer"])
    except Problem as fault:
        told = {"refused": {"en": fault.detail, "vi": fault.detail_vi, "extra": fault.extra}}
    json.dump(told, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
