"""Which ward a case goes to: its ground has a place, and that place a ward of today."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from gis_platform.casework import Workflow
from gis_platform.casework.subject import require_subject
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, Forbidden
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

#: Services whose applicant describes a building, which is checked before it is filed.
OF_A_BUILDING = frozenset({"building_permit"})

_NO_GROUND = Text("Chưa chọn thửa đất của hồ sơ.", "Say which feature the filing is of.")
_NO_WARD = Text(
    "Chưa xác định được phường, xã hiện nay của vị trí này nên chưa nộp trực tuyến được. Đề nghị nộp "
    "tại bộ phận một "
    "cửa của phường, xã nơi có đất.",
    "No ward of today is known for this place, so it cannot be filed on line. Please go to the one-stop "
    "desk of the "
    "ward where the land lies.",
)


#: How the ward of a feature is found, by its layer: else by its place.
_WARD_QUERIES = {"parcels": "ward_of_parcel", "building_permits": "ward_of_permit"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a filing is of. ``place``: as people call it."""

    feature: int
    unit_code: str
    unit_name: str
    place: str


async def ground_of(work: UnitOfWork, workflow: Workflow, feature: int | None, language: Language) -> Ground:
    """The ward that decides on a feature of the workflow's subject, which lies within it.

    Raises:
        BadParameter: no feature is named.
        NotFound: there is no such feature now.
        Conflict: no ward of today is known there.
    """
    if workflow.subject is None or feature is None:
        raise refusal(BadParameter, _NO_GROUND, language, parameter="feature")
    await require_subject(work, workflow.subject, feature)
    row = await _ward(work, workflow.subject, feature)
    if row is None:
        raise refusal(Conflict, _NO_WARD, language, parameter="feature")
    return Ground(feature, row["code"], row["full_name"], row["place"])


async def require_its_ward(
    work: UnitOfWork, workflow: Workflow, unit_code: str, feature: int | None, language: Language
) -> None:
    """Hold the unit that takes a case in against where its ground lies; nothing is refused where no ward of
    today is known.

    Raises:
        Forbidden: the ground lies in another ward.
    """
    if workflow.subject is None or feature is None:
        return
    row = await _ward(work, workflow.subject, feature)
    if row is None or row["code"] == unit_code:
        return
    told = Text(
        f"{row['place']}: thuộc {row['full_name']} (mã {row['code']}), không thuộc đơn vị {unit_code}. Đề "
        f"nghị hướng dẫn người nộp đến {row['full_name']}.",
        f"{row['place']}: it lies in {row['full_name']} ({row['code']}), not in unit {unit_code}. Please "
        f"send the applicant to {row['full_name']}.",
    )
    raise refusal(
        Forbidden, told, language, parameter="unit_code", unit_code=row["code"], unit_name=row["full_name"]
    )


async def _ward(work: UnitOfWork, layer: str, feature: int) -> dict[str, Any] | None:
    query = SQL[_WARD_QUERIES.get(layer, "ward")]
    statement = sql.SQL(query.text).format(table=sql.Identifier("layer", layer))
    async with work.raw.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(statement, {"feature": feature})
        return await cursor.fetchone()
