"""What a file may hold that would have its reader open another one, or never end: looked for first."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from etl.delivery.faults import refuse
from etl.delivery.intake.kinds import Kind
from gis_platform.errors import DeliveryRefused

_MOST_OBJECTS = 20_000
#: Ahead of the first element; also all of a MapInfo table's own file, which only describes the others.
_MOST_HEAD = 2**20
_VIRTUAL = re.compile(r"CREATE\s+VIRTUAL\s+TABLE.*?\bUSING\s+[\"'\[`]?(\w+)", re.IGNORECASE | re.DOTALL)
_INDEXES = frozenset({"rtree", "fts3", "fts4", "fts5"})
_SYSTEM = ("gpkg_", "sqlite_", "rtree_")
_TAB_TYPE = re.compile(r'\btype\s+"?(\w+)', re.IGNORECASE)
_TAB_ELSEWHERE = re.compile(
    r'isseamless"?\s*=\s*"?true|\bopen\s+table\b|\bcreate\s+view\b|\bfile\s+"', re.IGNORECASE
)


def look_inside(name: str, path: Path, kind: Kind) -> None:
    """Raises `DeliveryRefused` where the file is not to be opened."""
    look = _LOOKS.get((kind.driver, kind.parts[0]))
    if look is not None:
        look(name, path)


def _geopackage(name: str, path: Path) -> None:
    """No view stands for a table, and no virtual table but an index: their SQL would run when it is read."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            opened.execute("PRAGMA trusted_schema = OFF")
            held = opened.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchmany(
                _MOST_OBJECTS + 1
            )
            tables = {str(found).lower() for kind, found, _ in held if kind == "table"}
            _refuse_computed(name, held)
            if "gpkg_geometry_columns" in tables:
                told = opened.execute("SELECT table_name FROM gpkg_geometry_columns").fetchmany(_MOST_OBJECTS)
                for (layer,) in told:
                    if str(layer).lower() not in tables:
                        raise _unsafe(
                            name, f"its layer {layer} is a view, computed when it is read. Save it as a table"
                        )
    except sqlite3.Error as fault:
        said = str(fault).rstrip(".")
        text = f"it cannot be read as GeoPackage: it is damaged ({said})."
        raise refuse(name, "unreadable", text) from fault


def _refuse_computed(name: str, held: list[tuple[str, str, str]]) -> None:
    if len(held) > _MOST_OBJECTS:
        raise _unsafe(name, f"it holds more than {_MOST_OBJECTS} tables and indexes")
    for kind, found, statement in held:
        if kind == "view" and str(found).lower().startswith(_SYSTEM):
            raise _unsafe(name, f"its system table {found} is a view")
        virtual = _VIRTUAL.search(statement) if kind == "table" else None
        if virtual is not None and virtual[1].lower() not in _INDEXES:
            raise _unsafe(name, f"its table {found} is a virtual one ({virtual[1]}), which may lie elsewhere")


def _table(name: str, path: Path) -> None:
    """A MapInfo table may be a view, or a list of other tables wherever they lie."""
    told = path.read_bytes()[:_MOST_HEAD].decode("latin-1")
    kind = _TAB_TYPE.search(told)
    if _TAB_ELSEWHERE.search(told) or kind is None or kind[1].upper() != "NATIVE":
        what = kind[1] if kind is not None else "no type"
        raise _unsafe(
            name,
            f"it points to other files ({what}). Save it in MapInfo as a table of its own (Save Copy As)",
        )


def _markup(name: str, path: Path) -> None:
    """No document type: entities could hold other files, or grow without end."""
    seen: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.StartElementHandler = lambda *_: seen.append("element")
    read = 0
    with path.open("rb") as opened:
        while not seen and (block := opened.read(64 * 1024)):
            read += len(block)
            try:
                parser.Parse(block, False)
            except ExpatError as fault:
                if not seen:
                    raise refuse(name, "unreadable", f"it is not a GML ({fault}).") from fault
            if not seen and read > _MOST_HEAD:
                raise refuse(name, "unreadable", "it is not a GML (no element at its beginning).")
    if seen[:1] == ["doctype"]:
        raise _unsafe(name, "it has a document type (DOCTYPE), which GML needs not. Take that line out")


def _unsafe(name: str, cause: str) -> DeliveryRefused:
    return refuse(name, "unsafe_file", f"the file is not opened: {cause}.")


_LOOKS: dict[tuple[str, str], Callable[[str, Path], None]] = {
    ("GPKG", ".gpkg"): _geopackage,
    ("MapInfo File", ".tab"): _table,
    ("GML", ".gml"): _markup,
}
