"""Which encoding bytes are of, told by the one reading that is Vietnamese; and every letter through each."""

import shutil
import subprocess
import unicodedata

import pytest

from etl.delivery.recognise.charsets import (
    CHARSETS,
    CP1258,
    MEANINGLESS,
    TCVN3,
    TWICE,
    VISCII,
    VNI,
    Charset,
    charset_named,
)
from etl.delivery.recognise.detecting import LATIN, VIETNAMESE, Value, detect, likely_reading
from etl.delivery.recognise.syllables import is_vietnamese
from tests.support.encoded import LETTERS, STREETS, encoded

CAPITALS = LETTERS.upper()
#: The TCVN3 letters in the order people learn them, bytes as Windows shows them; ­ is a soft hyphen.
TCVN3_ROWS = {
    "aàáảãạ": "aµ¸¶·¹",
    "ăằắẳẵặ": "¨»¾¼½Æ",
    "âầấẩẫậ": "©ÇÊÈÉË",
    "eèéẻẽẹ": "eÌÐÎÏÑ",
    "êềếểễệ": "ªÒÕÓÔÖ",
    "iìíỉĩị": "i×ÝØÜÞ",
    "oòóỏõọ": "oßãáâä",
    "ôồốổỗộ": "«åèæçé",
    "ơờớởỡợ": "¬êíëìî",
    "uùúủũụ": "uïóñòô",
    "ưừứửữự": "\u00adõøö÷ù",
    "yỳýỷỹỵ": "yúýûüþ",
    "đĂÂÊÔƠƯĐ": "®¡¢£¤¥¦§",
}
#: The same for VNI, whose fonts write an accent after its vowel.
VNI_ROWS = {
    "àáảãạ": "aø aù aû aõ aï",
    "ăằắẳẵặ": "aê aè aé aú aü aë",
    "âầấẩẫậ": "aâ aà aá aå aã aä",
    "èéẻẽẹ": "eø eù eû eõ eï",
    "êềếểễệ": "eâ eà eá eå eã eä",
    "ìíỉĩị": "ì í æ ó ò",
    "òóỏõọ": "oø où oû oõ oï",
    "ôồốổỗộ": "oâ oà oá oå oã oä",
    "ơờớởỡợ": "ô ôø ôù ôû ôõ ôï",
    "ùúủũụ": "uø uù uû uõ uï",
    "ưừứửữự": "ö öø öù öû öõ öï",
    "ỳýỷỹỵ": "yø yù yû yõ î",
    "đ": "ñ",
}


def _values(*raws: bytes) -> list[Value]:
    return [Value(raw, None, None) for raw in raws]


def _texts(*texts: str) -> list[Value]:
    return [Value(text.encode(), text, text) for text in texts]


def test_there_are_134_letters_that_ascii_does_not_have() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 67
    assert len(set(LETTERS) | set(CAPITALS)) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in LETTERS + CAPITALS)


@pytest.mark.parametrize("charset", [VNI, VISCII, CP1258], ids=lambda c: c.name)
def test_every_letter_in_both_cases_goes_through_and_back(charset: Charset) -> None:
    for letter in LETTERS + CAPITALS:
        assert charset.decode(encoded(letter, charset)) == letter
    assert len({encoded(letter, charset) for letter in LETTERS + CAPITALS}) == 134


def test_every_letter_goes_through_tcvn3_and_capitals_with_a_tone_come_back_small() -> None:
    plain = set("ĂÂÊÔƠƯĐ")
    for letter in LETTERS:
        assert TCVN3.decode(encoded(letter, TCVN3)) == letter
    for letter in CAPITALS:
        assert TCVN3.decode(encoded(letter, TCVN3)) == (letter if letter in plain else letter.lower())


def test_the_tables_say_what_is_published() -> None:
    for letters, signs in TCVN3_ROWS.items():
        assert TCVN3.decode(signs.encode("latin-1")) == letters
    for letters, pairs in VNI_ROWS.items():
        assert VNI.decode(pairs.replace(" ", "").encode("latin-1")) == letters
        assert VNI.decode(pairs.upper().replace(" ", "").encode("latin-1")) == letters.upper()
    assert set("".join(TCVN3_ROWS)) >= set(LETTERS)
    assert set("".join(VNI_ROWS)) == set(LETTERS)


