"""Sheet and parcel as people write them: "tờ 12 thửa 45", "Thửa đất số 45, tờ bản đồ số 12, phường 7".

The words must be there: "12/45" alone is as well a house number. Such a reference is unique neither over
units nor over map generations; whoever looks it up gets a list.
"""

import re
from dataclasses import dataclass

from gis_platform.folding import base_letters, nfc
from layers.references.unit import read_unit, unit_within

_END = r"(?![0-9a-z])"
# Letters stand alone (a French section, "AB"), before or after digits ("12a"); "so" is the word for number.
_SHEET_NO = (
    rf"(?P<sheet>(?!(?:so|to|th){_END})(?:[a-z]{{0,2}}[0-9]{{1,5}}[a-z]{{0,2}}|[0-9]?[a-z]{{1,2}}){_END})"
)
_PARCEL_NO = rf"(?P<parcel>[0-9]{{1,6}}[a-z]?{_END})"
_NUMBER = r"(?:[\s.:]*so(?![a-z]))?[\s.:]*"
_SHEET = rf"(?:so\s+)?(?:to(?:\s*ban\s*do(?:\s*dia\s*chinh)?|\s*bd)?|tbd|sheet){_NUMBER}{_SHEET_NO}"
_PARCEL = rf"(?:so\s+)?(?:thua(?:\s*dat)?|parcel){_NUMBER}{_PARCEL_NO}"
_BETWEEN = r"[\s,;.:–-]*"
_FORMS = tuple(
    re.compile(rf"\s*{form}")
    for form in (
        f"{_SHEET}{_BETWEEN}{_PARCEL}",
        f"{_PARCEL}{_BETWEEN}{_SHEET}",
        rf"t[\s.]*(?P<sheet>[0-9]{{1,5}}[a-z]?){_BETWEEN}th[\s.]*{_PARCEL_NO}",
    )
)
# "phường 7, tờ 12 thửa 45": whatever stands before must read as a unit.
_UNIT_FIRST = tuple(
    re.compile(rf"(?P<before>.{{1,80}}?)[\s,;:.()–-]+(?=(?:so\s+)?t){form.pattern}") for form in _FORMS
)
_EDGES = " \t\r\n,;.:()–-"
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")


@dataclass(frozen=True)
class ParcelReference:
    """A sheet and parcel number in canonical form, and what was written of the administrative unit."""

    sheet_no: str
    parcel_no: str
    unit_text: str | None = None

    @property
    def unit(self) -> str:
        """The unit itself, or ""; around it people write the street, the hamlet and the city."""
        return unit_within(self.unit_text or "")


def parse_parcel_reference(text: str) -> ParcelReference | None:
    """Read a reference with or without marks, in either order; None when the text is something else."""
    written = nfc(text)
    plain = base_letters(text)
    for form in (*_FORMS, *_UNIT_FIRST):
        found = form.match(plain)
        if found is None:
            continue
        rest, before = written[found.end() :], ""
        if form in _UNIT_FIRST:
            before = written[slice(*found.span("before"))].strip(_EDGES)
            if read_unit(before) is None:
                continue
        if rest.lstrip().startswith("/"):
            return None
        unit = ", ".join(part for part in (before, rest.strip(_EDGES)) if part)
        return ParcelReference(
            canonical_number(written[slice(*found.span("sheet"))]),
            canonical_number(written[slice(*found.span("parcel"))]),
            " ".join(unit.split()) or None,
        )
    return None


def format_parcel_reference(reference: ParcelReference, language: str = "vi") -> str:
    """The reference in words, Vietnamese or ("en") English."""
    sheet, parcel = ("sheet", "parcel") if language == "en" else ("tờ", "thửa")
    unit = f", {reference.unit_text}" if reference.unit_text else ""
    return f"{sheet} {reference.sheet_no} {parcel} {reference.parcel_no}{unit}"


def canonical_number(number: str) -> str:
    """A number as it is stored: capitals, no space around it, no zeros before the first figure."""
    return _LEADING_ZEROS.sub("", nfc(number).strip().upper())
