"""Wards and communes as people write them: "P.1", "p1", "F.1", "phường Mỹ Tho, TP. Mỹ Tho"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gis_platform.folding import base_letters, fold, nfc

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
_ALONE = re.compile(rf"\s*{_KIND}(?P<name>[^,;()]+?)\s*")
# Words of a text, and how many of them a unit has at most: "thị trấn" and a name of four.
_WORD = re.compile(r"[^\s,;()–-]+")
_MOST_WORDS = 6
# Folded: the kinds of what a unit lies in; that it is no more; what it was before, or is now.
_OUTER = r"(?:(?:thanh pho|t p|tp|thi xa|tx|huyen|h|quan|q|tinh|t) ?)?"
_NO_MORE = "truoc day|cu truoc day|cu"
_ALSO = r"(?:(?:nay|truoc day|truoc)(?: la| thuoc)? (?P<also>.+))?"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A text up to one of its words, as a unit may be called so; ``also`` is another one that the rest names.

    ``whole`` where the rest is what people write around a unit: its city and province, "cũ", another unit.
    """

    names: tuple[str, ...]
    whole: bool
    also: str = ""


def beginnings(text: str, around: Iterable[str]) -> tuple[Beginning, ...]:
    """What of the text may be a unit, the longest first; ``around`` are names of what the units lie in."""
    written = nfc(text).strip()
    ends = [word.end() for word in _WORD.finditer(written)][:_MOST_WORDS]
    lies_in = "|".join(re.escape(name) for name in sorted(map(fold, around), key=len, reverse=True) if name)
    outer = rf"{_OUTER}(?:{lies_in})|{_NO_MORE}" if lies_in else _NO_MORE
    after = re.compile(rf"(?:(?:{outer})(?: |$))*{_ALSO}")
    found = []
    for end in reversed(ends):
        begun, rest = written[:end].strip(" ,;()–-"), after.fullmatch(fold(written[end:]))
        names = tuple(dict.fromkeys(filter(None, (begun, _in_full(begun)))))
        found.append(Beginning(names, rest is not None, (rest["also"] or "") if rest else ""))
    return tuple(found)


def _in_full(text: str) -> str | None:
    """ "P.05" is "phường 5"; None where no kind is written."""
    found = _ALONE.fullmatch(base_letters(text))
    if found is None:
        return None
    name = " ".join(nfc(text)[slice(*found.span("name"))].strip(" .–-").split())
    return f"{_kind(found)} {_LEADING_ZEROS.sub('', name)}" if name else None


def _kind(found: re.Match[str]) -> str:
    long = " ".join((found["kind"] or "").split())
    return _KINDS[long] if long else _SHORT[found["short"] or found["dotted"]]


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
    return f"{_kind(found)} {_LEADING_ZEROS.sub('', name)}"


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
