"""The parcels meant by a number, an identifier or an id of any day, followed to the day asked about."""

from dataclasses import replace
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import nfc
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.following import Followed, follow
from layers.planning.asking.question import BEGINS_LATER, SEVERAL, Found, Place, Question, Step, Times
from layers.planning.asking.refusing import refusal
from layers.planning.asking.units import AskedUnit, asked_unit
from layers.references.identifier import BadIdentifier, parcel_identifier
from layers.references.parcel import canonical_number

SQL = named_queries(__file__)

Row = dict[str, Any]


async def by_number(
    work: UnitOfWork, question: Question, times: Times, around: tuple[str, ...] = ()
) -> Found:
    """By sheet and parcel, as they stand today, in the columns of old numbers, or stood on any day.

    With ``issued`` the number is read as of that day: what it means on others is not asked for. ``around``
    are names that may stand behind the unit.
    """
    sheet, parcel = nfc(question.sheet or "").strip(), nfc(question.parcel or "").strip()
    unit = None
    if question.unit is not None:
        unit = await asked_unit(work, question.unit, question.language, around)
    rows = await _numbered(work, sheet, parcel, unit, times)
    notices = list(unit.notices) if unit else []
    if question.issued is not None:
        rows, more = _as_of_the_paper(rows, question.issued)
        notices += more
    if not rows:
        raise refusal(NotFound, _no_number(sheet, parcel, question.unit, times), question.language)
    found = await _found(work, rows, times, (sheet, parcel), dated=question.issued is not None)
    if not found.ids:
        raise refusal(NotFound, _gone(parcel, sheet, times), question.language)
    return replace(found, notices=[*notices, *found.notices], unit=unit.understood if unit else None)


async def by_identifier(work: UnitOfWork, written: str, times: Times, language: Language) -> Found:
    """By the 12 characters of the identifier; one that has gone is followed to what became of its parcel."""
    identifier = _identifier(written, language)
    known_at = times.parameters()["known_at"]
    rows = await work.rows(SQL["identified"], identifier=identifier, known_at=known_at)
    found = await _found(work, rows, times) if rows else None
    if found is None or not found.ids:
        told = Text(
            f"Không tìm thấy thửa đất có mã định danh {identifier}. Hãy kiểm tra từng ký tự, "
            "hoặc tra theo số tờ, số thửa.",
            f"There is no parcel with the identifier {identifier}. Check each character, "
            "or ask by sheet and parcel number.",
        )
        raise refusal(NotFound, told, language)
    return found


async def by_id(work: UnitOfWork, parcel: int, times: Times, language: Language) -> Found:
    """By the number of the feature, which other answers give as ``parcel_id``."""
    rows = await work.rows(SQL["of_id"], parcel=parcel, known_at=times.parameters()["known_at"])
    found = await _found(work, rows, times) if rows else None
    if found is None or not found.ids:
        told = Text(
            f"Không có thửa đất mang mã {parcel} trong dữ liệu. Hãy tra theo số tờ, số thửa.",
            f"There is no parcel with the id {parcel}. Ask by sheet and parcel number.",
        )
        raise refusal(NotFound, told, language)
    return found


async def _numbered(
    work: UnitOfWork, sheet: str, parcel: str, unit: AskedUnit | None, times: Times
) -> list[Row]:
    return [
        dict(row)
        for row in await work.rows(
            SQL["numbered"],
            # Numbers are stored as delivered: "012" may stand there as it was typed, or as 12.
            sheets=[sheet, canonical_number(sheet)],
            parcels=[parcel, canonical_number(parcel)],
            codes=unit.codes if unit else None,
            since=unit.since if unit else None,
            until=unit.until if unit else None,
            named=unit.named if unit else None,
            known_at=times.parameters()["known_at"],
        )
    ]


def _as_of_the_paper(rows: list[Row], issued: date) -> tuple[list[Row], list[Text]]:
    """The versions of that day; where the data begins later, the first ones it has."""
    old = [row for row in rows if row["old"]]
    named = [row for row in rows if not row["old"]]
    held = [
        r for r in named if r["valid_from"] <= issued and (r["valid_to"] is None or issued < r["valid_to"])
    ]
    if held or not named:
        return held + old, []
    later = [row["valid_from"] for row in named if row["valid_from"] > issued]
    if not later:
        return old, []
    first = min(later)
    told = Text(
        f"Dữ liệu có số thửa này từ ngày {first:%d/%m/%Y}, sau ngày của giấy ({issued:%d/%m/%Y}); "
        "số thửa được hiểu như ở ngày đầu tiên có dữ liệu.",
        f"The data has this number from {first} on, after the day of the paper ({issued}); "
        "the number is read as on the first day on record.",
    )
    return [row for row in named if row["valid_from"] == first] + old, [told]


