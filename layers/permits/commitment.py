"""The commitment to the neighbours' safety, which a building that stands close to another lot needs."""

from typing import Any

from gis_platform.casework import Acting, Document
from gis_platform.casework.needing import require_documents
from gis_platform.layer.text import Text
from layers.permits.check.neighbours import CLOSE_M

COMMITMENT = Document(
    name="neighbours_commitment",
    title=Text("Cam kết bảo đảm an toàn cho công trình liền kề", "Commitment for the neighbours' safety"),
)
_STEP = Text("Đề xuất cấp phép", "Propose the permit")


async def require_commitment(acting: Acting, check: dict[str, Any]) -> None:
    """Raises Conflict where the kept check has lots close to the building, and the case lacks the paper."""
    lots = [lot for line in check["lines"] if line["code"] == "neighbours" for lot in line.get("lots", ())]
    if any(lot["distance_m"] < CLOSE_M for lot in lots):
        await require_documents(acting.work, acting.case, [COMMITMENT], _STEP)
