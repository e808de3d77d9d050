"""Folding for search, in Python and the same in PostgreSQL."""

import unicodedata
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from gis_platform.folding import base_letters, fold, nfc, without_accents

Connection = psycopg.Connection[Any]

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SMALL = [nfc(vowel + tone) for vowel in _VOWELS for tone in _TONES] + list("bcdđghklmnpqrstvx")
ALPHABET = _SMALL + [letter.upper() for letter in _SMALL]
PUNCTUATION = list(" .,;:-–—/()'\"“”…!?&+\t\n\u00a0\u2215_[]{}№²")
vietnamese = st.text(st.sampled_from([*ALPHABET, *PUNCTUATION, *"0123456789"]), max_size=60)
any_form = st.tuples(vietnamese, st.sampled_from(["NFC", "NFD"])).map(
    lambda pair: unicodedata.normalize("NFC" if pair[1] == "NFC" else "NFD", pair[0])
)
anything = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\0"), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đạo Thạnh", "dao thanh"),
        ("ĐƯỜNG NGUYỄN TRÃI", "duong nguyen trai"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("  Ấp   Bắc – số 3. ", "ap bac so 3"),
        ("TP.Mỹ Tho", "tp my tho"),
        ("12 / 5 đường 30/4", "12/5 duong 30/4"),
        ("12∕5/3", "12/5/3"),
        ("12A/5", "12a 5"),
        ("và/hoặc /5/", "va hoac 5"),
        ("Sacré-Cœur", "sacre coeur"),
        ("Ðạo", "dao"),
        ("soft\u00adhyphen", "softhyphen"),
        ("", ""),
        (" . ", ""),
    ],
)
def test_examples(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_y_and_i_stay_apart() -> None:
    assert fold("Mỹ") != fold("Mĩ")
    assert fold("Quý") != fold("Quí")


@given(text=any_form)
def test_folding_is_the_written_rule(text: str) -> None:
    letters = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    bare = nfc("".join(letter for letter in letters if unicodedata.category(letter) != "Mn"))
    assert fold(text).replace("/", " ").split() == fold(bare).replace("/", " ").split()
    assert "".join(c for c in fold(text) if c.isalnum()) == "".join(c for c in bare if c.isalnum())


@given(text=any_form)
def test_folding_forgets_case_form_and_itself(text: str) -> None:
    once = fold(text)
    assert once == fold(text.upper()) == fold(text.lower()) == fold(once) == fold(f"  {text}\n")
    assert once == fold(unicodedata.normalize("NFD", text))


@given(text=anything)
def test_base_letters_keep_their_places(text: str) -> None:
    assert len(base_letters(text)) == len(nfc(text))


def test_base_letters_of_vietnamese_are_ascii() -> None:
    assert base_letters("Tờ Đ") == "to d"
    assert all(base_letters(letter).isascii() for letter in ALPHABET)


# The connection only answers questions here: nothing to reset between two examples.
_with_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@_with_database
@given(text=any_form)
def test_database_folds_vietnamese_like_python(connection: Connection, text: str) -> None:
    assert connection.execute("SELECT core.fold(%s)", (text,)).fetchone() == (fold(text),)


@_with_database
@given(text=anything)
def test_database_folds_any_script_like_python(connection: Connection, text: str) -> None:
    assert connection.execute("SELECT core.fold(%s)", (text,)).fetchone() == (fold(text),)


def test_database_folds_the_whole_latin_range_like_python(connection: Connection) -> None:
    letters = [chr(code) for code in range(1, 0x2500) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    texts = [*letters, *(f"1{letter}2" for letter in letters), *(f"a{letter}B" for letter in letters)]
    rows = connection.execute(
        "SELECT array_agg(core.fold(t) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n)",
        (texts,),
    ).fetchone()
    assert rows == ([fold(text) for text in texts],)


def _in_database(connection: Connection, function: str, texts: list[str]) -> list[str]:
    statement = sql.SQL(
        "SELECT array_agg(core.{}(t) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n)"
    ).format(sql.Identifier(function))
    row = connection.execute(statement, (texts,)).fetchone()
    assert row is not None
    return list(row[0])


def test_accents_go_and_nothing_else() -> None:
    assert without_accents("Đường 30/4 (Ấp Bắc) – №5 ½") == "Duong 30/4 (Ap Bac) – №5 ½"
    assert without_accents(unicodedata.normalize("NFD", "Mỹ Tho")) == "My Tho"
    assert all(without_accents(letter).isascii() for letter in ALPHABET)


def test_database_takes_accents_away_like_python(connection: Connection) -> None:
    """Letter by letter: what has the quick way through unaccent() comes out as on the long one."""
    letters = [chr(code) for code in range(1, 0x2500) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    taken_apart = [unicodedata.normalize("NFD", letter) for letter in ALPHABET]
    # A sign that has only the long way, beside each letter, must change nothing about it.
    beside = [f"№{letter}" for letter in (*letters, *taken_apart)]
    for texts in (letters, taken_apart, beside):
        assert _in_database(connection, "without_accents", texts) == [without_accents(t) for t in texts]


@_with_database
@given(text=any_form)
def test_database_takes_accents_of_any_vietnamese_away_like_python(connection: Connection, text: str) -> None:
    assert _in_database(connection, "without_accents", [text]) == [without_accents(text)]


def test_database_makes_capitals_small_like_python(connection: Connection) -> None:
    assert _in_database(connection, "without_case", ALPHABET) == [letter.lower() for letter in ALPHABET]


def test_without_accents_and_case_are_the_letters_of_search() -> None:
    assert [without_accents(letter).lower() for letter in ALPHABET] == [fold(letter) for letter in ALPHABET]


@pytest.mark.parametrize("function", ["fold", "without_accents", "without_case"])
def test_null_stays_null(connection: Connection, function: str) -> None:
    statement = sql.SQL("SELECT core.{}(NULL)").format(sql.Identifier(function))
    assert connection.execute(statement).fetchone() == (None,)


def test_a_trigram_index_uses_it(connection: Connection) -> None:
    connection.execute("CREATE TEMPORARY TABLE street (name text)")
    connection.execute("INSERT INTO street SELECT 'Đường số ' || n FROM generate_series(1, 2000) AS n")
    connection.execute("CREATE INDEX ON street USING gin (core.fold(name) gin_trgm_ops)")
    connection.execute("SET LOCAL enable_seqscan = off")
    query = "SELECT name FROM street WHERE core.fold(name) LIKE '%%' || core.fold(%s) || '%%'"
    plan = connection.execute("EXPLAIN " + query, ("ĐƯỜNG SỐ 1234",)).fetchall()
    assert "Bitmap Index Scan" in str(plan)
    assert connection.execute(query, ("ĐƯỜNG SỐ 1234",)).fetchall() == [("Đường số 1234",)]
    connection.rollback()
