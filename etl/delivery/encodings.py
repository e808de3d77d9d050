"""How bytes that are not UTF-8 read in the encodings Vietnamese files come in, and which one makes sense."""

import re
import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import Final

CP1258: Final = "cp1258"
TCVN3: Final = "TCVN3 (ABC)"
VNI: Final = "VNI"

#: Bytes of the TCVN3 fonts that are Vietnamese letters.
_TCVN3 = {
    **dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip(range(0xB5, 0xBA), "àảãáạ", strict=True)),
    **dict(zip(range(0xBB, 0xBF), "ằẳẵắ", strict=True)),
    **dict(zip(range(0xC6, 0xCD), "ặầẩẫấậè", strict=True)),
    **dict(zip(range(0xCE, 0xD9), "ẻẽéẹềểễếệìỉ", strict=True)),
    **dict(zip(range(0xDC, 0xE0), "ĩíịò", strict=True)),
    **dict(zip(range(0xE1, 0xF0), "ỏõóọồổỗốộờởỡớợù", strict=True)),
    **dict(zip(range(0xF1, 0xFF), "ủũúụừửữứựỳỷỹýỵ", strict=True)),
}
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300\u0301\u0303\u0309\u0323"
_HAT, _BREVE = "\u0302\u0306"
_TONES = frozenset((_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT))
#: A VNI font writes the accents of a vowel as a second letter after it.
_VNI_MARKS = {
    **dict(zip("øùõûï", (_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT), strict=True)),
    **{m: _HAT + tone for m, tone in zip("âàáãåä", ("", _GRAVE, _ACUTE, _TILDE, _HOOK, _DOT), strict=True)},
    **{m: _BREVE + tone for m, tone in zip("êèéüúë", ("", _GRAVE, _ACUTE, _TILDE, _HOOK, _DOT), strict=True)},
}
_VNI_LETTERS = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))
_VNI_VOWELS = frozenset("aeouyôö")

# A syllable without its tone: what may stand at the end, and what must not.
_ONSET = "(?:ngh?|nh|g[hi]?|kh?|ph|th?|tr|ch?|qu|[bdđhlmnprsvx])?"
_OPEN = (
    "[aeêioôơuưy]|ai|a[ouy]|â[uy]|e[ou]|êu|i[aêu]u?|o[aei]|oa[ioy]|oeo|[ôơ]i|u[aêiơy]|uôi|uy[aêu]|uâ?y"
    "|ư[aiu]|ươ[iu]|uê|uya|yêu"
)
_CLOSED = "[aăâeêioôơuưy]|iê|o[aăeo]|u[âôyê]|uyê|ươ|yê"
_SYLLABLE = re.compile(f"{_ONSET}(?:(?:{_OPEN})|(?:{_CLOSED})(?P<coda>ch|ngh?|nh|[cmnpt]))")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_LOOKED_AT = 200


def reads_as(raw: bytes, encoding: str) -> str | None:
    """The text in one of the three encodings, in NFC; None where the bytes are none."""
    try:
        if encoding == CP1258:
            return unicodedata.normalize("NFC", raw.decode(CP1258))
        if encoding == VNI:
            return _from_vni(raw.decode("cp1252"))
    except UnicodeDecodeError:
        return None
    letters = [chr(byte) if byte < 0x80 else _TCVN3.get(byte) for byte in raw]
    return None if None in letters else "".join(filter(None, letters))


def likely_encoding(values: Iterable[bytes]) -> str | None:
    """The encoding in which most of these values are Vietnamese words; None where none does for half."""
    looked_at = [value for value, _ in zip(values, range(_MOST_LOOKED_AT), strict=False)]
    sense = {
        encoding: sum(map(is_vietnamese, map(partial(reads_as, encoding=encoding), looked_at)))
        for encoding in (TCVN3, VNI, CP1258)
    }
    best = max(sense, key=lambda encoding: sense[encoding])
    return best if sense[best] * 2 >= max(len(looked_at), 1) else None


def is_vietnamese(text: str | None) -> bool:
    """True where every accented word is spelt as a Vietnamese syllable can be, and there is one."""
    if text is None or any(ord(sign) > 0x7F and not sign.isalpha() for sign in text):
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return bool(words) and all(map(_is_syllable, words))


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    stopped = found["coda"] in {"c", "ch", "p", "t"}
    return not stopped or tones in ([_ACUTE], [_DOT])


def _from_vni(text: str) -> str:
    told: list[str] = []
    before = ""
    for sign in text:
        low = sign.lower()
        if low in _VNI_MARKS and before in _VNI_VOWELS:
            told.append(_VNI_MARKS[low])
            before = ""
            continue
        letter = _VNI_LETTERS.get(low, low)
        told.append(letter.upper() if sign != low else letter)
        before = low
    return unicodedata.normalize("NFC", "".join(told))
