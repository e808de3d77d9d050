"""Land uses as deliveries write them: a JSON list, or the label of a map such as ``ODT+CLN``."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gis_platform.folding import nfc
from gis_platform.layer import Property, Text

# Three capitals, Đ among them (KĐD of old lists). That codes are joined by + is practice, not read in a rule.
_CODE = re.compile(r"[A-ZĐ]{3}")
_JOINED = re.compile(r"\s*[+,;/]\s*")
_USE_AS_READ = (
    r'\{"code": ?"[A-ZĐ]{3}"(, ?("(term|origin|code_version)": ?("[^"\\\x00-\x1f]*"|null)'
    r'|"area_m2": ?((0|[1-9][0-9]{0,8})(\.(0|[0-9]{0,4}[1-9]))?|null)))*\}'
)
#: Most of a large delivery: a list that `read_land_uses` would give back with the same meaning. Numbers are
#: short enough to be as they were written, strings have nothing escaped in them.
LAND_USES_AS_READ = rf"^\[({_USE_AS_READ}(, ?{_USE_AS_READ})*)?\]$"


@cache
def land_use_names() -> Mapping[str, Text]:
    """Names of land-use codes as the national system lists them; codes of older lists have none.

    The annex of Circular 08/2024/TT-BTNMT that fixes them was not read word for word.
    """
    file = Path(__file__).with_name("land_uses.json")
    names: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({code: Text(vi, en) for code, (vi, en) in names.items()})


USE_MEMBERS = (
    Property(
        name="code",
        title=Text("Loại đất", "Land use"),
        words={
            code: Text(f"{name.vi} ({code})", f"{name.en} ({code})")
            for code, name in land_use_names().items()
        },
    ),
    Property(name="area_m2", title=Text("Diện tích", "Area"), unit="m²"),
    Property(name="term", title=Text("Thời hạn", "Term")),
    Property(name="origin", title=Text("Nguồn gốc", "Origin")),
    Property(name="code_version", title=Text("Bảng mã", "Code list")),
)
"""What a use of a parcel tells, in reading order."""


def read_land_uses(text: str) -> str:
    """The list as JSON, each use with at least its ``code``; areas are m².

    Raises:
        ValueError: neither a list of uses nor codes.
    """
    written = nfc(text).strip()
    if written.startswith("["):
        return _written([_use(entry) for entry in _read(written)])
    codes = [code.upper() for code in _JOINED.split(written)]
    return _written([_use({"code": code}) for code in codes])


def _as_written(digits: str) -> float:
    """178.1, where a program on the way wrote 178.09999999999999."""
    return float(f"{float(digits):.15g}")


# Made once: half a million parcels are read with them.
_read = json.JSONDecoder(parse_float=_as_written).decode
_written = json.JSONEncoder(ensure_ascii=False).encode


def _use(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        raise ValueError(f"no land use: {entry!r}")
    if _CODE.fullmatch(entry["code"]) is None:
        raise ValueError(f"no land use: {entry['code']!r}")
    return entry
