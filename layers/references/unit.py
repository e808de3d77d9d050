"""Wards and communes as people write them: "P.1", "p1", "F.1", "phường Mỹ Tho, TP. Mỹ Tho"."""

import re

from gis_platform.folding import base_letters, nfc

_KINDS = {"phuong": "phường", "xa": "xã", "thi tran": "thị trấn"}
_SHORT = {"p": "phường", "ph": "phường", "f": "phường", "x": "xã", "tt": "thị trấn"}
# A single letter means a unit only before a dot or a number: "P.1", "p1", "X.Trung An".
_KIND = (
    r"(?:(?P<kind>phuong|xa|thi\s+tran)(?![a-z])[\s.]*"
    r"|(?P<short>ph|p|f)(?:\s*\.\s*|\s*(?=[0-9]))|(?P<dotted>x|tt)\s*\.\s*)"
)
# What follows a comma, or "TP", is the city or province around the unit.
_AROUND = r"(?:\s*[,;()].*|\s+(?:tp|thanh\s+pho|thi\s+xa|huyen|tinh)(?![a-z]).*)?"
_UNIT = re.compile(rf"[\s,;(]*{_KIND}(?P<name>[^,;()]+?){_AROUND}\s*", re.DOTALL)
_START = re.compile(rf"(?:[\s,;(]+|(?<=[,;(])){_KIND}")
# What is no unit but stands in its place: the city and the province, a street, a quarter, "address:".
_ELSE = re.compile(
    r"(?:dia\s*chi|tai|thuoc|o|tp|t\s*\.\s*p|thanh\s*pho|thi\s*xa|tinh|huyen|duong|d\s*\.|hem|ngo|kiet|khu\s*pho|kp|ap|to\s*dan\s*pho)"
    r"(?![a-z])"
)
_FORMER = re.compile(r"\s+cu$")
_NUMBERED = re.compile(r"([0-9]+)\s+[a-z].*")
_COMMA = re.compile(r"\s*[,;(]\s*")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")


def read_unit(text: str) -> str | None:
    """The unit with its kind in full ("P.01, TP. Mỹ Tho" is "phường 1"); None where no kind is written."""
    found = _UNIT.fullmatch(base_letters(text))
    if found is None:
        return None
    name = " ".join(nfc(text)[slice(*found.span("name"))].strip(" .–-").split())
    # "phường 5 cũ", "phường 5 Mỹ Tho": the name is 5.
    name = name[: len(_FORMER.sub("", base_letters(name)))]
    if numbered := _NUMBERED.fullmatch(base_letters(name)):
        name = name[: numbered.end(1)]
    if not name:
        return None
    long = " ".join((found["kind"] or "").split())
    kind = _KINDS[long] if long else _SHORT[found["short"] or found["dotted"]]
    return f"{kind} {_LEADING_ZEROS.sub('', name)}"


def unit_or_text(text: str) -> str:
    """The unit in full, or what stands before the first comma: a code, or a name without a kind."""
    return read_unit(text) or _COMMA.split(nfc(text).strip(), maxsplit=1)[0]


def unit_within(text: str) -> str:
    """The unit in what people write around it: "khu phố 3, phường 5, TP. Mỹ Tho" or "thuộc xã Trung An cũ".

    Without a kind the name alone is taken, unless it is plainly something else; "" where there is none.
    """
    written, plain = nfc(text).strip(), base_letters(text.strip())
    starts = (0, *(start.start() for start in _START.finditer(plain)))
    read = next((unit for start in starts if (unit := read_unit(written[start:])) is not None), None)
    return read or ("" if _ELSE.match(plain) else unit_or_text(written))


def split_unit(text: str) -> tuple[str, str] | None:
    """What stands before a unit, and the unit: "Nguyễn Trãi, P.1" or "Nguyễn Trãi, Mỹ Tho"."""
    written = nfc(text)
    for start in _START.finditer(base_letters(text)):
        before, unit = written[: start.start()], read_unit(written[start.start() :])
        if before.strip(" ,;(") and unit is not None:
            return before.strip(" ,;("), unit
    parts = _COMMA.split(written, maxsplit=1)
    if len(parts) == 2 and parts[0].strip() and parts[1].strip():
        return parts[0].strip(), unit_or_text(parts[1])
    return None
