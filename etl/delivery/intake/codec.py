"""The encoding of a file's texts, as it says itself or a person does."""

import codecs
import re
from pathlib import Path

from etl.delivery.faults import refuse
from etl.delivery.recognise.charsets import charset_named
from gis_platform.errors import BadParameter

#: The settings at the beginning of a drawing.
_HEAD = 256 * 1024
_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(?:ANSI_|DOS)(\d{3,5})", re.IGNORECASE)
#: AutoCAD 2007: from here on a drawing is in UTF-8.
_UNICODE = 1021


def codec_of(name: str, driver: str, place: Path, encoding: str | None) -> str:
    """The codec of that encoding; UTF-8 where none is declared: then bytes that are not UTF-8 are a fault.

    Raises:
        BadParameter: there is no such encoding.
        DeliveryRefused: the file names one that there is not.
    """
    declared = _DECLARED.get(driver)
    named = encoding or (declared(place) if declared is not None else None)
    if named is None:
        return "utf-8"
    charset = charset_named(named)
    if charset is not None:
        return charset.name
    spelt = f"cp{named}" if named.isdigit() else named
    try:
        return codecs.lookup("iso-8859-1" if spelt == "cp88591" else spelt).name
    except LookupError as fault:
        if encoding is not None:
            raise BadParameter(
                f"There is no encoding {encoding!r}.",
                parameter="encoding",
                detail_vi=f"Không có bảng mã “{encoding}”.",
            ) from fault
        text = f"it names an unknown encoding {named!r}; use --encoding."
        raise refuse(name, "wrong_encoding", text) from fault


def _declared(shapefile: Path) -> str | None:
    """What the .cpg says. The code page byte of a DBF is not believed: 87, plain ANSI, stands in most."""
    for beside in shapefile.parent.iterdir():
        if beside.stem == shapefile.stem and beside.suffix.lower() == ".cpg":
            return beside.read_bytes()[:100].decode("ascii", "replace").strip() or None
    return None


def _drawn(drawing: Path) -> str | None:
    """The code page of a drawing older than Unicode; None for a newer one, and where none is named."""
    with drawing.open("rb") as opened:
        head = opened.read(_HEAD)
    version, page = _VERSION.search(head), _PAGE.search(head)
    if page is None or (version is not None and int(version[1]) >= _UNICODE):
        return None
    return page[1].decode("ascii")


_DECLARED = {"ESRI Shapefile": _declared, "DXF": _drawn}
