"""Who may work with deliveries: stewards and administrators, and keys of theirs that say so."""

from typing import Annotated, Any

from fastapi import Depends, Path

from api.dependencies import CurrentCaller, CurrentLayers, Work
from etl.delivery.reading_back.changes import Difference
from etl.delivery.reading_back.register import Row, is_open, read_delivery
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Conflict, Forbidden, NotFound, SignInNeeded

ROLES = frozenset({Role.STEWARD, Role.ADMIN})
UPLOADERS = ROLES | {Role.PLANNER}
# In OpenAPI `complete` adds what every operation may answer.
MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "No such delivery."}}
CLASHES: dict[int | str, dict[str, Any]] = MISSING | {409: {"description": "Its state does not allow it."}}

DeliveryId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the delivery.")]


def steward(caller: CurrentCaller) -> Caller:
    """The caller, who works with deliveries.

    Raises:
        SignInNeeded: nobody is signed in.
        Forbidden: somebody of another role is.
    """
    if caller.kind == "anonymous":
        raise SignInNeeded("Deliveries are the work of data stewards. Sign in as one.")
    if caller.role not in ROLES:
        raise Forbidden(f"Deliveries are not open to the role {caller.role}.")
    return caller


Steward = Annotated[Caller, Depends(steward)]


def uploader(caller: CurrentCaller) -> Caller:
    """The caller, who may send files: those who deliver them, and planners, whose drafts come in likewise.

    Raises as `steward` does.
    """
    if not caller.signed_in:
        raise SignInNeeded("Files are uploaded by data stewards and planners. Sign in as one.")
    if caller.role not in UPLOADERS:
        raise Forbidden(f"Uploads are not open to the role {caller.role}.")
    return caller


Uploader = Annotated[Caller, Depends(uploader)]


async def known_delivery(work: Work, delivery: DeliveryId) -> Row:
    """The row of the delivery in the address."""
    row = await read_delivery(work, delivery)
    if row is None:
        raise NotFound(f"There is no delivery {delivery}.", parameter="delivery")
    return row


Delivery = Annotated[Row, Depends(known_delivery)]


async def open_difference(
    work: Work, caller: Steward, layers: CurrentLayers, delivery: Delivery
) -> Difference:
    """The difference of the delivery in the address.

    Raises:
        Conflict: it is not made yet, or no more there: it is kept until the delivery is over.
    """
    if not await is_open(work, delivery["id"]):
        raise Conflict(
            f"Delivery {delivery['id']} is {delivery['status']}: its difference is not there. It is kept "
            "from the end of the preparation until the delivery is over.",
            detail_vi="Không có phần so sánh của bản giao nộp này: chưa chuẩn bị xong hoặc đã kết thúc.",
        )
    return Difference(delivery["id"], layers[delivery["layer"]], caller.role)


OpenDifference = Annotated[Difference, Depends(open_difference)]
