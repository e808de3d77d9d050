"""The ground of a strip: the road between its lines, and so many metres beyond them. Metres, m²."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_number
from layers.planning.asking.refusing import refusal
from layers.planning.building.ground import strip
from layers.planning.strip.street import AskedStreet

MOST_M = 300
#: Of more ground nobody reads one list, and the database would be busy for longer than one may ask.
MOST_M2 = 2_000_000.0


@dataclass(frozen=True, slots=True)
class Ground:
    """``road`` lies between the lines on either side, ``whole`` is it and ``metres`` beyond; where the centre
    line ends both end.
    """

    metres: float
    road: BaseGeometry
    whole: BaseGeometry


def ground_along(street: AskedStreet, metres: float, language: Language) -> Ground:
    """The strip on either side of a street.

    Raises:
        BadParameter: it is larger than one may ask for; the detail says how wide it may be.
    """
    whole = strip(street.line, street.half_m + metres)
    if whole.area > MOST_M2:
        raise refusal(BadParameter, _too_large(street, metres), language, parameter="metres")
    return Ground(metres, strip(street.line, street.half_m), whole)


def _too_large(street: AskedStreet, metres: float) -> Text:
    """The strip grows by about its length on either side for each metre."""
    fits = int(MOST_M2 / (2 * street.line.length) - street.half_m)
    length = format_number(street.line.length / 1000, 1)
    most = format_number(MOST_M2 / 10_000)
    try_vi = f"Hãy hỏi trong phạm vi {fits} m." if fits > 0 else "Tuyến này dài quá để hỏi một lần."
    try_en = f"Ask for {fits} m." if fits > 0 else "It is too long to be asked about at once."
    return Text(
        f"Dải {f'{metres:g}'.replace('.', ',')} m hai bên tuyến dài {length} km rộng hơn {most} ha. {try_vi}",
        f"A strip of {metres:g} m along {street.line.length / 1000:.1f} km covers more than "
        f"{MOST_M2 / 10_000:.0f} ha. {try_en}",
    )
