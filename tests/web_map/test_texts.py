"""Both languages say the same things, and no word of the page stands anywhere else."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

import web_map
from gis_platform.layer.text import Language
from web_map.texts import LANGUAGES, catalogue

ROOM = Path(web_map.__file__).parent
# The console and the page for filing have words of their own: test_staff_words.py, test_filing_words.py.
SCRIPTS = sorted(
    file for file in (ROOM / "static/js").rglob("*.js") if file.parent.name not in ("staff", "filing")
)
_KEY = re.compile(r"""["'`]([a-z_]+\.[a-z_0-9]+)["'`]""")
_SAID = re.compile(r'say\("[a-z_.0-9]+"')
_NAME = re.compile(r"\{(\w+)\}")
_VIETNAMESE = re.compile(r"[À-ỹ]")


def test_both_catalogues_have_the_same_keys() -> None:
    assert catalogue("vi").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", catalogue("vi"))
def test_both_languages_fill_in_the_same_words(key: str) -> None:
    assert set(_NAME.findall(catalogue("vi")[key])) == set(_NAME.findall(catalogue("en")[key]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_and_composed(language: Language) -> None:
    for key, text in catalogue(language).items():
        assert text.strip() == text != "", key
        assert unicodedata.is_normalized("NFC", text), key


def _written() -> str:
    # The extract has words of its own (tests/web_map/extract); `say` speaks by them elsewhere too.
    modules = [file for file in ROOM.rglob("*.py") if ROOM / "extract" not in file.parents]
    sources = [*SCRIPTS, *ROOM.glob("templates/*.html"), *modules]
    return _SAID.sub("", "\n".join(file.read_text(encoding="utf-8") for file in sources))


def test_every_text_asked_for_is_there() -> None:
    asked = {
        key
        for key in _KEY.findall(_written())
        if key.split(".")[0] in _groups() and not key.endswith((".css", ".html", ".js", ".svg", ".typ"))
    }
    assert asked <= catalogue("vi").keys()


def test_every_text_is_used() -> None:
    written = _written()
    built = {
        *(f"hit.{name}" for name in re.findall(r'\["([a-z_]+)", "', written)),
        *(f"sign_in.{name}" for name in ("username", "password")),
        *(f"verdict.{tier}" for tier in ("allowed", "not_allowed", "not_enough_data")),
        *(f"bucket.{name}" for name in ("affected", "not_affected", "no_data")),
    }
    unused = [key for key in catalogue("vi") if key not in set(_KEY.findall(written)) | built]
    assert unused == []


def _groups() -> set[str]:
    return {key.split(".")[0] for key in catalogue("vi")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_holds_words_for_people(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not _VIETNAMESE.search(code)
    said = re.findall(r"""notify\(\s*["'`]|textContent = ["'`]\w|el\("[a-z0-9]+", \{[^}]*\}, ["'`]\w""", code)
    assert said == []


class _Words(HTMLParser):
    """Text and spoken attributes of a template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attrs if name in {"title", "aria-label", "placeholder", "alt"}
        ]


def test_the_template_holds_no_words_for_people() -> None:
    words = _Words()
    words.feed((ROOM / "templates/map.html").read_text(encoding="utf-8"))
    for text in words.found:
        bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
        assert not re.search(r"\w", bare), bare


def test_style_sheets_hold_no_words_for_people() -> None:
    for sheet in (ROOM / "static/css").glob("*.css"):
        for content in re.findall(r'content:\s*"([^"]*)"', sheet.read_text(encoding="utf-8")):
            assert not re.search(r"\w", content), sheet.name
