"""Rasters of the demo city: relief, and salt in the soil month by month. Wholly made up, and marked so.

Tiền Giang's salt comes up the river from the east in the dry season; that much is its shape, no value is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg

from etl.demo.randomness import generator
from gis_platform.city import City
from gis_platform.layer import installed_layers
from gis_platform.raster.entry import Kind
from gis_platform.sqlfiles import named_queries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from etl.rasters.request import RasterRequest

    Cells = NDArray[np.float32]

SQL = named_queries(__file__)

ELEVATION, SALINITY = "demo_elevation", "demo_soil_salinity"
ELEVATION_DAY = date(2023, 1, 15)
#: Day, and how much of the season's peak.
MONTHS = ((date(2023, 2, 28), 0.45), (date(2023, 3, 31), 1.0), (date(2023, 4, 30), 0.75))
_COLUMNS, _ROWS = 200, 150  # about 110 m a cell
_NODATA = -9999.0
_SAID: dict[str, Any] = {
    "source": "Dữ liệu minh hoạ của nền tảng, không phải số liệu đo đạc",
    "licence": "Chưa công bố giấy phép sử dụng",
    "synthetic": True,
    "registered_by": "demo",
}


def load_demo_rasters(connection: psycopg.Connection[Any], data_dir: Path, city: City, seed: int) -> int:
    """Enter the demo's rasters unless they are there; how many were new. Commits each of them.

    Raises:
        DeliveryRefused: the data folder takes no files.
    """
    known = set(connection.execute(SQL["known"].text.encode()))
    connection.commit()
    wanted = {(ELEVATION, ELEVATION_DAY), *((SALINITY, day) for day, _ in MONTHS)}
    if wanted <= known:
        return 0
    # What reads and writes rasters takes a second to import: not at every start.
    from etl.rasters.register import add_raster

    with TemporaryDirectory() as folder:
        asked = [one for one in _requests(Path(folder), city, seed) if (one.name, one.date) not in known]
        for one in asked:
            add_raster(connection, data_dir, city, installed_layers(), one)
    return len(asked)


def _requests(folder: Path, city: City, seed: int) -> list[RasterRequest]:
    from etl.rasters.request import RasterRequest

    ground, salt = _fields(seed)
    elevation = RasterRequest(
        file=_write(folder / "elevation.tif", ground, city),
        name=ELEVATION,
        date=ELEVATION_DAY,
        kind=Kind.ELEVATION,
        unit="m",
        title="Độ cao địa hình (minh hoạ)",
        title_en="Elevation (made up)",
        palette="delta_elevation",
        **_SAID,
    )
    return [
        elevation,
        *(
            RasterRequest(
                file=_write(folder / f"{day}.tif", salt * share, city),
                name=SALINITY,
                date=day,
                kind=Kind.MEASURE,
                unit="dS/m",
                title="Độ mặn của đất (minh hoạ)",
                title_en="Soil salinity (made up)",
                palette="soil_salinity",
                **_SAID,
            )
            for day, share in MONTHS
        ),
    ]


def _fields(seed: int) -> tuple[Cells, Cells]:
    """Metres above the sea, and dS/m at the season's peak; rows from the north."""
    import numpy as np

    rng = generator(seed, 90)
    east, south = np.meshgrid(np.linspace(0, 1, _COLUMNS), np.linspace(0, 1, _ROWS))
    swell = np.zeros((_ROWS, _COLUMNS))
    for _ in range(14):
        across, down = rng.uniform(-9, 9, 2)
        swell += rng.uniform(0.2, 1.0) * np.sin(across * east + down * south + rng.uniform(0, 6.3)) / 7
    bank = np.exp(-(((south - 0.62) / 0.08) ** 2))
    ground = np.round(1.3 + 0.5 * swell + 0.9 * bank - 0.5 * south, 2)
    salt = np.round(np.clip(9.5 * east**1.6 * (0.35 + 0.65 * south) + 1.2 * swell, 0.1, None), 2)
    return ground.astype(np.float32), salt.astype(np.float32)


def _write(file: Path, cells: Cells, city: City) -> Path:
    import rasterio
    from rasterio.transform import from_bounds

    rows, columns = cells.shape
    with rasterio.open(
        file,
        "w",
        driver="GTiff",
        count=1,
        height=rows,
        width=columns,
        dtype="float32",
        nodata=_NODATA,
        crs="EPSG:4326",
        transform=from_bounds(*city.envelope.as_tuple(), columns, rows),
    ) as made:
        made.write(cells, 1)
    return file
