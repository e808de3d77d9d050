"""Does a raster lie where the city is? If not: would it in another grid than it says?"""

from pathlib import Path

from etl.rasters.checking import Sound
from gis_platform.city import City
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.envelope import Verdict, guess_axis_swap


def outside(file: Path, sound: Sound, city: City) -> str | None:
    """A warning where a raster does not reach the city; None where it does, in part or wholly.

    Raises:
        DeliveryRefused: its coordinates lie in the city in another grid than it says, or swapped.
    """
    west, south, east, north = city.envelope.as_tuple()
    box = sound.bounds
    if box[0] < east and box[2] > west and box[1] < north and box[3] > south:
        return None
    judged = guess_axis_swap(sound.as_read, city.envelope.as_tuple(), sound.srid)
    if judged.verdict in (Verdict.OTHER_CRS, Verdict.SWAPPED_AXES):
        raise DeliveryRefused(f"{file.name}: {judged.sentence}")
    there = ", ".join(f"{degree:.3f}" for degree in box)
    return (
        f"It does not reach {city.title_en}: it covers {there} (west, south, east, north). "
        "Is its system right?"
    )
