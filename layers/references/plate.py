"""Vietnamese number plates: one normal form, the forms people see, and the masked one.

Since 15/8/2023 a plate follows its owner: the province code proves neither residence nor registration.
The letters of a plate do not always tell a car from a motorbike (63A-123.45 or 63-A1 2345): then both
readings stand, and the kind must come from the camera or the shape of the plate.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from gis_platform.folding import nfc

# The 20 letters of a series; Q, and MĐ of electric motorbikes, occur in special series only (unverified).
_LETTER = "[A-HK-NPSTUVXYZ]"
_PATTERNS = (
    (rf"([0-9]{{2}})({_LETTER}|LD|DA|KT|NG|NN|QT)([0-9]{{4,5}})", "car"),
    (rf"([0-9]{{2}})({_LETTER}[0-9A-HK-NPSTUVXYZ]|MĐ)([0-9]{{4,5}})", "motorbike"),
)
_NOT_OF_A_PLATE = re.compile("[^0-9A-ZĐ]+")
_UNREADABLE = "***"


class PlateKind(StrEnum):
    """The two shapes of plate."""

    CAR = "car"
    MOTORBIKE = "motorbike"


@dataclass(frozen=True)
class Reading:
    """One way to read a plate."""

    kind: PlateKind
    province: str
    series: str
    number: str

    def display(self) -> str:
        """As painted: 63A-123.45, 63-B9 123.45; four figures without a dot."""
        number = f"{self.number[:3]}.{self.number[3:]}" if len(self.number) == 5 else self.number
        return f"{self._head()}{number}"

    def mask(self) -> str:
        """With all but the last two figures of the number hidden: 63A-***.45."""
        hidden = "***." if len(self.number) == 5 else "**"
        return f"{self._head()}{hidden}{self.number[-2:]}"

    def _head(self) -> str:
        if self.kind is PlateKind.CAR:
            return f"{self.province}{self.series}-"
        return f"{self.province}-{self.series} "


def normalise_plate(text: str) -> str:
    """Capitals and figures only. What a camera mistook (O for 0, B for 8) stays: keep the image."""
    return _NOT_OF_A_PLATE.sub("", nfc(text).upper().replace("Ð", "Đ"))


def read_plate(text: str) -> tuple[Reading, ...]:
    """Every reading of a plate: none when it is not one, two when the text alone cannot tell."""
    normal = normalise_plate(text)
    found = ((re.fullmatch(pattern, normal), PlateKind(kind)) for pattern, kind in _PATTERNS)
    return tuple(Reading(kind, *match.groups()) for match, kind in found if match)


def display_plate(text: str, kind: PlateKind | None = None) -> str:
    """As painted; the normal form where the text has no single reading and no kind is given."""
    readings = _of_kind(text, kind)
    return readings[0].display() if len(readings) == 1 else normalise_plate(text)


def mask_plate(text: str, kind: PlateKind | None = None) -> str:
    """For those who may not see it whole. In doubt the reading that hides most, or nothing is shown."""
    readings = _of_kind(text, kind)
    if not readings:
        return _UNREADABLE
    return max(readings, key=lambda reading: len(reading.number)).mask()


def _of_kind(text: str, kind: PlateKind | None) -> tuple[Reading, ...]:
    return tuple(reading for reading in read_plate(text) if kind in (None, reading.kind))
