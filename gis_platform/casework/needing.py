"""What a move needs before it is made: words, documents, inputs, a clock that has run out."""

from collections.abc import Mapping, Sequence
from datetime import date

from gis_platform.casework.case import Case
from gis_platform.casework.clocks import Running, clocks_of
from gis_platform.casework.consulting import require_answered
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.parts import Document, Move
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def require_words(move: Move, reason: str | None, note: str | None) -> None:
    """Raises BadParameter where the move needs a reason or a note and has none."""
    for name, needed, given, words in (
        ("reason", move.reason, reason, "lý do"),
        ("note", move.note, note, "ghi chú"),
    ):
        if needed and not (given or "").strip():
            raise BadParameter(
                f"{move.title.en!r} needs a {name}.",
                parameter=name,
                detail_vi=f"Bước “{move.title.vi}” cần ghi {words}.",
            )


async def require_ready(work: UnitOfWork, workflow: Workflow, case: Case, move: Move, on: date) -> None:
    """Raises Conflict where a document or an answer is missing, a clock still runs, or the move was made
    before.
    """
    await require_documents(work, case, workflow.needs(move, case.details), move.title)
    if move.once and await made_before(work, case, move):
        raise Conflict(
            f"{move.title.en!r} was made once already; it may be made no second time.",
            parameter="move",
            detail_vi=f"Bước “{move.title.vi}” đã thực hiện một lần, không được thực hiện lần nữa.",
        )
    if move.consulted:
        await require_answered(work, case, move, on)
    if move.after is not None:
        await _require_over(work, workflow, case, move, on)


async def require_documents(work: UnitOfWork, case: Case, needed: Sequence[Document], step: Text) -> None:
    """Raises Conflict where the case lacks one of the documents that a step needs."""
    if not needed:
        return
    held = {row["kind"] for row in await work.rows(SQL["document_kinds"], case_id=case.id)}
    missing = [kind for kind in needed if kind.name not in held]
    if missing:
        vi, en = (", ".join(getattr(kind.title, lang) for kind in missing) for lang in ("vi", "en"))
        raise Conflict(
            f"The case lacks {en}, which {step.en!r} needs.",
            parameter="documents",
            document=missing[0].name,
            detail_vi=f"Hồ sơ còn thiếu: {vi}. Cần có trước khi “{step.vi}”.",
        )


async def made_before(work: UnitOfWork, case: Case, move: Move) -> bool:
    """Whether the journal of the case has the move."""
    return bool(await work.value(SQL["made"], case_id=case.id, move=move.name))


async def _require_over(work: UnitOfWork, workflow: Workflow, case: Case, move: Move, on: date) -> None:
    """A term that nobody can count is not over: without a rule, or while it stands still, nothing is decided
    by it.
    """
    clock = next((one for one in await clocks_of(work, case.id) if one.name == move.after), None)
    title = workflow.clock(str(move.after)).title
    if clock is None or clock.due_on is None:
        raise _uncounted(clock, title, move)
    if clock.due_on < on:
        return
    raise Conflict(
        f"{title.en} runs until {clock.due_on}; {move.title.en!r} is for the days after.",
        parameter="move",
        due_on=clock.due_on.isoformat(),
        detail_vi=f"“{title.vi}” còn đến hết ngày {clock.due_on:%d/%m/%Y}; từ ngày sau đó mới thực hiện được "
        f"bước “{move.title.vi}”.",
    )


def _uncounted(clock: Running | None, title: Text, move: Move) -> Conflict:
    if clock is None:
        why = Text("thời hạn này chưa bắt đầu tính", "it was never started")
    elif clock.days is None:
        why = Text("chưa nạp quy định về thời hạn này", "no rule is loaded for it")
    else:
        why = Text("thời hạn này đang tạm dừng", "it stands still")
    return Conflict(
        f"Nobody can say that {title.en} is over: {why.en}. {move.title.en!r} rests on it.",
        parameter="move",
        detail_vi=f"Chưa xác định được “{title.vi}” đã hết hay chưa ({why.vi}), nên chưa thực hiện được bước "
        f"“{move.title.vi}”.",
    )


def read_given(move: Move, given: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, without what is empty; refused where it is unknown, missing or too long."""
    known = {one.name: one for one in move.asks}
    for name in given:
        if name not in known:
            raise BadParameter(
                f"{move.title.en!r} does not ask for {name[:40]!r}.",
                parameter="given",
                detail_vi=f"Bước “{move.title.vi}” không có mục “{name[:40]}”.",
            )
    filled = {name: words.strip() for name, words in given.items() if words.strip()}
    for one in move.asks:
        if one.required and one.name not in filled:
            raise BadParameter(
                f"{move.title.en!r} needs: {one.title.en}.",
                parameter=one.name,
                detail_vi=f"Bước “{move.title.vi}” cần có: {one.title.vi}.",
            )
        if len(filled.get(one.name, "")) > one.most:
            raise BadParameter(
                f"{one.title.en}: at most {one.most} characters.",
                parameter=one.name,
                detail_vi=f"{one.title.vi}: tối đa {one.most} ký tự.",
            )
    return filled
