"""Capitals that TCVN3 cannot write: where the letters around tell, they are put back."""

import re
from collections.abc import Sequence
from typing import Final

_BETWEEN: Final = "\0"
#: These have capitals of their own in the encoding; letters with a tone have none.
_CODED_CAPITALS: Final = "A-ZĂÂÊÔƠƯĐ"
_CODED_SMALL: Final = "a-zăâêôơưđ"
_TONED: Final = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_LETTER: Final = f"{_CODED_CAPITALS}{_CODED_SMALL}{_TONED}"
#: A word of capitals, two at least, with small letters only where no capital can be written.
_WORD = re.compile(
    rf"(?<![{_LETTER}])(?=[{_CODED_CAPITALS}]*[{_TONED}])(?=(?:[{_TONED}]*[{_CODED_CAPITALS}]){{2}})"
    rf"[{_CODED_CAPITALS}{_TONED}]+(?![{_LETTER}])"
)
_ANY_SMALL = re.compile(f"[{_CODED_SMALL}]")
_ANY_CAPITAL = re.compile(f"[{_CODED_CAPITALS}]")
_BEGINS_SMALL = re.compile(rf"(?<![{_LETTER}])[{_TONED}]")


def with_capitals(texts: Sequence[str]) -> tuple[list[str], int]:
    """The texts, none of which holds a zero character, and how many of them have capitals put back.

    "THàNH PHố" can only be "THÀNH PHỐ". A word that shows one capital ("Hà") follows the others of its text
    where all of those are capitals, and stays as it is where they are not.
    """
    told = _WORD.sub(_upper, _BETWEEN.join(texts)).split(_BETWEEN)
    count = 0
    for at, (before, after) in enumerate(zip(texts, told, strict=True)):
        if before == after:
            continue
        count += 1
        if _ANY_SMALL.search(after) is None:
            told[at] = after.upper()
    return told, count


def capitals_lost(texts: Sequence[str]) -> int:
    """Words that begin with a small letter which has no capital: it may have been one."""
    return sum(len(_BEGINS_SMALL.findall(text)) for text in texts)


def without_capitals(texts: Sequence[str]) -> int:
    """Texts with no capital at all, as those typed for a font of capitals."""
    return sum(_ANY_CAPITAL.search(text) is None for text in texts)


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()
