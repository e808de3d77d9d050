"""Our modules and style sheets as one file each: on a slow line every request costs a third of a second.

Each file stays as it is written and can be had by itself; what is joined is what the browser would have
fetched one after the other. No toolchain: our modules import each other by ``import { names } from
"./file.js"`` and export at the declaration, and whatever else is written is refused by name.
"""

import re
from collections.abc import Iterable
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "(\.{1,2}/[\w/-]+\.js)";\n', re.MULTILINE)
_BARE = re.compile(r'^import "(\.{1,2}/[\w/-]+\.js)";\n', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.{1,2}/[\w/-]+\.js)"\)')
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function\*?|const|class) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"""^(?:import|export)\b.*$|\bimport\(\s*["'`]\..*$""", re.MULTILINE)
_ABOUT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)


def joined_modules(entry: Path) -> bytes:
    """A module and all that it imports, each a function of its own, in an order in which they can run.

    Raises:
        ValueError: an import or export is written in another way, or modules import each other in a ring.
    """
    made: dict[Path, str] = {}
    _take(entry.resolve(), made, ())
    return "\n".join(made.values()).encode()


def joined_sheets(sheets: Iterable[Path]) -> bytes:
    """Style sheets one after the other; those that name a file lie in the folder of the whole."""
    return b"\n".join(sheet.read_bytes() for sheet in sheets)


def _take(file: Path, made: dict[Path, str], on_the_way: tuple[Path, ...]) -> None:
    if file in on_the_way:
        ring = " > ".join(path.name for path in (*on_the_way[on_the_way.index(file) :], file))
        raise ValueError(f"modules import each other in a ring: {ring}")
    if file in made:
        return
    text = _ABOUT.sub("", file.read_text(encoding="utf-8"))
    for name in (*(m[3] for m in _IMPORT.finditer(text)), *_BARE.findall(text), *_LATER.findall(text)):
        _take((file.parent / name).resolve(), made, (*on_the_way, file))
    places = {path: place for place, path in enumerate(made)}

    def place_of(name: str) -> int:
        return places[(file.parent / name).resolve()]

    body = _IMPORT.sub(lambda m: _taken(m, place_of(m[3])), _BARE.sub("", text))
    # What a module asks for later is here already; it must not come a second time, with a state of its own.
    body = _LATER.sub(lambda m: f"Promise.resolve(m{place_of(m[1])})", body)
    exports = [found[1] for found in _EXPORT.finditer(body)]
    body = _EXPORT.sub("", body)
    if left := _LEFT.search(body):
        raise ValueError(f"{file.name} cannot be joined with the others: {left[0]}")
    made[file] = (
        f"// {file.name}\nconst m{len(made)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();"
    )


def _taken(found: re.Match[str], place: int) -> str:
    if found[2]:
        return f"const {found[2]} = m{place};\n"
    names = ", ".join(name.strip().replace(" as ", ": ") for name in found[1].split(",") if name.strip())
    return f"const {{ {names} }} = m{place};\n"
