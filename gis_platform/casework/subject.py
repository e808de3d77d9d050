"""What a case speaks of: a feature of a layer, in the version that was last looked at.

A layer that keeps history tells since when its current version has been recorded; a delivery that changes the
feature changes that moment. Of other layers a case notices only that the feature is gone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import sql

from gis_platform.casework.case import Case
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.declaration import Layer
from gis_platform.layer.registry import installed_layers
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Subject:
    """A feature as it is now.

    Attributes:
        there: False where it is not in force any more.
        recorded_from: since when its version has been recorded; None where the layer keeps none, or it is
            gone.
        became: the features that came of it, where it is gone.
    """

    there: bool
    recorded_from: datetime | None
    became: tuple[int, ...] = ()

    def version(self) -> str:
        """What an officer confirms: the version, or what became of it."""
        if not self.there:
            return "gone"
        return self.recorded_from.isoformat() if self.recorded_from else "current"


async def subject_now(work: UnitOfWork, layer_name: str, feature: int) -> Subject:
    """The feature as the caller sees it now.

    Raises:
        BadParameter: there is no such layer.
    """
    layer = installed_layers().get(layer_name)
    if layer is None:
        raise BadParameter(
            f"There is no layer {layer_name!r}.",
            parameter="layer",
            detail_vi=f"Không có lớp dữ liệu “{layer_name}”.",
        )
    row = await _row(work, layer, feature)
    if row is not None:
        return Subject(True, row[0])
    became = await work.value(SQL["became"], layer=layer_name, feature=feature)
    return Subject(False, None, tuple(became or ()))


async def require_subject(work: UnitOfWork, layer_name: str, feature: int) -> Subject:
    """The same for a new case.

    Raises:
        NotFound: there is no such feature now.
    """
    subject = await subject_now(work, layer_name, feature)
    if not subject.there:
        raise NotFound(
            f"There is no feature {feature} in the layer {layer_name} now.",
            parameter="feature",
            detail_vi=f"Không có đối tượng {feature} đang có hiệu lực trong lớp dữ liệu {layer_name}.",
        )
    return subject


def has_changed(case: Case, subject: Subject | None) -> bool:
    """True where the feature is not as it was when the case last looked at it."""
    if subject is None:
        return False
    return not subject.there or subject.recorded_from != case.subject_seen


def require_confirmed(case: Case, subject: Subject | None, confirmed: str | None) -> None:
    """Raises Conflict where the subject changed and the officer has not said that he saw it as it is now."""
    if subject is None or not has_changed(case, subject) or confirmed == subject.version():
        return
    gone = "" if subject.there else " It is not in force any more."
    gone_vi = "" if subject.there else " Đối tượng không còn hiệu lực."
    raise SubjectChanged(
        f"The feature that case {case.shown} speaks of has changed since it was last looked at.{gone} Look "
        "at it, "
        "then send its present version as confirm_subject_version.",
        parameter="confirm_subject_version",
        subject_version=subject.version(),
        became=list(subject.became),
        detail_vi=f"Đối tượng của hồ sơ {case.shown} đã thay đổi sau lần xem gần nhất.{gone_vi} "
        "Đề nghị xem lại và xác nhận trước khi quyết định.",
    )


class SubjectChanged(Conflict):
    """The ground under a decision is not what it was."""

    code = "subject-changed"


async def _row(work: UnitOfWork, layer: Layer, feature: int) -> tuple[Any, ...] | None:
    statement = sql.SQL(SQL["versioned" if layer.history else "plain"].text).format(
        table=sql.Identifier("layer", layer.name)
    )
    cursor = await work.raw.execute(statement, {"feature": feature})
    return await cursor.fetchone()
