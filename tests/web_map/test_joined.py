"""The map's modules in one file: nothing lost or twice, and what cannot be joined is refused by name."""

import re
from pathlib import Path

import pytest

from web_map.assets.joined import joined_modules, joined_sheets
from web_map.assets.own import FILING_SCRIPT, FILING_SHEET, PAGE_SCRIPT, PAGE_SHEET, SHEETS, own_files
from web_map.page import LATER_SHEETS


def _write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def test_a_module_stands_after_all_that_it_needs_and_once(tmp_path: Path) -> None:
    entry = _write(
        tmp_path,
        main='import { twice } from "./twice.js";\nimport {\n  one, two as deux,\n} from "./one.js";\n'
        "console.log(twice(one), deux);\n",
        twice='import * as numbers from "./one.js";\n'
        "/** Doubles. */\nexport const twice = (n) => n * numbers.two;\n"
        "  /** @type {number} */ (twice).kept = 1;\n/** Tells. */\n",
        one="export const one = 1;\nexport const two = 2;\n"
        "export async function wait() {}\nexport class Kind {}\n",
    )
    joined = joined_modules(entry).decode()
    assert joined.index("// one.js") < joined.index("// twice.js") < joined.index("// main.js")
    assert joined.count("// one.js") == 1
    assert "const numbers = m0;" in joined
    assert "const { one, two: deux } = m0;" in joined
    assert "return { one, two, wait, Kind };" in joined
    assert "Doubles" not in joined
    assert "(twice).kept = 1;" in joined
    assert "export" not in joined
    assert "import" not in joined


def test_what_is_asked_for_later_is_the_same_module(tmp_path: Path) -> None:
    (tmp_path / "ways").mkdir()
    entry = _write(
        tmp_path,
        main='import { one } from "./one.js";\nasync function open() {\n'
        '  const { way } = await import("./ways/way.js");\n  way(one);\n}\nopen();\n',
        one="export const one = 1;\n",
    )
    (tmp_path / "ways/way.js").write_text(
        'import { one } from "../one.js";\nexport const way = (other) => one === other;\n', encoding="utf-8"
    )
    joined = joined_modules(entry).decode()
    assert "const { way } = await Promise.resolve(m1);" in joined
    assert joined.count("const one = 1") == 1


def test_a_ring_is_told(tmp_path: Path) -> None:
    entry = _write(
        tmp_path,
        main='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(ValueError, match=r"ring: a\.js > b\.js > a\.js"):
        joined_modules(entry)


@pytest.mark.parametrize(
    "text",
    [
        'import a from "./one.js";\n',
        "export let changing = 1;\n",
        "export default 1;\n",
        'import { x } from "package";\n',
        "const late = import(`./one.js`);\n",
    ],
)
def test_what_is_written_in_another_way_is_refused_by_name(tmp_path: Path, text: str) -> None:
    entry = _write(tmp_path, main=text, one="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"main\.js cannot be joined"):
        joined_modules(entry)


def test_the_page_gets_every_module_and_sheet_of_the_map() -> None:
    shelf = own_files()
    script, sheet = shelf.read(PAGE_SCRIPT).decode(), shelf.read(PAGE_SHEET).decode()
    others = ("js/staff/", "js/filing/")
    modules = {n for n in shelf.contents if n.startswith("js/") and not n.startswith(others)}
    modules -= {PAGE_SCRIPT, FILING_SCRIPT}
    assert [n for n in modules if f"// {n.rpartition('/')[2]}\n" not in script] == []
    later = {f"css/{name}.css" for name in re.findall(r'needSheet\("([a-z-]+)"\)', script)}
    later |= {f"css/{name}.css" for name in LATER_SHEETS}
    sheets = {n for n in shelf.contents if n.startswith("css/")} - {"css/docs.css", PAGE_SHEET} - later
    assert sheets == {f"css/{name}.css" for name in SHEETS}
    for name in sheets:
        assert shelf.read(name).decode() in sheet


def test_the_page_for_filing_gets_its_modules_in_one_piece() -> None:
    shelf = own_files()
    script = shelf.read(FILING_SCRIPT).decode()
    modules = [n for n in shelf.contents if n.startswith("js/filing/")]
    assert [n for n in modules if f"// {n.rpartition('/')[2]}\n" not in script] == []
    sheet = shelf.read(FILING_SHEET).decode()
    assert shelf.read("filing/filing.css").decode() in sheet
    # It lies in another folder than its parts: what they would name from theirs is not found.
    assert "url(" not in sheet


def test_sheets_keep_their_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.css").write_text(f".{name} {{}}")
    assert joined_sheets([tmp_path / "b.css", tmp_path / "a.css"]) == b".b {}\n.a {}"
