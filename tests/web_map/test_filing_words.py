"""The page for filing says the same in both languages, and nothing in words of its own."""

import re
import unicodedata
from pathlib import Path

import pytest

import web_map
from gis_platform.layer.text import Language
from web_map.filing.words import words
from web_map.texts import LANGUAGES, catalogue

ROOM = Path(web_map.__file__).parent
SCRIPTS = sorted((ROOM / "static/js/filing").glob("*.js"))
TEMPLATES = sorted((ROOM / "filing/templates").glob("*.html"))
_KEY = re.compile(r"""["'`]([a-z_]+\.[a-z_0-9]+)["'`]""")
_BUILT = re.compile(r"""`([a-z_]+)\.(?:[a-z_]*)\$\{""")
_NAME = re.compile(r"\{(\w+)\}")


def _own() -> set[str]:
    return set(words("vi")) - set(catalogue("vi")) | {key for key in words("vi") if key.startswith("page.")}


def _written() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in (*SCRIPTS, *TEMPLATES))


def test_both_languages_have_the_same_texts() -> None:
    vi, en = words("vi"), words("en")
    assert vi.keys() == en.keys()
    for key in vi:
        assert set(_NAME.findall(vi[key])) == set(_NAME.findall(en[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_and_composed(language: Language) -> None:
    for key, text in words(language).items():
        assert text.strip() == text != "", key
        assert unicodedata.is_normalized("NFC", text), key


def test_every_text_asked_for_is_there_and_every_own_one_is_used() -> None:
    written = _written()
    asked, built = set(_KEY.findall(written)), set(_BUILT.findall(written))
    groups = {key.split(".")[0] for key in words("vi")}
    files = (".css", ".html", ".js", ".svg")
    of_ours = {key for key in asked if key.split(".")[0] in groups and not key.endswith(files)}
    assert of_ours <= words("vi").keys()
    assert {key for key in _own() if key not in asked and key.split(".")[0] not in built} == set()


@pytest.mark.parametrize("file", [*SCRIPTS, *TEMPLATES], ids=lambda file: file.name)
def test_nothing_is_said_outside_the_catalogue(file: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"[À-ỹ]", code)
    said = re.findall(r"""textContent = ["'`]\w|el\("[a-z0-9]+", \{[^}]*\}, ["'`]\w""", code)
    assert said == []


def test_what_is_said_of_the_law_is_what_was_seen() -> None:
    assert "91/2025/QH15" in words("vi")["privacy.law"]
    assert "01/01/2026" in words("vi")["privacy.law"]
