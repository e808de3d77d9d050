"""What the moves of a revocation do: the permit is looked at, and taken back with its paper."""

from collections.abc import Mapping
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework import Acting
from gis_platform.errors import BadParameter, Conflict
from gis_platform.layer.text import Text
from layers.permits.register import permit_of, require_unit, take_turn, write
from layers.permits.written import read_document
from layers.planning.asking.refusing import refusal


async def propose_revocation(acting: Acting) -> Mapping[str, Any]:
    """See that there is something to revoke.

    Raises:
        BadParameter: the case speaks of no permit.
        NotFound: the permit is in the register no more.
        Forbidden: it is another unit's.
        Conflict: it is revoked already.
    """
    permit = await _permit(acting)
    return {"permit": permit["id"], "permit_no": permit["permit_no"]}


async def revoke_permit(acting: Acting) -> Mapping[str, Any]:
    """Revoke the permit by the document filled in; its paper ends with it.

    Raises:
        BadParameter, NotFound, Forbidden, Conflict: as `propose_revocation`.
    """
    document = read_document(acting.given["document"], acting.language)
    await take_turn(acting.work)
    permit = await _permit(acting)
    change = {"id": permit["id"], "state": "revoked", "source_date": acting.on, "valid_from": acting.on}
    await write(acting.work, change, None, acting.language)
    detail = {"case": acting.case.shown, "number": permit["permit_no"], "decision": document}
    await record(acting.work, "building-permit.revoked", f"building_permits/{permit['id']}", detail)
    return {"permit": permit["id"], "permit_no": permit["permit_no"], "document": document}


async def _permit(acting: Acting) -> dict[str, Any]:
    if acting.case.subject_id is None:
        raise refusal(BadParameter, _NO_PERMIT, acting.language, parameter="feature")
    permit = await permit_of(acting.work, acting.case.subject_id, acting.on, acting.language)
    require_unit(acting.work.caller, permit["unit_code"], acting.language)
    if permit["state"] == "revoked":
        raise refusal(Conflict, _REVOKED, acting.language, parameter="permit")
    return permit


_NO_PERMIT = Text(
    "Hồ sơ chưa gắn với giấy phép nào. Hãy lập hồ sơ mới từ giấy phép cần thu hồi.",
    "The case is bound to no permit. Take it in anew from the permit.",
)
_REVOKED = Text("Giấy phép đã bị thu hồi trước đó.", "The permit was revoked before.")
