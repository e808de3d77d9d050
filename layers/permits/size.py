"""How small a building can be that somebody means."""

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_number
from layers.planning.asking.refusing import refusal

LEAST_M2 = 1.0


def require_building(area_m2: float, parameter: str, language: Language) -> None:
    """Raises BadParameter for ground on which no building stands: a slip of the unit or of a corner."""
    if area_m2 >= LEAST_M2:
        return
    told = Text(
        f"Phần đất xây dựng chỉ rộng {format_number(area_m2, 2)} m², quá nhỏ so với một công trình. Hãy "
        "kiểm tra "
        "đơn vị (mét) và đường bao.",
        f"The ground of the building is {area_m2:.2f} m², too small for one. See to its unit (metres) and "
        "its "
        "outline.",
    )
    raise refusal(BadParameter, told, language, parameter=parameter)