@pytest.mark.parametrize(
    ("charset", "published"), [(TCVN3, "TCVN5712-1"), (VISCII, "VISCII"), (CP1258, "CP1258")]
)
def test_the_tables_are_those_of_the_c_library(charset: Charset, published: str) -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("there is no iconv here to compare with")
    # Of TCVN 5712 the half that the fonts have; below it Windows has its own signs.
    for byte in range(0xA0 if charset is TCVN3 else 0x20, 0x100):
        told = subprocess.run(  # noqa: S603  # a program of the system, with nothing from outside
            [iconv, "-f", published, "-t", "UTF-8"], input=bytes([byte]), capture_output=True, check=False
        )
        meant = unicodedata.normalize("NFC", told.stdout.decode()) if told.returncode == 0 else MEANINGLESS
        assert charset.decode(bytes([byte])) == meant, hex(byte)


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
def test_an_encoding_is_told_by_the_words_it_makes(charset: Charset) -> None:
    values = _values(*(encoded(street, charset) for street in STREETS))
    found = detect(values)
    assert found is not None
    assert found.charset is charset
    assert [found.of(value) for value in values] == list(STREETS)


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII], ids=lambda c: c.name)
def test_bytes_saved_as_unicode_by_a_western_program_are_told_as_well(charset: Charset) -> None:
    saved = _texts(*(encoded(street, charset).decode("latin-1") for street in STREETS))
    found = detect(saved)
    assert found is not None
    assert (found.charset, found.route) == (charset, LATIN)
    assert [found.of(value) for value in saved] == list(STREETS)


def test_bytes_saved_as_unicode_by_a_vietnamese_program_are_told_as_well() -> None:
    saved = _texts(*(encoded(street, TCVN3).decode("cp1258") for street in STREETS))
    found = detect(saved)
    assert found is not None
    assert (found.charset, found.route) == (TCVN3, VIETNAMESE)
    assert [found.of(value) for value in saved] == list(STREETS)


def test_unicode_saved_twice_is_told_where_nothing_was_lost() -> None:
    twice = _texts(*(street.encode().decode("latin-1") for street in STREETS))
    found = detect(twice)
    assert found is not None
    assert found.charset is TWICE
    assert [found.of(value) for value in twice] == list(STREETS)


def test_too_few_words_or_words_of_another_language_are_no_verdict() -> None:
    assert detect(_values(encoded("Lê Lợi", TCVN3))) is None
    assert detect([]) is None
    assert detect(_values(bytes(range(0x80, 0xFF)))) is None
    french = (
        "Rue de l'Église", "Chemin du Pré aux Bœufs", "Impasse des Chênes", "Château d'Eau", "La Forêt",
        "Mairie de Léry", "Côte à l'Âne", "Aérodrome", "Hôpital", "Sainte-Thérèse", "Zürich", "Málaga",
    )  # fmt: skip
    assert detect(_texts(*french)) is None
    assert detect(_values(*(name.encode("cp1252") for name in french))) is None


def test_half_of_two_encodings_is_no_verdict_for_either() -> None:
    values = [encoded(street, TCVN3 if at % 2 else VNI) for at, street in enumerate(STREETS)]
    assert detect(_values(*values)) is None


def test_what_a_few_values_would_say_is_told_all_the_same() -> None:
    likely = likely_reading(_values(encoded("Lê Lợi", TCVN3)))
    assert likely is not None
    assert likely.charset is TCVN3
    assert likely_reading(_values(b"\xff\xfe\xfd")) is None


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("TCVN3", TCVN3),
        ("abc", TCVN3),
        ("vni", VNI),
        ("VNI-Windows", VNI),
        ("viscii", VISCII),
        ("CP1258", CP1258),
    ],
)
def test_people_name_encodings_in_their_own_way(name: str, charset: Charset) -> None:
    assert charset_named(name) is charset
    assert charset_named("tcvn9") is None


@pytest.mark.parametrize("text", ["Leâ", "căt", "ĐưỜng", "V¨n", "Lê§", "plain", "Ñö"])
def test_what_no_vietnamese_word_can_be(text: str) -> None:
    assert not is_vietnamese(text)
