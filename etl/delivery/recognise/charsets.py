"""The encodings Vietnamese text came in before Unicode, each as what its bytes mean.

TCVN3 is the set of the ABC fonts: TCVN 5712:1993 as Windows draws it, where letters with a tone have no
capitals of their own and a second font (.VnTimeH) shows the small ones as capitals. VNI fonts write the
accents of a vowel as a second letter after it. VISCII is RFC 1456.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from etl.delivery.recognise.syllables import ACUTE, DOT, GRAVE, HOOK, TILDE

#: What stands where a byte has no meaning.
MEANINGLESS: Final = "\ufffd"
_HAT, _BREVE = "\u0302", "\u0306"
_FIRST_HIGH: Final = 0x80


@dataclass(frozen=True, slots=True)
class Charset:
    """One encoding: its name, and how people call it."""

    name: str
    title: str

    @property
    def option(self) -> str | None:
        """Its name for ``--encoding``; None where it is no encoding but an accident."""
        return self.name if self in CHARSETS else None

    def decode(self, raw: bytes) -> str:
        """The text in NFC; what has no meaning is U+FFFD."""
        return _DECODERS[self.name](raw)


TCVN3: Final = Charset("tcvn3", "TCVN3 (ABC)")
VNI: Final = Charset("vni", "VNI")
VISCII: Final = Charset("viscii", "VISCII")
CP1258: Final = Charset("cp1258", "CP1258")
#: UTF-8 that was once read as CP1252 and saved again.
TWICE: Final = Charset("utf-8-twice", "UTF-8 saved twice")
CHARSETS: Final = (TCVN3, VNI, VISCII, CP1258)
_NAMES: Final = {
    **{charset.name: charset for charset in CHARSETS},
    **dict.fromkeys(("tcvn", "tcvn-3", "abc", "tcvn5712"), TCVN3),
    **dict.fromkeys(("vni-windows", "vni-win"), VNI),
    "windows-1258": CP1258,
}


def charset_named(name: str) -> Charset | None:
    """By the name a person gives it; None where it is none of these."""
    return _NAMES.get(name.strip().lower().replace("_", "-").replace(" ", "-"))


def _high(rows: str, first: int = _FIRST_HIGH) -> dict[int, str]:
    """Letters from a byte on, one after the other; a dot has no meaning."""
    return {first + at: letter for at, letter in enumerate(rows) if letter != "."}


def _table(high: dict[int, str], low: dict[int, str] | None = None) -> str:
    meanings = {byte: chr(byte) for byte in range(_FIRST_HIGH)} | (low or {}) | high
    return "".join(meanings.get(byte, MEANINGLESS) for byte in range(256))


#: The typographic signs of Windows, which its fonts keep: … ‘ ’ “ ” • – —.
_WINDOWS_SIGNS = {0x85: "\u2026", **_high("‘’“”•–—", 0x91)}
_TCVN3_TABLE = _table(
    _WINDOWS_SIGNS
    | {0xA0: "\u00a0"}
    | _high("ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò", 0xA1)
    | _high("ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ", 0xE0)
)
_VISCII_TABLE = _table(
    _high("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ")
    | _high("ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ", 0xC0),
    {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"},
)
_CP1258_TABLE = "".join(bytes([byte]).decode("cp1258", "replace") for byte in range(256))
#: CP1252 with its five holes as the control characters that browsers and databases keep there.
WINDOWS_LATIN: Final = "".join(
    chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
    for byte in range(256)
)

_TONED = (("", ""), *zip((GRAVE, ACUTE, TILDE, HOOK, DOT), "øùõûï", strict=True))
_WITH_HAT = dict(zip("âàáãåä", ("", GRAVE, ACUTE, TILDE, HOOK, DOT), strict=True))
_WITH_BREVE = dict(zip("êèéüúë", ("", GRAVE, ACUTE, TILDE, HOOK, DOT), strict=True))
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    """What a vowel and its second letter mean together."""
    pairs = {}
    for base in "aeouyôö":
        for tone, mark in _TONED:
            pairs[base + mark] = _VNI_SINGLE.get(base, base) + tone
    for base in "aeo":
        pairs |= {base + mark: base + _HAT + tone for mark, tone in _WITH_HAT.items()}
    pairs |= {"a" + mark: "a" + _BREVE + tone for mark, tone in _WITH_BREVE.items()}
    composed = {pair: unicodedata.normalize("NFC", letter) for pair, letter in (pairs | _VNI_SINGLE).items()}
    either_case = {}
    for pair, letter in composed.items():
        either_case[pair] = letter
        # The second letter has a case too, and follows the first in most fonts but not in all hands.
        either_case[pair[0].upper() + pair[1:]] = letter.upper()
        either_case[pair[0] + pair[1:].upper()] = letter
        either_case[pair.upper()] = letter.upper()
    return {pair: letter for pair, letter in either_case.items() if not pair.isascii()}


_VNI_MEANING = _vni_pairs()
_VNI_UNITS = re.compile("[aeouyôöAEOUYÔÖ][âàáãåäêèéüúëøùõûïÂÀÁÃÅÄÊÈÉÜÚËØÙÕÛÏ]|[\u00c0-\u00ff]")


def _from_vni(raw: bytes) -> str:
    text = codecs.charmap_decode(raw, "replace", WINDOWS_LATIN)[0]
    return _VNI_UNITS.sub(_vni_unit, text)


def _vni_unit(found: re.Match[str]) -> str:
    unit = found[0]
    meaning = _VNI_MEANING.get(unit)
    if meaning is not None:
        return meaning
    if len(unit) == 1:
        return MEANINGLESS
    # Two letters that do not belong together: each by itself.
    return "".join(letter if letter.isascii() else _VNI_MEANING.get(letter, MEANINGLESS) for letter in unit)


def _from_table(table: str, raw: bytes) -> str:
    return unicodedata.normalize("NFC", codecs.charmap_decode(raw, "replace", table)[0])


def _twice(raw: bytes) -> str:
    return unicodedata.normalize("NFC", raw.decode("utf-8", "replace"))


_DECODERS: Final = {
    "tcvn3": lambda raw: _from_table(_TCVN3_TABLE, raw),
    "viscii": lambda raw: _from_table(_VISCII_TABLE, raw),
    "cp1258": lambda raw: _from_table(_CP1258_TABLE, raw),
    "vni": _from_vni,
    "utf-8-twice": _twice,
}
