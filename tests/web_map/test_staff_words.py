"""The console says the same in both languages, and nothing in words of its own."""

import re
import unicodedata
from pathlib import Path

import pytest

import web_map
from gis_platform.layer.text import Language
from web_map.staff.parts import PARTS
from web_map.staff.words import words
from web_map.texts import LANGUAGES

ROOM = Path(web_map.__file__).parent
SCRIPTS = sorted((ROOM / "static/js/staff").glob("*.js"))
TEMPLATES = sorted((ROOM / "staff/templates").glob("*.html"))
_KEY = re.compile(r"""["'`]([a-z_]+\.[a-z_0-9]+)["'`]""")
_BUILT = re.compile(r"""`([a-z_]+)\.(?:[a-z_]*)\$\{""")
_NAME = re.compile(r"\{(\w+)\}")


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


def test_every_text_asked_for_is_there() -> None:
    groups = {key.split(".")[0] for key in words("vi")}
    asked = {key for key in _KEY.findall(_written()) if key.split(".")[0] in groups}
    assert {key for key in asked if not key.endswith((".css", ".html", ".js"))} <= words("vi").keys()


def test_every_text_of_its_own_is_used() -> None:
    """Some keys are put together from a state, a kind or a role: their whole group counts as used."""
    written = _written()
    used, built = set(_KEY.findall(written)), {*_BUILT.findall(written), "role"}
    for part in PARTS:
        used |= {f"{part.key}.{word}" for word in ("title", "nav", "about")}
    shared = ("failed.", "sign_in.", "map.", "ways.")
    own = [key for key in words("vi") if not key.startswith(shared) or key == "map.no_graphics_here"]
    assert [key for key in own if key not in used and key.split(".")[0] not in built] == []


@pytest.mark.parametrize("file", [*SCRIPTS, *TEMPLATES], ids=lambda file: file.name)
def test_nothing_is_said_outside_the_catalogue(file: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"[À-ỹ]", code)
    said = re.findall(r"""(?:toast|textContent =)\s*\(?["'`]\w|el\("[a-z0-9]+", \{[^}]*\}, ["'`]\w""", code)
    assert said == []
