"""The words of the API's pages: the same in both languages, each used, none outside the catalogue."""

import re
from pathlib import Path

import pytest

import web_map.ogc_pages
from gis_platform.layer.text import Language
from web_map.ogc_pages import page_words
from web_map.texts import LANGUAGES

ROOM = Path(web_map.ogc_pages.__file__).parent
TEMPLATES = "\n".join(file.read_text(encoding="utf-8") for file in ROOM.glob("templates/*.html"))
_BUILT = re.compile(r"counted_\w+|problem_\d{3}(_more|_body)?|yes|no")
_HOLE = re.compile(r"\{(\w+)\}")


def test_both_languages_say_the_same_things() -> None:
    assert page_words("vi").keys() == page_words("en").keys()
    for key, text in page_words("vi").items():
        assert set(_HOLE.findall(text)) == set(_HOLE.findall(page_words("en")[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole(language: Language) -> None:
    for key, text in page_words(language).items():
        assert text.strip() == text != "", key


def test_each_word_is_used_and_each_used_is_there() -> None:
    asked = set(re.findall(r"""\bt\(["'](\w+)["']""", TEMPLATES))
    assert asked <= page_words("vi").keys()
    assert {key for key in page_words("vi") if not _BUILT.fullmatch(key)} == asked


def test_templates_hold_no_words_for_people() -> None:
    assert not re.search(r"[À-ỹ]", TEMPLATES)
