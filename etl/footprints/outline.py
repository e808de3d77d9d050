"""What a file holds that may be the ground of a building, whichever form it has."""

from dataclasses import dataclass, field, replace
from typing import NoReturn

from shapely.geometry.base import BaseGeometry

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Text
from layers.planning.asking.refusing import refusal

PARAMETER = "file"


@dataclass(frozen=True, slots=True)
class Outline:
    """An area of the file: ``called`` is how its drawer finds it again, ``layer`` the layer it lies on.

    ``rounded``: arcs are drawn as short lines; ``raised``: it had heights, which are left out.
    """

    shape: BaseGeometry
    layer: str
    called: Text
    rounded: bool = False
    raised: bool = False

    def moved(self, shape: BaseGeometry) -> "Outline":
        """The same in another grid."""
        return replace(self, shape=shape)


@dataclass(slots=True)
class Held:
    """All of a file. ``srid`` is the grid it says, None where it says none; ``left`` is what is no area."""

    form: Text
    outlines: list[Outline] = field(default_factory=list)
    left: list[Text] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    srid: int | None = None


def refuse(told: Text, **more: object) -> NoReturn:
    """Raises BadParameter in both languages."""
    raise refusal(BadParameter, told, "en", parameter=PARAMETER, **more)
