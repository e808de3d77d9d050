"""The check of a building: the parcel it is for, and every line."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.rules import rules_on
from gis_platform.sqlfiles import named_queries
from gis_platform.vietnamese_numbers import format_area
from layers.permits.check import besides, in_size, neighbours, numbered, on_ground, on_land, others
from layers.permits.check.line import CheckLine, overall
from layers.permits.check.proposal import KINDS, USES, Proposal
from layers.permits.size import require_building
from layers.planning.answer import Laid, overlaid
from layers.planning.asking.beginning import on_a_day_of_the_data
from layers.planning.asking.by_ground import by_ground
from layers.planning.asking.by_number import by_id, by_identifier
from layers.planning.asking.question import Found, Times
from layers.planning.building.study import study

SQL = named_queries(__file__)

_MOST_NAMED = 6

DISCLAIMER = Text(
    "Kết quả kiểm tra tự động để tham khảo; cán bộ cấp phép quyết định.",
    "An automatic check, for reference; the permit officer decides.",
)


async def check_for(work: UnitOfWork, proposal: Proposal, today: date, language: Language) -> dict[str, Any]:
    """Every line of the check as JSON; lengths in metres and areas in m² of the working grid.

    Raises:
        NotFound: no parcel is there, or not on that day; of a day before the data it says that.
        BadParameter: the footprint lies on too many, or is too small for a building.
    """
    require_building(proposal.area_m2, proposal.footprint.given_as, language)
    times = Times(as_of=proposal.on)
    day = proposal.on or today
    async with on_a_day_of_the_data(work, times, language, "on"):
        found = await _parcels(work, proposal, times, language)
    # Before the parcels themselves: one that changes in between is told as older, and checked again.
    seen = {row["id"]: row["recorded_from"] for row in await work.rows(SQL["seen"], ids=found.ids)}
    laid = await overlaid(work, found.ids, today, language, times)
    parcel = max(laid.parcels, key=lambda row: _shared(row, proposal))
    hits = [hit for hit in laid.affected if hit["parcel_id"] == parcel["id"]]
    gaps = {gap["theme"]: gap["theme_title"] for gap in laid.no_data if gap["parcel_id"] == parcel["id"]}
    streets = laid.around.streets.get(parcel["id"], ())
    book = laid.around.book
    read = study(parcel, hits, streets, gaps, book, height_m=proposal.height_m)
    exempt = await rules_on(work, [besides.EXEMPTION], day)
    here = {"id": parcel["id"], **times.parameters()}
    ground = {"wkb": shapely.to_wkb(proposal.footprint.geometry), "srid": laid.around.srid}
    near = await work.rows(SQL["neighbours"], close_m=neighbours.CLOSE_M, **ground, **here)
    held = await work.rows(SQL["permits"], day=day, **ground, **times.parameters())
    numbers = await work.rows(SQL["house_numbers"], **here)
    own = others.own_permits(held, proposal, parcel["id"], shapely.from_wkb(bytes(parcel["wkb"])))
    lines: list[CheckLine] = [
        on_land.parcel_current(parcel),
        on_land.data_age(laid.sources),
        on_land.conditions(book),
        on_land.land_use(parcel, proposal),
        *on_land.in_plan(read, proposal, gaps),
        on_ground.inside_parcel(read, proposal),
        on_ground.road(read, proposal, gaps),
        *on_ground.setbacks(read, proposal),
        *on_ground.corridors(hits, proposal, gaps),
        *in_size.sizes(read, proposal),
        others.other_permits(held, proposal, own),
        neighbours.neighbours(near, proposal),
        besides.exemption(proposal, exempt),
        numbered.house_number(numbers, parcel, times),
    ]
    srid = laid.around.srid
    return {
        "on": day.isoformat(),
        "synthetic": laid.synthetic,
        "use": USES[proposal.use].in_language(language),
        "kind": KINDS[proposal.kind].in_language(language),
        "parcel": {
            "id": parcel["id"],
            "unit": parcel["unit_name"] or parcel["unit_code"],
            "sheet": parcel["sheet_no"],
            "parcel": parcel["parcel_no"],
            "recorded_from": seen[parcel["id"]].isoformat() if parcel["id"] in seen else None,
        },
        "notices": [
            notice.in_language(language)
            for notice in (
                *found.notices,
                *_others(laid, parcel, proposal),
                *others.number_ignored(proposal),
            )
        ],
        "footprint_m2": round(proposal.area_m2, 2),
        "floor_area_m2": round(proposal.floor_area_m2, 2),
        "outcome": overall(lines),
        "lines": [line.told(language, srid) for line in lines],
        "sources": laid.sources,
        "disclaimer": DISCLAIMER.in_language(language),
    }


async def _parcels(work: UnitOfWork, proposal: Proposal, times: Times, language: Language) -> Found:
    if isinstance(proposal.parcel, int):
        return await by_id(work, proposal.parcel, times, language)
    if proposal.parcel is not None:
        return await by_identifier(work, proposal.parcel, times, language)
    return await by_ground(work, proposal.footprint, times, language)


def _others(laid: Laid, parcel: Mapping[str, Any], proposal: Proposal) -> Iterator[Text]:
    """That the building stands on several parcels, and which of them the lines are of."""
    if len(laid.parcels) < 2:
        return
    by_share = sorted(((row, _shared(row, proposal)) for row in laid.parcels), key=lambda one: -one[1])
    named = by_share[:_MOST_NAMED]
    vi = ", ".join(f"{_name(row)} ({format_area(area)})" for row, area in named)
    en = ", ".join(f"{_name(row)} ({area:.1f} m²)" for row, area in named)
    yield Text(
        f"Công trình nằm trên {len(by_share)} thửa đất (thửa/tờ): {vi}. Kết quả dưới đây là của thửa "
        f"{_name(parcel)}. Nếu vẽ nhầm, hãy sửa đường bao; nếu xây trên nhiều thửa, hãy hỏi cán bộ về việc "
        "hợp "
        "thửa trước khi nộp hồ sơ.",
        f"The building stands on {len(by_share)} parcels (parcel/sheet): {en}. The lines below are of "
        f"{_name(parcel)}. Where that is a slip, mend the outline; to build on several, ask an officer about "
        "merging them before you file.",
    )


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['parcel_no']}/{row['sheet_no']}"


def _shared(row: Any, proposal: Proposal) -> float:
    lot = shapely.from_wkb(bytes(row["wkb"]))
    return float(lot.intersection(proposal.footprint.geometry).area)
