"""What is made beside the server's loop: proposals for columns, what a rollback would do."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request

from api.deliveries.access import CLASHES, Delivery, Steward
from api.dependencies import CurrentLayers, CurrentSettings
from etl.delivery.intake.keeping import deliveries_folder
from etl.delivery.online.proposing import propose_columns
from etl.delivery.online.undoing import ask_effect
from gis_platform.access.scopes import require_scope
from gis_platform.errors import Conflict

router = APIRouter(prefix="/api/deliveries", tags=["deliveries"])


@router.get("/{delivery}/proposal", responses=CLASHES)
async def proposal(
    delivery: Delivery, caller: Steward, layers: CurrentLayers, settings: CurrentSettings
) -> dict[str, Any]:
    """The file's columns with examples, and what each is likely to be."""
    require_scope(caller, "read", delivery["layer"])
    if delivery["kept_file"] is None:
        raise Conflict(
            "The file of this delivery was not kept.",
            detail_vi="Tệp của đợt giao nộp này không còn được lưu. Hãy giao nộp lại tệp.",
        )
    file = deliveries_folder(settings.data_dir) / delivery["kept_file"]
    asked = delivery["asked"]
    return await asyncio.to_thread(
        propose_columns, file, layers[delivery["layer"]], asked.get("file_layer"), asked.get("encoding")
    )


@router.get("/{delivery}/rollback", responses=CLASHES)
async def before_rollback(request: Request, delivery: Delivery, caller: Steward) -> dict[str, Any]:
    """What a rollback would do: how many features go back, and what stands on them."""
    require_scope(caller, "read", delivery["layer"])
    return await ask_effect(request.app.state.beside, delivery["id"])
