"""A write tried out: done in full, told of, and undone. Nothing of it is stored, audited or announced."""

import json
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.editing.feature import Kind
from gis_platform.editing.locking import StateChanged
from gis_platform.editing.measuring import measure_change
from gis_platform.editing.statements import overlapped_statement
from gis_platform.editing.writing import Write, Written, store
from gis_platform.errors import BadParameter, Conflict, Forbidden, Problem
from gis_platform.layer.declaration import Layer
from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_number

# Neighbours share borders drawn to about a millimetre: less than this is no overlap to look at.
SLIVER_M2 = 0.5
_MOST_LOOKED_AT = 2_000


async def try_out(work: UnitOfWork, write: Write) -> dict[str, Any]:
    """What the write would do.

    Raises:
        NotFound, StateChanged, Unavailable: there is nothing to try, as for the write itself.
    """
    try:
        async with work.raw.transaction(force_rollback=True):
            written = await store(work, write)
            warnings = await _warnings(work, write, written)
    except StateChanged:
        raise
    except (BadParameter, Conflict, Forbidden) as problem:
        return refused(write.kind, [problem])
    layer, created = write.layer, write.kind == "create"
    withheld = [p.name for p in layer.personal]
    return {
        "dry_run": True,
        "would": write.kind if written.stored else "nothing",
        # A new feature gets its id when it is stored.
        "id": None if created else written.feature_id,
        "valid_from": write.day.isoformat() if layer.history else None,
        "changed": list(written.changed),
        "before": _shown(written.before, withheld),
        "after": _shown(written.after, withheld, named=not created),
        "withheld": withheld,
        "geometry_change": measure_change(
            layer.geometry.dimension, written.shape_before, written.shape_after
        ),
        "warnings": warnings,
        "problems": [],
    }


def refused(kind: Kind, problems: list[Problem]) -> dict[str, Any]:
    """What is told where the write would be refused: everything that is wrong with it."""
    return {
        "dry_run": True,
        "would": "be refused",
        "asked": kind,
        "problems": [problem.body() for problem in problems],
    }


def _shown(content: bytes | None, withheld: list[str], *, named: bool = True) -> dict[str, Any] | None:
    """The feature without personal data: a trial leaves no entry of who looked at it."""
    if content is None:
        return None
    feature: dict[str, Any] = json.loads(content)
    feature["properties"] = {n: v for n, v in feature["properties"].items() if n not in withheld}
    return feature if named else {**feature, "id": None}


async def _warnings(work: UnitOfWork, write: Write, written: Written) -> list[dict[str, Any]]:
    layer = write.layer
    if layer.geometry.dimension != 2 or written.after is None:
        return []
    asked = {"id": written.feature_id, "most": _MOST_LOOKED_AT, "least": SLIVER_M2}
    cursor = await work.raw.execute(overlapped_statement(layer), asked)
    row = await cursor.fetchone()
    if row is None:
        return []
    looked_at, count, area, ids = int(row[0]), int(row[1]), float(row[2]), list(row[3])
    warnings = []
    if count:
        told = _overlap_told(layer, count, area)
        warnings.append(_warning("overlap", told, count=count, area_m2=round(area, 2), ids=ids))
    if looked_at == _MOST_LOOKED_AT:
        told = Text(
            f"Chỉ so sánh với {_MOST_LOOKED_AT} đối tượng lân cận.",
            f"Only {_MOST_LOOKED_AT} features nearby were compared with it.",
        )
        warnings.append(_warning("overlap-not-complete", told))
    return warnings


def _overlap_told(layer: Layer, count: int, area: float) -> Text:
    return Text(
        f"Chồng lấn {count} đối tượng khác của lớp “{layer.title.vi}”, tổng cộng "
        f"{format_number(area, 2)} m².",
        f"It overlaps {count} other features of {layer.title.en}, {area:.2f} m² in all.",
    )


def _warning(code: str, told: Text, **more: object) -> dict[str, Any]:
    return {"code": code, "text": told.vi, "text_en": told.en, **more}
