"""What a Vietnamese word can be: the one thing that tells a right reading of bytes from a wrong one."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
TONES: Final = frozenset((GRAVE, ACUTE, TILDE, HOOK, DOT))

# A syllable without its tone: what may stand at the end, and what must not.
_ONSET = "(?:ngh?|nh|g[hi]?|kh?|ph|th?|tr|ch?|qu|[bdđhlmnprsvx])?"
_OPEN = (
    "[aeêioôơuưy]|ai|a[ouy]|â[uy]|e[ou]|êu|i[aêu]u?|o[aei]|oa[ioy]|oeo|[ôơ]i|u[aêiơy]|uôi|uy[aêu]|uâ?y"
    "|ư[aiu]|ươ[iu]|uê|uya|yêu"
)
_CLOSED = "[aăâeêioôơuưy]|iê|o[aăeo]|u[âôyê]|uyê|ươ|yê"
_SYLLABLE = re.compile(f"{_ONSET}(?:(?:{_OPEN})|(?:{_CLOSED})(?P<coda>ch|ngh?|nh|[cmnpt]))")
#: Signs and loose accents stand in words where bytes are read in another encoding; ° ² ³ stand alone.
_SIGNS = "\u00a1-\u00af\u00b1\u00b4-\u00bf\u0080-\u009f\u0300-\u036f\ufffd"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}])+")


def accented_words(text: str) -> list[str]:
    """Its words that are not plain ASCII, signs within them included."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def is_vietnamese(text: str | None) -> bool:
    """True where every accented word is spelt as a Vietnamese syllable can be, and there is one."""
    if text is None or any(ord(sign) > 0x7F and not sign.isalpha() for sign in text):
        return False
    words = accented_words(text)
    return bool(words) and all(map(is_syllable, words))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """True for a word in small letters, in capitals, or with a capital first, that could be Vietnamese."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    stopped = found["coda"] in {"c", "ch", "p", "t"}
    return not stopped or tones in ([ACUTE], [DOT])
