"""What may be filled in for which kind: what would change nothing is refused, not dropped."""

from gis_platform.casework import Acting
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Text
from layers.planning.asking.refusing import refusal

_EXTENSION = Text(
    "Gia hạn chỉ kéo dài thời hạn khởi công, không thay đổi mục này. Hãy để trống.",
    "An extension prolongs the time to begin and changes nothing of this. Leave it empty.",
)
_ADJUSTMENT = Text(
    "Điều chỉnh không thay đổi ngày công trình được tồn tại đến. Hãy để trống.",
    "An adjustment does not change until when the building may stand. Leave it empty.",
)
#: By kind, the inputs of the moves that do nothing for it.
_OF_NO_USE = {
    "extension": (
        ("why_despite", "ground_level", "floor_area", "why_floor_area", "valid_until"),
        _EXTENSION,
    ),
    "adjustment": (("valid_until",), _ADJUSTMENT),
}


def require_of_use(acting: Acting) -> None:
    """Raises BadParameter for what was filled in and does nothing for the kind of the case."""
    names, told = _OF_NO_USE.get(str(acting.case.details["kind"]), ((), _EXTENSION))
    for name in names:
        if name in acting.given:
            raise refusal(BadParameter, told, acting.language, parameter=name)
