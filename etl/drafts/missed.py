"""What GDAL passes over in a DXF without a word: entities of kinds it does not know."""

from collections.abc import Iterator, Set
from itertools import islice
from pathlib import Path
from typing import Final

from etl.drafts.zone import Unread
from gis_platform.layer.text import Text

#: Parts of another entity, or frames of a printed sheet: nothing by themselves.
_PARTS: Final = frozenset({"VERTEX", "SEQEND", "ATTRIB", "VIEWPORT", "SECTION", "ENDSEC"})
#: Kinds that are read, also where a drawing of an old form gives no handles to tell by.
_READ: Final = frozenset(
    "POINT LINE POLYLINE LWPOLYLINE CIRCLE ELLIPSE ARC SPLINE HELIX 3DFACE INSERT HATCH TEXT MTEXT ATTDEF "
    "DIMENSION SOLID TRACE LEADER MLEADER MULTILEADER".split()
)
_KIND, _NAME, _HANDLE, _LAYER = "0", "2", "5", "8"


def entities_missed(path: Path, read: Set[str]) -> Iterator[Unread]:
    """Entities of the drawing that are not among the handles that were read."""
    for kind, handle, layer in _entities(path):
        known = handle in read if handle else kind in _READ
        if kind not in _PARTS and not known:
            yield Unread(layer or "0", handle or "?", kind, "kind_unknown", _words(kind))


def _entities(path: Path) -> Iterator[tuple[str, str, str]]:
    """Kind, handle and layer of each entity of the drawing itself; blocks are read where they are placed."""
    inside, kind, handle, layer = False, "", "", ""
    for code, value in pairs(path):
        if code == _KIND:
            if inside and kind:
                yield kind, handle, layer
            if value == "ENDSEC":
                inside = False
            kind, handle, layer = value, "", ""
        elif code == _NAME and kind == "SECTION":
            inside = value == "ENTITIES"
        elif code == _HANDLE and not handle:
            handle = value
        elif code == _LAYER and not layer:
            layer = value


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Group codes and values; those of a binary drawing, which GDAL does not read, are none."""
    with path.open(encoding="utf-8", errors="replace") as opened:
        while len(pair := list(islice(opened, 2))) == 2:
            yield pair[0].strip(), pair[1].strip()


def _words(kind: str) -> Text:
    return Text(
        f"Không đọc được loại {kind}. Hãy đổi thành đường khép kín (polyline) hoặc mảng tô (hatch).",
        f"Entities of kind {kind} cannot be read. Make it a closed polyline or a hatch.",
    )
