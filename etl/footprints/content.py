"""What a file is, by its bytes alone: neither its name nor what was said of it counts."""

import codecs
from typing import Literal

from etl.delivery.intake.kinds import ENOUGH, KINDS, looks_like
from etl.footprints.outline import refuse
from gis_platform.layer.text import Text

Form = Literal["GeoJSON", "DXF"]
_BINARY = b"AutoCAD Binary DXF"


def form_of(content: bytes) -> Form:
    """Raises BadParameter with what it is instead, and what to do."""
    begins = content[:ENOUGH].removeprefix(codecs.BOM_UTF8)
    if not begins.strip():
        refuse(_EMPTY)
    if begins.startswith(_BINARY):
        refuse(_BINARY_DXF)
    if KINDS[".geojson"].begins.match(begins):
        return "GeoJSON"
    if KINDS[".dxf"].begins.match(begins):
        return "DXF"
    like = looks_like(begins)
    found = like or Text(f"các byte {begins[:8].hex(' ')}", f"the bytes {begins[:8].hex(' ')}")
    refuse(
        Text(
            f"Tệp không phải GeoJSON hay DXF (nội dung là {found.vi}). Hãy xuất đường bao công trình ra "
            "GeoJSON "
            "hoặc DXF (trong AutoCAD: Save As, loại DXF), rồi gửi lại.",
            f"The file is neither GeoJSON nor DXF (its content is {found.en}). Save the outline of the "
            "building "
            "as GeoJSON or DXF (in AutoCAD: Save As, type DXF) and send that.",
        )
    )


_EMPTY = Text("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again.")
_BINARY_DXF = Text(
    "Tệp DXF ở dạng nhị phân, không đọc được. Hãy lưu lại DXF dạng văn bản (ASCII) rồi gửi lại.",
    "The DXF is a binary one, which cannot be read. Save it as an ASCII DXF and send that.",
)
