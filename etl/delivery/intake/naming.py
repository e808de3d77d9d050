"""Names of files as senders give them, made safe for this disk; the ending stays: it tells the form."""

import unicodedata
from pathlib import PurePosixPath

from gis_platform.errors import BadParameter

#: Bytes; a file system takes 255, and parts of a Shapefile have endings of their own.
_LONGEST = 200
#: What can come as one file. The others are several files, and come as a zip.
ALONE = (
    *(".zip", ".gpkg", ".geojson", ".json", ".fgb", ".parquet", ".geoparquet"),
    *(".dxf", ".dgn", ".csv", ".gml", ".xml"),
)
#: Signs that a path of GDAL, a shell or another system would take for more than a name.
_MEANING = frozenset('!{}?*|"<>:')
_SEVERAL = {".shp": "a Shapefile", ".tab": "a MapInfo table", ".mif": "a MapInfo interchange file"}


def safe_name(name: str) -> str:
    """The last part of a name, in Unicode NFC, without what cannot stand in one; never empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(s if s.isprintable() and s not in _MEANING else "_" for s in last).strip().lstrip(".")
    ending = PurePosixPath(kept).suffix[:20]
    stem = kept.removesuffix(ending).encode()[: _LONGEST - len(ending.encode())].decode("utf-8", "ignore")
    return f"{stem or 'file'}{ending}"


def upload_name(name: str) -> str:
    """The safe name of a file that comes alone. Raises `BadParameter` where no form comes as that."""
    safe = safe_name(name)
    ending = PurePosixPath(safe).suffix.lower()
    if ending in _SEVERAL:
        raise BadParameter(
            f"{safe}: {_SEVERAL[ending]} is several files. Pack them all into one zip and send that.",
            parameter="filename",
            detail_vi=f"{safe} là một trong nhiều tệp đi cùng nhau: hãy nén tất cả vào một tệp .zip rồi gửi.",
        )
    if ending not in ALONE:
        raise BadParameter(
            f"{safe}: files ending in {ending!r} are not read. Known are {', '.join(ALONE)}.",
            parameter="filename",
            detail_vi=f"{safe}: không đọc được tệp đuôi “{ending}”. Đọc được: {', '.join(ALONE)}.",
        )
    return safe
