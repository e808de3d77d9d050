"""What differs between two answers to the same question, in words for who reads the first."""

from collections.abc import Mapping
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.kept.change import Change, Document, change, parcel_name
from layers.planning.kept.changed_ground import ground_between
from layers.planning.kept.changed_rules import Known, rules_between
from layers.streets import LAYER as STREETS

SQL = named_queries(__file__)

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


async def changes_between(
    work: UnitOfWork, then: Document, now: Document, known: tuple[Known, Known], language: Language
) -> list[Change]:
    """What a reader of the answer ``then`` should know of ``now``; none where nothing is otherwise.

    Both are JSON; ``known`` tells of each what day it speaks of and by what was known.
    """
    told = _parcels(then, now, language, await _successors(work, _ended(then, now)))
    told += ground_between(then, now, language)
    told += _zones(then, now, language)
    told += await rules_between(work, then, now, known, language)
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
) -> list[Change]:
    today = {parcel["id"]: parcel for parcel in now["parcels"]}
    told = []
    for parcel in then["parcels"]:
        name = parcel_name(parcel)
        held = today.get(parcel["id"])
        if held is None:
            after = successors.get(parcel["id"], [])
            line = change("parcel_ended", parcel["id"], _PARCEL_ENDED, language, name, len(after))
            told.append({**line, "successors": after})
        elif any(parcel.get(member) != held.get(member) for member in _PARCEL):
            told.append(change("parcel_changed", parcel["id"], _PARCEL_CHANGED, language, name))
    return told


def _judged_anew(then: Document, now: Document, language: Language) -> list[Change]:
    """Parcels that are there still, and of which less or more is known, or something else may be built."""
    told = []
    for parcel in now["parcels"]:
        number = parcel["id"]
        name = parcel_name(parcel)
        if not any(held["id"] == number for held in then["parcels"]):
            continue
        if _looked_at(then, number) != _looked_at(now, number):
            told.append(change("coverage_changed", number, _COVERAGE_CHANGED, language, name))
        if _judged(then, number) != _judged(now, number):
            told.append(change("verdict_changed", number, _VERDICT_CHANGED, language, name))
    return told


def _looked_at(document: Document, parcel: int) -> dict[str, set[object]]:
    """The roads that a street's width takes are told as hits: that they are, is no other look."""
    taken = {
        hit["theme"]
        for hit in document["affected"]
        if hit["layer"] == STREETS.name and hit["parcel_id"] == parcel
    }
    looked = {
        bucket: {line["theme"] for line in document.get(bucket, ()) if line["parcel_id"] == parcel}
        for bucket in ("not_affected", "no_data")
    }
    return looked | {"not_affected": looked["not_affected"] | (taken - looked["no_data"])}


def _judged(document: Document, parcel: int) -> list[object]:
    return [
        (entry["verdict"]["tier"], *(entry.get(member) for member in _MEASURES))
        for entry in document.get("building", ())
        if entry["parcel_id"] == parcel
    ]


def _zones(then: Document, now: Document, language: Language) -> list[Change]:
    """What plans show on the parcels that both answers speak of, told by what became of it: of the others it
    is told that they ended, or are new.
    """
    staying = {parcel["id"] for parcel in then["parcels"]} & {parcel["id"] for parcel in now["parcels"]}
    before, after = _hits(then, staying), _hits(now, staying)
    lines = [("ended", hit, _ZONE_ENDED) for key, hit in before.items() if key not in after]
    lines += [
        ("new", hit, _ZONE_NEW)
        for key, hit in after.items()
        if key not in before and not _was_told_otherwise(then, now, hit)
    ]
    lines += [
        ("changed", hit, _ZONE_CHANGED)
        for key, hit in after.items()
        if key in before and _substance(hit) != _substance(before[key])
    ]
    return [
        change(f"affected_{what}", hit["parcel_id"], words, language, hit["title"] or "", _of(hit, language))
        for what, hit, words in lines
    ]


def _of(hit: Document, language: Language) -> str:
    return str(hit["plan"]["name"]) if hit["plan"] else _STREETS.in_language(language)


def _was_told_otherwise(then: Document, now: Document, hit: Document) -> bool:
    """Answers kept before planned widths were hits told the same ground as taken: that is nothing new."""
    if hit["layer"] != STREETS.name or any(one["layer"] == STREETS.name for one in then["affected"]):
        return False
    held, told = (_taken(document, hit["parcel_id"]) for document in (then, now))
    return held is not None and held == told


def _taken(document: Document, parcel: int) -> object:
    entries = [one for one in document.get("building", ()) if one["parcel_id"] == parcel]
    return entries[0].get("taken_m2") if entries else None


def _hits(document: Document, parcels: set[int]) -> dict[object, Document]:
    return {
        (hit["layer"], hit["feature_id"], hit["parcel_id"]): hit
        for hit in document["affected"]
        if hit["parcel_id"] in parcels
    }


def _substance(hit: Document) -> dict[str, Any]:
    return {name: value for name, value in hit.items() if name not in _NOT_OF_A_ZONE}


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
_STREETS = Text("bề rộng quy hoạch của đường", "planned width of the street")
_ZONE_ENDED = Text("{0} ({1}) không còn áp dụng cho thửa đất.", "{0} ({1}) no longer applies.")
_ZONE_NEW = Text("Có thêm {0} ({1}) trên thửa đất.", "{0} ({1}) now touches the parcel.")
_ZONE_CHANGED = Text(
    "{0} ({1}) đã thay đổi về phạm vi hoặc chỉ tiêu.",
    "{0} ({1}) has changed in its extent or in what it allows.",
)
