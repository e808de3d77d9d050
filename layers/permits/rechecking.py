"""Whether the check that a decision rests on would be the same today: plans and law change meanwhile."""

from collections.abc import Mapping
from typing import Any

import shapely

from gis_platform.casework import Acting
from gis_platform.errors import Conflict
from gis_platform.layer.text import Text
from layers.permits.check import Proposal, check_for
from layers.permits.check.line import overall_of
from layers.planning.asking.question import Ground
from layers.planning.asking.refusing import refusal

Row = dict[str, Any]

_PERMITS = "permits"
#: A number that the lot was given meanwhile changes nothing of the building.
_BESIDE = frozenset({"house_number"})


async def require_same_check(
    acting: Acting, submission: Row, permit: int | None, *, but_permits: bool = False
) -> None:
    """Check the building again, on the day of the move.

    ``permit`` is the one that is changed. ``but_permits``: other permits on the ground are left out, because
    the move looks at them itself and takes a reason.

    Raises:
        Conflict: outcomes, rules, plans or the days of the data are other ones than of the kept check.
    """
    details, ground = acting.case.details, shapely.from_wkb(bytes(submission["wkb"]))
    if not isinstance(ground, shapely.Polygon | shapely.MultiPolygon):
        raise AssertionError("the column holds areas")
    proposal = Proposal(
        Ground(ground, submission["srid"], "footprint"),
        submission["floors"],
        submission["height_m"],
        submission["use"],
        str(details["kind"]),
        submission["parcel_id"],
        permit=details.get("permit"),
        permit_id=permit,
    )
    now = await check_for(acting.work, proposal, acting.on, acting.language)
    if rests_on(now, but_permits) != rests_on(submission["answer"], but_permits):
        raise refusal(Conflict, _OTHERWISE, acting.language, parameter="building")


def rests_on(answer: Mapping[str, Any], but_permits: bool) -> Any:
    """What a check comes to and what it rests on, without its words and figures."""
    left_out = _BESIDE | {_PERMITS} if but_permits else _BESIDE
    lines = [line for line in answer["lines"] if line["code"] not in left_out]
    told = [
        (
            line["code"],
            line["outcome"],
            (line["rule"] or {}).get("id"),
            *((line["source"] or {}).get(name) for name in ("plan", "decision_no", "source_date")),
        )
        for line in lines
    ]
    dates = [(source["layer"], source["source_date"]) for source in answer["sources"]]
    return overall_of(line["outcome"] for line in lines), sorted(told, key=str), sorted(dates, key=str)


_OTHERWISE = Text(
    "Quy hoạch, quy định hoặc dữ liệu làm căn cứ đã thay đổi sau lần kiểm tra công trình. Hãy kiểm tra lại "
    "công trình: nộp lại công trình trong hồ sơ (hồ sơ đã trình thì trả lại để kiểm tra trước).",
    "Plans, rules or data that the check rests on have changed since. Hand in the building again (where the "
    "case was proposed, send it back first).",
)
