"""What has changed since an answer was kept: the same parcels, answered today, held against it."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.kept.answers import canonical

SQL = named_queries(__file__)

Document = Mapping[str, Any]

_PARCEL = (
    "unit_code",
    "sheet_no",
    "parcel_no",
    "legal_area_m2",
    "measured_area_m2",
    "land_uses",
    "status",
    "address",
    "geometry",
)
_MEASURES = ("taken_m2", "buildable_m2", "footprint_max_m2", "floor_area_max_m2")
# What today's date alone changes is no change of a plan.
_NOT_OF_A_ZONE = frozenset({"source_date", "synthetic"})


async def changes_since(
    work: UnitOfWork, then: Document, now: Document, language: Language
) -> list[dict[str, Any]]:
    """What a reader of the answer ``then`` should know today; none where nothing of it has changed.

    ``now`` is the answer to the same parcels, made today. Each change: ``kind``, ``parcel_id`` or None,
    ``sentence``, and ``successors`` (ids) where a parcel has ended.
    """
    now = json.loads(canonical(dict(now)))
    told = _parcels(then, now, language, await _successors(work, _ended(then, now)))
    told += _compared(then, now, "affected", _hit_key, _zone_ended, _zone_new, _zone_changed, language)
    told += _compared(then, now, "rules", _rule_key, _rule_ended, _rule_new, _rule_changed, language)
    told += _judged_anew(then, now, language)
    return told


def _ended(then: Document, now: Document) -> list[int]:
    here = {parcel["id"] for parcel in now["parcels"]}
    return [parcel["id"] for parcel in then["parcels"] if parcel["id"] not in here]


async def _successors(work: UnitOfWork, ended: list[int]) -> dict[int, list[int]]:
    if not ended:
        return {}
    rows = await work.rows(SQL["successors"], ids=ended)
    return {row["predecessor"]: row["successors"] for row in rows}


def _parcels(
    then: Document, now: Document, language: Language, successors: Mapping[int, list[int]]
) -> list[dict[str, Any]]:
    today = {parcel["id"]: parcel for parcel in now["parcels"]}
    told = []
    for parcel in then["parcels"]:
        name = f"{parcel['parcel_no']} ({parcel['sheet_no']})"
        held = today.get(parcel["id"])
        if held is None:
            after = successors.get(parcel["id"], [])
            line = _line("parcel_ended", parcel["id"], _PARCEL_ENDED, language, name, len(after))
            told.append({**line, "successors": after})
        elif any(parcel.get(member) != held.get(member) for member in _PARCEL):
            told.append(_line("parcel_changed", parcel["id"], _PARCEL_CHANGED, language, name))
    return told


def _judged_anew(then: Document, now: Document, language: Language) -> list[dict[str, Any]]:
    """Parcels that are there still, and of which less or more is known, or something else may be built."""
    told = []
    for parcel in now["parcels"]:
        number = parcel["id"]
        name = f"{parcel['parcel_no']} ({parcel['sheet_no']})"
        if not any(held["id"] == number for held in then["parcels"]):
            continue
        if _known(then, number) != _known(now, number):
            told.append(_line("coverage_changed", number, _COVERAGE_CHANGED, language, name))
        if _judged(then, number) != _judged(now, number):
            told.append(_line("verdict_changed", number, _VERDICT_CHANGED, language, name))
    return told


def _known(document: Document, parcel: int) -> dict[str, set[object]]:
    return {
        bucket: {line["theme"] for line in document.get(bucket, ()) if line["parcel_id"] == parcel}
        for bucket in ("not_affected", "no_data")
    }


def _judged(document: Document, parcel: int) -> list[object]:
    return [
        (entry["verdict"]["tier"], *(entry.get(member) for member in _MEASURES))
        for entry in document.get("building", ())
        if entry["parcel_id"] == parcel
    ]


Key = Callable[[Document], object]
Words = Callable[[Document], Text]


def _compared(
    then: Document,
    now: Document,
    bucket: str,
    key: Key,
    ended: Words,
    new: Words,
    changed: Words,
    language: Language,
) -> list[dict[str, Any]]:
    """Lines of one bucket of both answers, told by what became of each."""
    kind = bucket.removesuffix("s")
    before, after = _by(key, then.get(bucket, ())), _by(key, now.get(bucket, ()))
    lines = [(f"{kind}_ended", one, ended) for k, one in before.items() if k not in after]
    lines += [(f"{kind}_new", one, new) for k, one in after.items() if k not in before]
    lines += [
        (f"{kind}_changed", one, changed)
        for k, one in after.items()
        if k in before and _substance(bucket, one) != _substance(bucket, before[k])
    ]
    return [
        {"kind": name, "parcel_id": one.get("parcel_id"), "sentence": words(one).in_language(language)}
        for name, one, words in lines
    ]


def _by(key: Key, lines: Iterable[Document]) -> dict[object, Document]:
    return {key(line): line for line in lines}


def _substance(bucket: str, line: Document) -> dict[str, Any]:
    if bucket == "rules":
        # Its number is a rule's version; the words of one that is not loaded name the day.
        return {name: line.get(name) for name in ("id", "loaded")}
    return {name: value for name, value in line.items() if name not in _NOT_OF_A_ZONE}


def _hit_key(hit: Document) -> object:
    return hit.get("layer"), hit.get("feature_id"), hit.get("parcel_id")


def _rule_key(rule: Document) -> object:
    return rule.get("code")


def _line(kind: str, parcel_id: int, words: Text, language: Language, *values: object) -> dict[str, Any]:
    return {
        "kind": kind,
        "parcel_id": parcel_id,
        "sentence": words.in_language(language).format(*values),
    }


_PARCEL_ENDED = Text(
    "Thửa {0} không còn trên bản đồ địa chính; nay có {1} thửa hình thành từ thửa này.",
    "Parcel {0} is no longer on the cadastral map; {1} parcels came of it.",
)
_PARCEL_CHANGED = Text(
    "Thửa {0} đã thay đổi (ranh giới, diện tích, số hiệu, mục đích sử dụng hoặc tình trạng).",
    "Parcel {0} has changed (boundary, area, numbers, use or status).",
)


_COVERAGE_CHANGED = Text(
    "Phần đã có và chưa có dữ liệu quy hoạch của thửa {0} đã thay đổi.",
    "What plans have looked at on parcel {0} has changed.",
)
_VERDICT_CHANGED = Text(
    "Kết luận hoặc chỉ tiêu xây dựng của thửa {0} đã thay đổi.",
    "The verdict on parcel {0}, or what may be built there, has changed.",
)


def _zone(hit: Document) -> tuple[str, str]:
    return str(hit.get("title") or ""), str((hit.get("plan") or {}).get("name") or "")


def _zone_ended(hit: Document) -> Text:
    title, plan = _zone(hit)
    return Text(f"{title} ({plan}) không còn áp dụng cho thửa đất.", f"{title} ({plan}) no longer applies.")


def _zone_new(hit: Document) -> Text:
    title, plan = _zone(hit)
    return Text(f"Có thêm {title} ({plan}) trên thửa đất.", f"{title} ({plan}) now touches the parcel.")


def _zone_changed(hit: Document) -> Text:
    title, plan = _zone(hit)
    return Text(
        f"{title} ({plan}) đã thay đổi về phạm vi hoặc chỉ tiêu.",
        f"{title} ({plan}) has changed in its extent or in what it allows.",
    )


def _rule_ended(rule: Document) -> Text:
    return Text(
        f"Quy định {rule.get('code')} không còn được áp dụng.",
        f"Rule {rule.get('code')} is no longer applied.",
    )


def _rule_new(rule: Document) -> Text:
    return Text(f"Có thêm quy định {rule.get('code')}.", f"Rule {rule.get('code')} is applied now.")


def _rule_changed(rule: Document) -> Text:
    return Text(f"Quy định {rule.get('code')} đã thay đổi.", f"Rule {rule.get('code')} has changed.")
