"""How like a column's name is to a property: by its names and titles, shortened ones, and misspelt ones."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from gis_platform.folding import fold
from gis_platform.layer import Property
from gis_platform.layer.text import Text

#: A DBF keeps ten characters of a name, and numbers those that are then alike: dienTich_1.
_DBF_LENGTH: Final = 10
#: Columns that programs add by themselves: numbers and sizes of their own, and what every drawing has.
_OF_PROGRAMS: Final = frozenset(
    "id fid gid oid objectid ogcfid uuid globalid mslink ulid shapearea shapeleng shapelength paperspace "
    "subclasses extendedentity linetype entityhandle rawcodevalues blockname attributes type level "
    "graphicgroup colorindex weight style entitynum layer".split()
)
_NUMBERED = re.compile(r"(?P<stem>.{3,})_\d{1,2}$")
_LEAST_ALIKE: Final = 0.72
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """0 to 1, and why."""

    score: float
    reason: Text


def likeness(prop: Property, column: str) -> Likeness:
    """How well the name of a column fits a property; 0 where it does not."""
    if column == prop.name:
        return Likeness(1.0, Text("đúng tên thuộc tính", "the property's own name"))
    told = bare(column)
    known = [prop.name, *prop.aliases]
    for alias in known:
        if told == bare(alias):
            return Likeness(0.97, Text(f"tên khác đã biết: {alias}", f"known as {alias}"))
    for title in (prop.title.vi, prop.title.en):
        if told == bare(title):
            return Likeness(0.95, Text(f"đúng tên gọi “{title}”", f"its title “{title}”"))
    titles = [*known, prop.title.vi, prop.title.en]
    cut = max((_cut(column, alias) for alias in titles), key=lambda found: found.score)
    alike = max((_alike(told, alias) for alias in titles), key=lambda found: found.score)
    return max(cut, alike, key=lambda found: found.score)


def is_of_programs(column: str) -> bool:
    """True for a column whose values are no data of the sender, whatever they look like."""
    return bare(column) in _OF_PROGRAMS


def bare(name: str) -> str:
    """A name without case, accents, spaces and signs."""
    return fold(name).replace(" ", "")


def _cut(column: str, alias: str) -> Likeness:
    numbered = _NUMBERED.fullmatch(column)
    stem = numbered["stem"] if numbered else column
    whole = alias.replace(" ", "")
    # Cut with its signs (so_hieu_to) or without them (soHieuToBa): either is met.
    for full in (bare(whole), whole.lower()):
        kept = full[: len(stem)]
        if kept != (bare(stem) if full == bare(whole) else stem.lower()):
            continue
        if not numbered and len(column) == _DBF_LENGTH < len(full):
            return Likeness(
                0.93, Text(f"tên bị cắt còn 10 ký tự của {alias}", f"{alias}, cut at 10 characters")
            )
        if numbered and len(column) >= _DBF_LENGTH - 1 and len(full) >= len(stem):
            # Which of several it is, its number does not tell.
            return Likeness(0.6, Text(f"tên bị cắt và đánh số của {alias}", f"{alias}, cut and numbered"))
    return Likeness(0.0, Text("", ""))


def _alike(told: str, alias: str) -> Likeness:
    other = bare(alias)
    if min(len(told), len(other)) < _SHORTEST:
        return Likeness(0.0, Text("", ""))
    ratio = SequenceMatcher(None, told, other).ratio()
    if ratio < _LEAST_ALIKE:
        return Likeness(0.0, Text("", ""))
    return Likeness(round(0.9 * ratio, 3), Text(f"tên gần giống {alias}", f"its name is near to {alias}"))
