"""Reading the file of a building beside the server: bounded in size, memory and time, and nothing is kept."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from etl.footprints.content import form_of
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.telemetry.logs import get_logger
from layers.planning.asking.refusing import refusal

#: Each takes a core for a second or two.
AT_ONCE: Final = 2
#: Of a core; a file that needs more is no outline of a building.
_SECONDS: Final = 10
_LOG = get_logger("footprints")


def read_footprint(
    content: bytes, city: str, crs: int | None, layer: str | None, language: Language
) -> dict[str, Any]:
    """``footprint``, ``area_m2``, ``crs`` and ``notices`` of the one building in a GeoJSON or DXF file.

    Raises:
        BadParameter: it holds no one building that can be placed; the detail says what to do.
    """
    try:
        form_of(content)
    except BadParameter as fault:
        raise _said(fault.detail, fault.detail_vi, {}, language) from fault
    with TemporaryDirectory(prefix="footprint-") as folder:
        path = Path(folder) / "footprint.dxf"
        path.write_bytes(content)
        told = _work({"path": str(path), "city": city, "crs": crs, "layer": layer, "seconds": _SECONDS})
    if told is None:
        raise refusal(BadParameter, _TOO_MUCH, language, parameter="file")
    refused = told.get("refused")
    if refused is not None:
        raise _said(refused["en"], refused["vi"], refused["extra"], language)
    return told | {"notices": [notice[language] for notice in told["notices"]]}


def _said(en: str, vi: str | None, more: dict[str, Any], language: Language) -> BadParameter:
    return refusal(BadParameter, Text(vi or en, en), language, parameter="file", **more)


def _work(asked: dict[str, Any]) -> dict[str, Any] | None:
    """What the process tells; None where it had to be ended, or broke."""
    # Settings may hold what opens a database: the process needs none of them.
    plain = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIS_")}
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the file's bytes are not on the command line
            [sys.executable, "-m", "etl.footprints.work", json.dumps(asked)],
            env=plain,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * _SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        _LOG.warning("a file could not be read to its end", code=done.returncode, said=last)
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


_TOO_MUCH = Text(
    "Không đọc hết được tệp: bản vẽ quá phức tạp (khối lồng nhau, quá nhiều đối tượng) hoặc bị hỏng. Hãy "
    "chép riêng "
    "đường bao công trình sang một bản vẽ mới (WBLOCK), lưu dạng DXF rồi gửi lại.",
    "The file could not be read to its end: the drawing is too complicated (blocks in blocks, too many "
    "entities) or "
    "damaged. Copy the outline of the building alone into a new drawing (WBLOCK), save it as DXF and send "
    "that.",
)
