"""Text in one form: NFC at every entrance, and one folding for search, the same for index and query.

`core.fold(text)` in the database gives exactly the same result, and `core.without_accents(text)` that of its
namesake here; a change needs a migration there and, of the first, a rebuild of the indexes that use it.
"""

import re
import unicodedata

#: The combining accents of Latin script, and characters that are not seen: soft hyphen, joiners, BOM.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff]+")
#: Letters that Unicode does not take apart. Ð (eth) is often typed for Đ and looks the same.
_LETTERS = {
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "Ɖ": "d",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "ı": "i",
}
_SLASHES = dict.fromkeys("\u2044\u2215\uff0f", "/")
_CAPITALS = {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_TABLE = str.maketrans(_LETTERS | _SLASHES | _CAPITALS)
_PAIRS = (("ß", "ss"), ("ẞ", "ss"), ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"))
#: Accents alone, and the letters above with their case.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CASED = str.maketrans(
    dict(zip("đĐðÐƉøØłŁı", "dDdDDoOlLi", strict=True))
    | {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
#: Spaces and punctuation of ASCII, Latin-1, General Punctuation and CJK, without the slash.
_SEPARATORS = re.compile(
    "[\u0000-\u0020!-.:-@\\[-`{-\u00a0\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2000-\u200b\u200e-\u205f\u2061-\u206f\u3000-\u3003\u3008-\u3011]+"
)
_LOOSE_SLASH = re.compile("(?<=[0-9]) */ *(?=[0-9])")
_GAP = re.compile("(?: |(?<![0-9])/|/(?![0-9]))+")


def nfc(text: str) -> str:
    """The composed form, in which all names are stored: phones and macOS send the other one."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """A text as search compares it: no case, no accents, đ as d, punctuation and spaces as one space.

    A slash between digits stays, for house numbers ("12 / 5" is "12/5") and street names ("30/4").
    Scripts other than Latin keep their letters. "Mỹ" and "Mĩ" stay apart.
    """
    bare = _UNSEEN.sub("", unicodedata.normalize("NFD", text)).translate(_TABLE)
    for letter, pair in _PAIRS:
        bare = bare.replace(letter, pair)
    spaced = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", bare))
    return _GAP.sub(" ", _LOOSE_SLASH.sub("/", spaced)).strip(" ")


def without_accents(text: str) -> str:
    """Plain letters and everything else as it is, case too: what ``ACCENTI`` of a filter compares.

    ``core.without_accents(text)`` in the database gives the same.
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text)).translate(_CASED)
    return unicodedata.normalize("NFC", bare)


def base_letters(text: str) -> str:
    """`nfc(text)` with each letter in its plain lower-case form, place for place: for parsers that must
    find their way back into the text as typed.
    """
    return "".join(_base_letter(letter) for letter in nfc(text))


def _base_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].translate(_TABLE).lower()
    return base if len(base) == 1 else letter
