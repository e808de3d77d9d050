"""Who holds a parcel: personal data, by case, and every look leaves an entry in the audit trail."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.dependencies import CurrentCaller, Work
from gis_platform.audit.record import record
from gis_platform.errors import Forbidden, NotFound, SignInNeeded
from gis_platform.layer.freshness import read_freshness
from layers.parcels import LAYER, OWNERS_AUDIENCE, holders_of

router = APIRouter(prefix="/api/parcels", tags=["parcels"])


@router.get("/{parcel}/owners")
async def owners(
    work: Work,
    caller: CurrentCaller,
    parcel: Annotated[int, Path(ge=1, le=2**63 - 1, description="Id of the parcel.")],
    reason: Annotated[str, Query(min_length=5, max_length=200, description="The case it is needed for.")],
) -> dict[str, Any]:
    """The holders of a parcel, for the roles whose cases need them (Law 91/2025/QH15)."""
    if caller.kind == "anonymous":
        raise SignInNeeded("Holders of a parcel are personal data. Sign in with a role that needs them.")
    if caller.role not in OWNERS_AUDIENCE:
        raise Forbidden(f"Holders of a parcel are not open to the role {caller.role}.")
    holders = await holders_of(work, parcel)
    if holders is None:
        raise NotFound(f"There is no parcel {parcel}.", parameter="parcel")
    known = await read_freshness(work.raw, LAYER)
    await record(
        work, "personal-data.read", f"parcels/{parcel}/owners", {"reason": reason, "rows": len(holders)}
    )
    return {"parcel": parcel, "synthetic": known.synthetic, "owners": holders}