async def _found(
    work: UnitOfWork,
    rows: list[Row],
    times: Times,
    written: tuple[str, str] | None = None,
    *,
    dated: bool = False,
) -> Found:
    followed = await follow(work, [(row["id"], row["valid_from"]) for row in rows], times)
    meanings = {followed.targets[row["id"], row["valid_from"]] for row in rows} - {frozenset()}
    path = [*_old_columns(rows, written, followed, times), *followed.steps] if written else followed.steps
    notices = list(followed.notices)
    if len(meanings) == 1 and len(followed.ids) > 1:
        notices.append(_became_several(len(followed.ids)))
    elif len(meanings) > 1:
        moved = any(step.kind != "unit_merged" for step in path)
        notices.append(_MEANT_SEVERAL if moved and not dated else SEVERAL)
    return Found(followed.ids, notices, None, path, len(meanings) > 1)


def _old_columns(rows: list[Row], written: tuple[str, str], followed: Followed, times: Times) -> list[Step]:
    """A step for each old number that only the columns of the parcel tell of: nobody says when it was."""
    by_history = set().union(
        *(followed.targets[row["id"], row["valid_from"]] for row in rows if not row["old"]), set()
    )
    steps = []
    for parcel in dict.fromkeys(row["id"] for row in rows if row["old"]):
        if parcel in by_history:
            continue
        known = followed.graph.versions[parcel]
        now = next((v for v in known if v.holds_on(times.as_of)), known[-1])
        origin = Place(None, *written, parcel)
        steps.append(Step("renumbered", None, origin, (now.place(),), _OLD_COLUMNS))
    return steps


def _identifier(written: str, language: Language) -> str:
    try:
        return parcel_identifier(nfc(written))
    except BadIdentifier as fault:
        told = Text(
            f"“{written}” không phải là mã định danh thửa đất: mã gồm đúng 12 chữ số và chữ cái không dấu, "
            "không có a, i, l, o. Hãy kiểm tra lại, hoặc tra theo số tờ, số thửa.",
            f"{fault} Check each character, or ask by sheet and parcel number.",
        )
        raise refusal(BadParameter, told, language, parameter="identifier") from fault


def _no_number(sheet: str, parcel: str, unit: str | None, times: Times) -> Text:
    vi = f"Không tìm thấy thửa {parcel}, tờ bản đồ {sheet}{f' thuộc {unit}' if unit else ''}"
    en = f"There is no parcel {parcel} on sheet {sheet}{f' in {unit}' if unit else ''}"
    if times.known_at is not None:
        when = replace(times, as_of=None).told()
        return Text(f"{vi}{when.vi}. {BEGINS_LATER.vi}", f"{en}{when.en}. {BEGINS_LATER.en}")
    return Text(
        f"{vi}, kể cả trong số liệu cũ. Hãy kiểm tra lại số tờ, số thửa trên giấy chứng nhận, thử bỏ tên "
        "phường, xã, hoặc tra theo địa chỉ hay vị trí trên bản đồ.",
        f"{en}, neither today nor on record. Check the numbers on the certificate, leave out the ward, or "
        "ask by address or by a place on the map.",
    )


def _gone(parcel: str, sheet: str, times: Times) -> Text:
    vi = f"ngày {times.as_of:%d/%m/%Y}" if times.as_of else "hiện nay"
    en = f"on {times.as_of}" if times.as_of else "today"
    return Text(
        f"Có hồ sơ của thửa {parcel}, tờ bản đồ {sheet}, nhưng {vi} không có thửa đất nào trên diện tích đó. "
        "Có thể dữ liệu bắt đầu sau ngày đó; hãy chọn một ngày gần hơn, hoặc tra theo vị trí trên bản đồ.",
        f"Parcel {parcel} on sheet {sheet} is on record, but there is no parcel on its ground {en}. "
        "The data may begin later; ask for a more recent day, or by a place on the map.",
    )


def _became_several(count: int) -> Text:
    return Text(
        f"Thửa đất mang số này nay là {count} thửa; kết quả gồm tất cả. Xem các bước biến động.",
        f"The parcel of this number is {count} parcels now; all are answered. See the steps of its path.",
    )


_MEANT_SEVERAL = Text(
    "Số này chỉ những thửa đất khác nhau tuỳ thời điểm; kết quả gồm tất cả. Nếu biết ngày cấp giấy chứng "
    "nhận, "
    "hãy nhập thêm ngày đó.",
    "This number has meant different parcels at different times; all are answered. If you know the day "
    "of the "
    "certificate, give it too.",
)
_OLD_COLUMNS = Text("Số tờ, số thửa cũ ghi trong hồ sơ địa chính", "Old numbers in the cadastral record")
