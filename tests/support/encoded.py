"""Vietnamese text in the encodings it came in before Unicode, by their rules and not by our tables."""

import unicodedata

from etl.delivery.recognise.charsets import CP1258, TCVN3, VISCII, VNI, Charset

#: The small letters that ASCII does not have.
LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
STREETS = (
    "Đường Hùng Vương",
    "Nguyễn Huệ",
    "Lê Lợi",
    "khu ấp Bắc",
    "Đốc Binh Kiều",
    "Trần Quốc Toản",
    "Lý Thường Kiệt",
    "Nguyễn Thị Minh Khai",
    "Khóm 3, phường Đạo Thạnh",
)
_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0303": "õ", "\u0309": "û", "\u0323": "ï"}
_HATS = {"\u0300": "à", "\u0301": "á", "\u0303": "ã", "\u0309": "å", "\u0323": "ä", "": "â"}
_BREVES = {"\u0300": "è", "\u0301": "é", "\u0303": "ü", "\u0309": "ú", "\u0323": "ë", "": "ê"}
_ALONE = {"đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_HORNS = {"o": "ô", "u": "ö"}
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®"
_TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
_VISCII = (
    "E0 E1 E4 E3 D5 E5 A2 A1 C6 C7 A3 E2 A5 A4 A6 E7 A7 E8 E9 EB A8 A9 EA AB AA AC AD AE EC ED EF EE B8 "
    "F2 F3 F6 F5 F7 F4 B0 AF B1 B2 B5 BD B6 BE B7 DE FE F9 FA FC FB F8 DF D7 D1 D8 E6 F1 CF FD D6 DB DC F0"
)
_VISCII_CAPITALS = (
    "C0 C1 C4 C3 80 C5 82 81 02 05 83 C2 85 84 86 06 87 C8 C9 CB 88 89 CA 8B 8A 8C 8D 8E CC CD 9B CE 98 "
    "D2 D3 99 A0 9A D4 90 8F 91 92 93 B4 96 95 97 B3 94 D9 DA 9C 9D 9E BF BB BA BC FF B9 9F DD 14 19 1E D0"
)


def encoded(text: str, charset: Charset) -> bytes:
    """A text in NFC as its typists wrote it; TCVN3 has no capitals with a tone and writes small letters."""
    write = {TCVN3: _in_tcvn3, VNI: _in_vni, VISCII: _in_viscii, CP1258: _in_cp1258}[charset]
    return b"".join(letter.encode() if letter.isascii() else write(letter) for letter in text)


def _in_tcvn3(letter: str) -> bytes:
    sign = _TCVN3_CAPITALS.get(letter) or _TCVN3[LETTERS.index(letter.lower())]
    return sign.encode("latin-1")


def _in_viscii(letter: str) -> bytes:
    row = _VISCII_CAPITALS if letter.isupper() else _VISCII
    return bytes.fromhex(row.split()[LETTERS.index(letter.lower())])


def _in_cp1258(letter: str) -> bytes:
    """The tone is a character of its own, after its letter."""
    apart = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in apart if mark in _TONES)
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    return (bare + tone).encode("cp1258")


def _in_vni(letter: str) -> bytes:
    told = _vni(letter.lower())
    return (told.upper() if letter.isupper() else told).encode("latin-1")


def letter_and_marks(letter: str) -> tuple[str, str]:
    """Taken apart."""
    apart = unicodedata.normalize("NFD", letter)
    return apart[0], apart[1:]


def _vni(letter: str) -> str:
    if letter in _ALONE:
        return _ALONE[letter]
    base, marks = letter_and_marks(letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u0302" in marks:
        return base + _HATS[tone]
    if "\u0306" in marks:
        return base + _BREVES[tone]
    if "\u031b" in marks:
        base = _HORNS[base]
    return base + _TONES.get(tone, "")
