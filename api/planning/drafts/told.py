"""A draft as callers are told of it."""

from typing import Any

from gis_platform.layer.text import Language
from layers.planning.drafts.register import Row
from layers.planning.drafts.words import CHANGES, NO_LEGAL_VALUE

_STEPS = ("receive", "read", "store", "compare", "cases")
#: Shares of the whole work, in the order of the steps: by far the most is the comparing.
_BEGINS = {"receive": 0, "read": 2, "store": 15, "compare": 20, "cases": 95}


def line_of(row: Row, language: Language) -> dict[str, Any]:
    """One draft in a list, or the beginning of all that is told of it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "notice": NO_LEGAL_VALUE.in_language(language),
        "uploaded_by": row["uploaded_by"],
        "uploaded_at": row["uploaded_at"],
        "file_name": row["file_name"],
        "size": row["size_bytes"],
        "state": row["state"],
        "step": row["step"] or None,
        "percent": _percent(row),
        "computed_at": row["computed_at"],
        "totals": row["totals"] if row["state"] == "done" else None,
    }


def draft_told(row: Row, language: Language, *, stale: bool, address: str) -> dict[str, Any]:
    """All that is told of a draft, but for what it touches one by one."""
    base = f"{address}/api/planning/drafts/{row['id']}"
    reason = row["reason"]
    told = line_of(row, language) | {
        "sha256": row["sha256"],
        "asked": row["asked"],
        "may_remove": row["may_remove"],
        "read_as": row["read_as"],
        "extent": row["extent"],
        "stale": stale,
        "findings": [
            {"code": each["code"], "count": each["count"], "text": each[f"text_{language}"]}
            for each in row["findings"]
        ],
        "reason": None if reason is None else {**reason, "text": reason[language]},
    }
    if row["state"] == "done":
        told["changes"] = [_change(row, name, language) for name in CHANGES]
        told["links"] = {
            "parcels": f"{base}/parcels",
            "cases": f"{base}/cases",
            "zones": f"{base}/zones",
            "unread": f"{base}/unread",
            "csv": f"{base}/effects.csv",
            "gpkg": f"{base}/effects.gpkg",
            "tiles": f"{base}/tiles/{{z}}/{{x}}/{{y}}",
        }
    return told


def _change(row: Row, name: str, language: Language) -> dict[str, Any]:
    found = row["totals"]["changes"].get(name, {"parcels": 0, "area_m2": 0.0})
    return {"change": name, "title": CHANGES[name].in_language(language), **found}


def _percent(row: Row) -> int:
    if row["state"] != "working" or row["step"] not in _BEGINS:
        return 100 if row["state"] == "done" else 0
    at = _STEPS.index(row["step"])
    begins = _BEGINS[row["step"]]
    ends = _BEGINS[_STEPS[at + 1]] if at + 1 < len(_STEPS) else 99
    done = row["steps_done"] / row["steps_total"] if row["steps_total"] else 0.0
    return int(begins + (ends - begins) * min(done, 1.0))
