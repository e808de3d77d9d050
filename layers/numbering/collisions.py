"""What stands in the way near a gate, house by house with its place: for the map, never to block."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_platform.layer.text import Text
from layers.numbering.ground import Gate
from layers.numbering.placed import Irregularity, Placed, irregularities, told_house
from layers.references.address import format_path

#: What lies farther along the street has no bearing on the number.
NEAR_M = 120.0
_MOST = 50


def reason(kind: Irregularity, one: Placed) -> Text:
    """The irregularity for people."""
    number = format_path((one.number,))
    match kind:
        case "out_of_order":
            return Text(
                f"Số {number} không theo thứ tự dọc đường.",
                f"Number {number} is out of order along the street.",
            )
        case "wrong_parity":
            return Text(
                f"Số {number} không đúng chẵn lẻ của bên đường này.",
                f"Number {number} has not the parity of its side.",
            )
        case "same_number":
            return Text(
                f"Số {number} được dùng cho nhiều nhà.", f"Number {number} is used by several houses."
            )


def collisions_around(along: Sequence[Placed], gate: Gate) -> list[Mapping[str, Any]]:
    """Irregular houses near the gate, the nearest first."""
    found = [
        (abs(one.at_m - gate.at_m), {"code": kind, "reason": reason(kind, one), **told_house(one)})
        for kind, one in irregularities(along)
        if abs(one.at_m - gate.at_m) <= NEAR_M
    ]
    return [told for _, told in sorted(found, key=lambda pair: pair[0])[:_MOST]]
