"""Where the files of rasters lie."""

from pathlib import Path

from gis_platform.city import City


def raster_folder(data_dir: Path, city: City) -> Path:
    """The folder of prepared rasters: one a city, for several may share a data folder."""
    return data_dir / "rasters" / city.name
