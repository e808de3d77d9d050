"""Land uses as deliveries write them: a JSON list, or the label of a map such as ``ODT+CLN``."""

import json
import re
from typing import Any

from gis_platform.folding import nfc

# Three capitals, Đ among them (KĐD of old lists). That codes are joined by + is practice, not read in a rule.
_CODE = re.compile(r"[A-ZĐ]{3}")
_JOINED = re.compile(r"\s*[+,;/]\s*")


def read_land_uses(text: str) -> str:
    """The list as JSON, each use with at least its ``code``; areas are m².

    Raises:
        ValueError: neither a list of uses nor codes.
    """
    written = nfc(text).strip()
    if written.startswith("["):
        return json.dumps([_use(entry) for entry in json.loads(written)], ensure_ascii=False)
    codes = [code.upper() for code in _JOINED.split(written)]
    return json.dumps([_use({"code": code}) for code in codes], ensure_ascii=False)


def _use(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        raise ValueError(f"no land use: {entry!r}")
    if _CODE.fullmatch(entry["code"]) is None:
        raise ValueError(f"no land use: {entry['code']!r}")
    return entry
