"""The register of permits for everybody, and permits issued near by for the same planned function."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.casework.codes import shown_code
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import fold
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import cell
from gis_platform.sqlfiles import named_queries
from layers.permits.check.proposal import USES
from layers.permits.words import KINDS, STATES_ON_A_DAY
from layers.planning.asking.refusing import refusal
from layers.zoning import PLAN_LEVELS

SQL = named_queries(__file__)

#: Metres around a lot in which a permit is a precedent.
NEAR_M = 300
MOST_PRECEDENTS = 50
_MARK = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{1,18})")

Row = dict[str, Any]

COLUMNS = (
    ("permit_no", Text("Số giấy phép", "Permit")),
    ("kind", Text("Loại", "Kind")),
    ("use", Text("Công năng", "Use")),
    ("state", Text("Tình trạng", "State")),
    ("issued_on", Text("Ngày cấp", "Issued on")),
    ("start_by", Text("Khởi công trước hết ngày", "To be begun by")),
    ("valid_until", Text("Được tồn tại đến", "May stand until")),
    ("unit_code", Text("Mã đơn vị", "Unit")),
    ("unit", Text("Phường, xã", "Ward")),
    ("address", Text("Địa chỉ", "Address")),
    ("sheet", Text("Tờ bản đồ", "Sheet")),
    ("parcel", Text("Thửa", "Parcel")),
    ("floors", Text("Số tầng", "Floors")),
    ("height_m", Text("Chiều cao (m)", "Height (m)")),
    ("footprint_m2", Text("Diện tích xây dựng (m²)", "Footprint (m²)")),
    ("floor_area_m2", Text("Diện tích sàn (m²)", "Floor area (m²)")),
    ("synthetic", Text("Dữ liệu minh hoạ", "Demonstration data")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which permits, narrowed by whatever is not None. ``state`` is as it is today; ``text`` a number or an
    address.
    """

    unit_code: str | None = None
    first: date | None = None
    last: date | None = None
    state: str | None = None
    text: str | None = None


async def page_of(
    work: UnitOfWork, wanted: Wanted, today: date, language: Language, *, after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """Some permits, the newest first, and the mark to go on from; None at the end.

    Raises:
        BadParameter: ``after`` is no mark, or the text holds nothing to look for.
    """
    after_on, after_id = _start(after, language)
    folded = fold(wanted.text) if wanted.text is not None else None
    if folded == "":
        raise refusal(BadParameter, _NOTHING, language, parameter="q")
    rows = await work.rows(
        SQL["page"],
        unit=wanted.unit_code,
        first=wanted.first,
        last=wanted.last,
        state=wanted.state,
        # The signs of LIKE are looked for as themselves.
        folded=None if folded is None else re.sub(r"([\\%_])", r"\\\1", folded),
        today=today,
        after_on=after_on,
        after_id=after_id,
        limit=limit + 1,
    )
    last = rows[limit - 1] if len(rows) > limit else None
    mark = f"{last['issued_on'].isoformat()}_{last['id']}" if last else None
    return [_told(row, language) for row in rows[:limit]], mark


def csv_rows(permits: list[Row], language: Language, *, head: bool) -> Iterator[list[object]]:
    """The same as rows of a table, with words for codes."""
    if head:
        yield [title.in_language(language) for _, title in COLUMNS]
    for one in permits:
        words = one | {name: one[f"{name}_title"] for name in ("kind", "use", "state")}
        words["synthetic"] = "x" if one["synthetic"] else None
        yield [cell(f"{v:%d/%m/%Y}" if isinstance(v := words[name], date) else v) for name, _ in COLUMNS]


async def precedents(
    work: UnitOfWork,
    today: date,
    language: Language,
    *,
    parcel: int | None = None,
    point: tuple[float, float] | None = None,
) -> Row:
    """Permits in force near a lot or a place where the plan means the same function, the nearest first.

    Raises:
        NotFound: there is no such parcel.
    """
    lon, lat = point or (None, None)
    levels = list(PLAN_LEVELS)
    place = await work.row(SQL["place"], parcel=parcel, lon=lon, lat=lat, levels=levels)
    if place is None:
        told = Text(f"Không có thửa đất mã {parcel}.", f"There is no parcel {parcel}.")
        raise refusal(NotFound, told, language, parameter="parcel")
    asked = {"function_code": place["function_code"], "function": place["function_name"], "within_m": NEAR_M}
    if place["function_code"] is None:
        return asked | {"permits": [], "notices": [_NO_PLAN.in_language(language)]}
    rows = await work.rows(
        SQL["precedents"],
        ground=place["ground"],
        function=place["function_code"],
        near=NEAR_M,
        levels=levels,
        today=today,
        limit=MOST_PRECEDENTS,
    )
    return asked | {"permits": [_told(row, language) for row in rows], "notices": []}


def _told(row: Any, language: Language) -> Row:
    told = dict(row)
    told["paper"] = shown_code(told["paper"]) if told["paper"] else None
    for name, titles in (("kind", KINDS), ("use", USES), ("state", STATES_ON_A_DAY)):
        told[f"{name}_title"] = titles[told[name]].in_language(language)
    return told


def _start(after: str | None, language: Language) -> tuple[date, int]:
    if after is None:
        return date.max, 0
    found = _MARK.fullmatch(after)
    try:
        if found is not None:
            return date.fromisoformat(found[1]), int(found[2])
    except ValueError:
        pass
    raise refusal(BadParameter, _NO_MARK, language, parameter="after")


_NOTHING = Text("Hãy ghi số giấy phép hoặc địa chỉ cần tìm.", "q holds nothing to look for.")
_NO_MARK = Text(
    "Hãy lấy nguyên giá trị này từ “next” của trang trước, không tự viết.",
    "Take this from `next` of the page before.",
)
_NO_PLAN = Text(
    "Chưa có quy hoạch nào được nạp tại vị trí này nên chưa tìm được giấy phép tương tự.",
    "No plan is loaded at this place: no permits of the same function can be told.",
)
