"""The clocks of a case: started, paused, resumed and stopped by moves, each due day with its working."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gis_platform.casework.case import Case
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.parts import ClockChange, Onto
from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.due import CountedDay, Due
from gis_platform.clock.pausing import Counts, Pause, counted_until, due_with_pauses
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict
from gis_platform.rules import NotLoaded, Rule, rules_on
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One clock of a case, running or stopped.

    Attributes:
        days: of the rule; None where none was loaded for the day it was started.
        rule: what the rule said of itself, or why there is none.
        due_on: None while it stands still, or where there is no rule.
        working: the days as they were counted for that.
    """

    id: int
    name: str
    counts: Counts
    days: int | None
    rule: Mapping[str, Any]
    started_on: date
    stopped_on: date | None
    due_on: date | None
    working: tuple[Mapping[str, Any], ...]
    pauses: tuple[Pause, ...]
    reasons: tuple[str, ...]

    @property
    def paused(self) -> bool:
        """True while it stands still."""
        return any(pause.until_on is None for pause in self.pauses)

    def due(self, calendar: WorkingCalendar) -> Due | None:
        """When it is due by this calendar; None while it stands still or without a rule."""
        if self.days is None or self.paused:
            return None
        return due_with_pauses(calendar, self.started_on, self.days, self.counts, self.pauses)

    def counted(self, calendar: WorkingCalendar, until: date) -> "Running":
        """The same with due day and working as the calendar has them; ``until`` ends what stands still."""
        due = self.due(calendar)
        if due is not None:
            return replace(self, due_on=due.due_on, working=_told(due.working))
        days = counted_until(calendar, self.started_on, until, self.counts, self.pauses)
        return replace(self, due_on=None, working=_told(days) if self.days is not None else ())


async def clocks_of(work: UnitOfWork, case_id: int) -> list[Running]:
    """The clocks of a case in the order they were started."""
    return [running(row) for row in await work.rows(SQL["of_case"], case_id=case_id)]


def running(row: Mapping[str, Any]) -> Running:
    """A clock from a row of the queries beside this module."""
    pauses = row["pauses"] or ()
    return Running(
        **{name: row[name] for name in ("id", "name", "days", "rule", "started_on", "stopped_on", "due_on")},
        counts=Counts(row["counts"]),
        working=tuple(row["working"]),
        pauses=tuple(
            Pause(_day(p["from_on"]), _day(p["until_on"]) if p["until_on"] else None) for p in pauses
        ),
        reasons=tuple(p["reason"] for p in pauses),
    )


async def begun_clocks(
    work: UnitOfWork,
    workflow: Workflow,
    names: Iterable[str],
    on: date,
    calendar: WorkingCalendar,
    details: Mapping[str, str],
) -> list[Running]:
    """Clocks as they start by the rules in force on that day, which is not counted itself; not kept yet.

    ``details`` are those of the case: a rule may go by them.
    """
    codes = {name: workflow.clock(name).rule_for(details) for name in names}
    book = await rules_on(work, list(codes.values()), on)
    return [_begun(name, book.look_up(code), on).counted(calendar, on) for name, code in codes.items()]


async def begun_term(work: UnitOfWork, code: str, on: date, calendar: WorkingCalendar) -> Running:
    """A term by one rule, as it starts on that day; it belongs to no clock of a workflow."""
    book = await rules_on(work, [code], on)
    return _begun("", book.look_up(code), on).counted(calendar, on)


async def keep_started(work: UnitOfWork, case_id: int, clocks: Iterable[Running]) -> None:
    """Keep clocks that have just been started."""
    for clock in clocks:
        await work.rows(
            SQL["start"],
            case_id=case_id,
            name=clock.name,
            counts=clock.counts,
            days=clock.days,
            rule=json.dumps(clock.rule, ensure_ascii=False),
            started_on=clock.started_on,
            due_on=clock.due_on,
            working=json.dumps(clock.working, ensure_ascii=False),
        )


def _begun(name: str, rule: Rule | NotLoaded, on: date) -> Running:
    if isinstance(rule, Rule):
        days, counts = int(rule.value["days"]), Counts(rule.value["counts"])
        told = {"vi": rule.told("vi"), "en": rule.told("en")}
    else:
        days, counts = None, Counts.WORKING
        told = {"vi": {"missing": rule.reason.vi}, "en": {"missing": rule.reason.en}}
    return Running(
        id=0, name=name, counts=counts, days=days, rule=told, started_on=on, stopped_on=None, due_on=None,
        working=(), pauses=(), reasons=(),
    )  # fmt: skip


async def change_clocks(
    work: UnitOfWork,
    workflow: Workflow,
    case: Case,
    changes: Iterable[ClockChange],
    on: date,
    reason: str,
    calendar: WorkingCalendar,
) -> None:
    """Do to the clocks what a move says; a clock that was never started has nothing to pause or stop.

    Raises:
        Conflict: a move would start a clock twice.
    """
    for change in changes:
        known = {clock.name: clock for clock in await clocks_of(work, case.id)}
        clock = known.get(change.clock)
        if change.onto is Onto.START:
            if clock is None:
                begun = await begun_clocks(work, workflow, [change.clock], on, calendar, case.details)
                await keep_started(work, case.id, begun)
            elif clock.stopped_on is not None:
                # It goes on where it stopped; the days between are told as a pause.
                await work.rows(SQL["pause"], clock=clock.id, on=clock.stopped_on, reason=reason or "–")
                await work.rows(SQL["resume"], clock=clock.id, on=on)
                await work.rows(SQL["run_again"], clock=clock.id)
                await _recount(work, case.id, clock.id, on, calendar)
            else:
                raise Conflict(
                    f"The clock {change.clock} runs already.",
                    parameter="move",
                    detail_vi="Thời hạn này đang được tính rồi. Hãy tải lại hồ sơ.",
                )
        elif clock is None or clock.stopped_on is not None:
            continue
        elif change.onto is Onto.STOP:
            await work.rows(SQL["stop"], clock=clock.id, on=on)
        elif change.onto is Onto.PAUSE and not clock.paused:
            await work.rows(SQL["pause"], clock=clock.id, on=on, reason=reason)
            await _recount(work, case.id, clock.id, on, calendar)
        elif change.onto is Onto.RESUME and clock.paused:
            await work.rows(SQL["resume"], clock=clock.id, on=on)
            await _recount(work, case.id, clock.id, on, calendar)


async def stop_all(work: UnitOfWork, case_id: int, on: date) -> None:
    """Stop whatever still runs: the case is at its end."""
    await work.rows(SQL["stop_all"], case_id=case_id, on=on)


async def _recount(
    work: UnitOfWork, case_id: int, clock_id: int, on: date, calendar: WorkingCalendar
) -> None:
    clock = next(clock for clock in await clocks_of(work, case_id) if clock.id == clock_id)
    await write_count(work, clock.counted(calendar, on))


async def write_count(work: UnitOfWork, clock: Running) -> None:
    """Keep a due day and its working as they were counted."""
    working = json.dumps(clock.working, ensure_ascii=False)
    await work.rows(SQL["counted"], clock=clock.id, due_on=clock.due_on, working=working)


async def earliest_due(work: UnitOfWork, case_id: int) -> date | None:
    """The first due day of its running clocks."""
    due: date | None = await work.value(SQL["earliest"], case_id=case_id)
    return due


def _told(days: Iterable[CountedDay]) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {
            "day": counted.day.isoformat(),
            "number": counted.number,
            "reason": counted.reason.value,
            **({"name": counted.name} if counted.name else {}),
            **({} if counted.confirmed else {"confirmed": False}),
        }
        for counted in days
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
