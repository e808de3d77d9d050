"""The path of a house as the database keeps it, and in which order paths stand.

``address.py`` reads and writes what people write; here are the other two forms. A path is a tuple of (number,
suffix): compared as such, 9 comes before 12, 12 before 12A, and that before 12A/1.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from gis_platform.folding import nfc
from layers.references.address import Number, format_path, read_path

#: Alleys in a path, and the largest number: what the database takes.
MOST_ALLEYS, LARGEST = 7, 99_999

_SUFFIX = re.compile(r"[a-z]{0,3}")
_SEVERAL = re.compile(r"\s*;\s*")


def path_of(members: Iterable[Mapping[str, Any]]) -> tuple[Number, ...]:
    """The path kept as ``[{"number": 12, "suffix": ""}, ...]``."""
    return tuple((int(one["number"]), str(one["suffix"])) for one in members)


def members_of(path: Iterable[Number]) -> list[dict[str, Any]]:
    """The same the other way round."""
    return [{"number": number, "suffix": suffix} for number, suffix in path]


def checked_path(text: str) -> tuple[Number, ...]:
    """The path that a text writes, where it is one that can be kept.

    Raises:
        ValueError: it is none, or a number or a suffix of it is out of bounds.
    """
    path = read_path(text)
    if len(path) > MOST_ALLEYS + 1:
        raise ValueError(text)
    for number, suffix in path:
        if not 1 <= number <= LARGEST or _SUFFIX.fullmatch(suffix) is None:
            raise ValueError(text)
    return path


def read_alley_path(text: str) -> str:
    """What a delivery says of the alleys of a house, ``12/5`` or the JSON itself, as JSON.

    Raises:
        ValueError: neither.
    """
    written = nfc(text).strip()
    if not written.startswith("["):
        return json.dumps(members_of(checked_path(written)) if written else [])
    members = json.loads(written)
    if not all(isinstance(one, dict) and set(one) == {"number", "suffix"} for one in members):
        raise ValueError(text)
    path = path_of(members)
    return json.dumps(members_of(checked_path(format_path(path)) if path else ()))


def read_old_numbers(text: str) -> str:
    """Numbers that a house had before, ``27/4; 31`` on its street or the JSON itself, as JSON.

    Raises:
        ValueError: neither.
    """
    written = nfc(text).strip()
    if written.startswith("["):
        old = json.loads(written)
        for one in old:
            checked_path(format_path(path_of(one["path"])))
        return json.dumps(old, ensure_ascii=False)
    texts = [part for part in _SEVERAL.split(written) if part]
    return json.dumps([{"path": members_of(checked_path(part))} for part in texts])
