"""What a file is, from its own bytes: a few forms that offices exchange, and nothing that runs.

Office files are archives: which one is told by what they hold. One with macros in it is refused.
"""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

PDF, PNG, JPEG, TIFF, WEBP, HEIC = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/webp",
    "image/heic",
)
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{_OPEN_XML}.wordprocessingml.document", f"{_OPEN_XML}.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"

#: The media types that are taken, as people call them.
ALLOWED = {
    PDF: "PDF",
    PNG: "PNG",
    JPEG: "JPEG",
    TIFF: "TIFF",
    WEBP: "WebP",
    HEIC: "HEIC",
    DOCX: "DOCX",
    XLSX: "XLSX",
    ODT: "ODT",
}

#: What a file of each is called at its end, whatever it was called when it came.
ENDINGS = {
    PDF: ".pdf",
    PNG: ".png",
    JPEG: ".jpg",
    TIFF: ".tif",
    WEBP: ".webp",
    HEIC: ".heic",
    DOCX: ".docx",
    XLSX: ".xlsx",
    ODT: ".odt",
}

_HEAD = 64
_MOST_MEMBERS = 5_000
_BEGINNINGS = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"msf1"})


def sniffed(file: Path) -> str | None:
    """The media type of a file; None where it is none of those that are taken."""
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    for beginning, media_type in _BEGINNINGS.items():
        if head.startswith(beginning):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return _office(file) if head.startswith(b"PK\x03\x04") else None


def _office(file: Path) -> str | None:
    """Only the list of members is read, and of one member its first bytes: nothing is unpacked."""
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > _MOST_MEMBERS or any("vbaproject" in name.lower() for name in names):
                return None
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    kind = member.read(_HEAD).decode("ascii", "replace")
                scripted = any(name.startswith(("Basic/", "Scripts/")) for name in names)
                return ODT if kind == ODT and not scripted else None
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None
