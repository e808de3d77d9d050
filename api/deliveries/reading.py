"""Deliveries as they are: the list, one of them, its changes, its faults, and the difference as tiles."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from api.deliveries.access import CLASHES, MISSING, Delivery, OpenDifference, Steward
from api.deliveries.told import AT_WORK, WAITING, Line, State, line_of
from api.dependencies import CurrentLayers, CurrentSettings, Work
from api.staff_tiles import AskedTile, tile_response, tile_responses
from etl.delivery.reading_back.changes import Difference
from etl.delivery.reading_back.register import (
    count_doubts,
    is_open,
    list_deliveries,
    looking_in,
    read_faults,
)
from gis_platform.access.scopes import require_scope
from gis_platform.audit.record import record
from gis_platform.errors import Conflict

router = APIRouter(prefix="/api/deliveries", tags=["deliveries"])

Number = Annotated[int, Query(ge=0, le=2**63 - 1, description="Number of the last one already seen.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
_GROUPS = {"waiting": WAITING, "working": AT_WORK}


@router.get("")
async def deliveries(
    work: Work,
    settings: CurrentSettings,
    layer: Annotated[str | None, Query(max_length=63, description="Of one layer.")] = None,
    status: Annotated[
        str | None,
        Query(max_length=200, description="States with commas between; waiting and working are groups."),
    ] = None,
    after: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="The last one already seen.")] = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The deliveries, the newest first."""
    asked = [name.strip() for name in status.split(",")] if status else None
    statuses = [one for name in asked for one in _GROUPS.get(name, (name,))] if asked else None
    rows = await list_deliveries(work, layer, statuses, after, limit + 1)
    lines = [Line(**line_of(row, settings.address)) for row in rows[:limit]]
    more = lines[-1].id if len(rows) > limit else None
    return {"deliveries": lines, "next_after": more}


@router.get("/{delivery}", responses=MISSING)
async def one(
    work: Work,
    caller: Steward,
    layers: CurrentLayers,
    settings: CurrentSettings,
    delivery: Delivery,
    response: Response,
) -> State:
    """One delivery: state and progress, findings, counts, what it touches, and what was decided."""
    response.headers["Cache-Control"] = "private, no-store"
    there = await is_open(work, delivery["id"]) and delivery["layer"] in layers
    extent, doubtful = None, None
    if there:
        difference = Difference(delivery["id"], layers[delivery["layer"]], caller.role)
        try:
            async with looking_in(work, delivery["id"]):
                extent = await difference.extent(work)
                doubtful = await count_doubts(work, delivery["id"])
        except Conflict:
            there = False
    told = {name: delivery[name] for name in State.model_fields if name in delivery}
    return State(
        **(told | line_of(delivery, settings.address)),
        read_as=delivery["options"],
        stopped=delivery["summary"].get("stopped"),
        difference=there,
        doubtful=doubtful,
        extent=extent,
    )


@router.get("/{delivery}/changes", responses=CLASHES)
async def changes(
    work: Work,
    caller: Steward,
    difference: OpenDifference,
    kind: Annotated[str | None, Query(max_length=40, description="One kind of change.")] = None,
    part: Annotated[str | None, Query(max_length=300, description="One part, such as 28249/12.")] = None,
    doubtful: Annotated[Literal["true", "false"] | None, Query(description="Only those, or none.")] = None,
    after: Number = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """What changes, one by one, before and after; personal data as the layer shows it, and audited."""
    require_scope(caller, "read", difference.layer.name)
    only = None if doubtful is None else doubtful == "true"
    async with looking_in(work, difference.delivery):
        rows = await difference.changes(work, after, limit + 1, kind=kind, part=part, doubtful=only)
    shown = [_boxed(row) for row in rows[:limit]]
    if difference.personal and shown:
        told = {"properties": sorted(difference.personal), "rows": len(shown)}
        subject = f"{difference.layer.name}/deliveries/{difference.delivery}"
        await record(work, "personal-data.read", subject, told)
    return {"changes": shown, "next_after": shown[-1]["change_no"] if len(rows) > limit else None}


def _boxed(row: dict[str, Any]) -> dict[str, Any]:
    box = [row.pop(side) for side in ("west", "south", "east", "north")]
    return row | {"bbox": None if None in box else box}


@router.get("/{delivery}/faults", responses=MISSING)
async def faults(
    work: Work,
    caller: Steward,
    delivery: Delivery,
    code: Annotated[str | None, Query(max_length=80, description="One rule.")] = None,
    after: Number = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """What the checks found, feature by feature, each with its place (at most 1,000 of a rule are kept)."""
    require_scope(caller, "read", delivery["layer"])
    rows = await read_faults(work, delivery["id"], code, after, limit + 1)
    return {"faults": rows[:limit], "next_after": rows[limit - 1]["number"] if len(rows) > limit else None}


@router.get(
    "/{delivery}/tiles/{z}/{x}/{y}",
    response_class=Response,
    responses=CLASHES | tile_responses("Nothing changes there."),
)
async def tile(
    work: Work,
    caller: Steward,
    difference: OpenDifference,
    place: AskedTile,
) -> Response:
    """What changes, as a vector tile in web mercator: layers ``before`` and ``after``, by kind and doubt."""
    require_scope(caller, "read", difference.layer.name)
    async with looking_in(work, difference.delivery):
        made = await difference.tile(work, place.z, place.x, place.y)
    return tile_response(made)
