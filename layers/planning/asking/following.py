"""From parcels as they once were to those of the day that is asked about, and the way there step by step."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.lineage import Edge, Event, Graph, Version, Walk
from layers.planning.asking.question import MOST_PARCELS, Place, Step, Times
from layers.planning.tolerance import TOLERANCE_M2

SQL = named_queries(__file__)

# Parcels looked at on the way: of land dealt out anew over and over nobody reads the path.
_MOST_ON_THE_WAY = 400

Start = tuple[int, date]
"""A parcel and a day on which it was what was asked for."""


@dataclass(slots=True)
class Followed:
    """For each start what it has become; the steps of all of them; the versions that were met."""

    targets: dict[Start, frozenset[int]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    graph: Graph = field(default_factory=lambda: Graph((), ()))

    @property
    def ids(self) -> list[int]:
        """Every parcel that is meant."""
        return sorted(set().union(*self.targets.values()))


async def follow(work: UnitOfWork, starts: Iterable[Start], times: Times) -> Followed:
    """Where the starts lead on the day asked about.

    What ended without lineage is looked for by its ground, which a step of the kind ``overlap`` says.
    """
    followed = Followed()
    wanted = list(dict.fromkeys(starts))
    followed.graph, whole = await _gather(work, {parcel for parcel, _ in wanted}, times)
    if not whole:
        followed.notices.append(_NOT_ALL)
    walks = {start: followed.graph.walk(*start, times.as_of) for start in wanted}
    found_by_ground = await _by_ground(work, walks.values(), times, followed)
    for start, walked in walks.items():
        more = (found_by_ground[version.id, version.valid_from] for version in walked.lost)
        followed.targets[start] = frozenset(walked.targets.union(*more))
    await _complete(work, walks.values(), times, followed)
    return followed


async def _gather(work: UnitOfWork, starts: set[int], times: Times) -> tuple[Graph, bool]:
    """Everything that can be reached forward, and what else went into it; False where it is too much."""
    known_at = times.parameters()["known_at"]
    frontier, reached = set(starts), set(starts)
    edges: set[Edge] = set()
    while frontier and len(reached) <= _MOST_ON_THE_WAY:
        rows = await work.rows(SQL["edges"], ids=list(frontier), known_at=known_at)
        found = {Edge(**row) for row in rows}
        edges |= found
        frontier = {edge.successor for edge in found if edge.predecessor in reached} - reached
        reached |= frontier
    met = reached | {edge.predecessor for edge in edges}
    versions = await work.rows(SQL["versions"], ids=list(met), known_at=known_at)
    return Graph((Version(**row) for row in versions), edges), not frontier


async def _by_ground(
    work: UnitOfWork, walks: Iterable[Walk], times: Times, followed: Followed
) -> dict[tuple[int, date], set[int]]:
    found: dict[tuple[int, date], set[int]] = {}
    for version in {v for walked in walks for v in walked.lost}:
        rows = await work.rows(
            SQL["overlapping"],
            parcel=version.id,
            valid_from=version.valid_from,
            tolerance=TOLERANCE_M2,
            most=MOST_PARCELS,
            **times.parameters(),
        )
        found[version.id, version.valid_from] = {row["id"] for row in rows}
        if not rows:
            continue
        known_at = times.parameters()["known_at"]
        today = await work.rows(SQL["versions"], ids=[row["id"] for row in rows], known_at=known_at)
        held = {v.id: v for v in (Version(**row) for row in today) if v.holds_on(times.as_of)}
        for lying in held.values():
            followed.graph.versions.setdefault(lying.id, [lying])
        places = [held[row["id"]].place(min(1.0, row["share"])) for row in rows if row["id"] in held]
        followed.steps.append(_overlap_step(version, places, times))
        followed.notices.append(_overlap_notice(version, places))
    return found


async def _complete(work: UnitOfWork, walks: Iterable[Walk], times: Times, followed: Followed) -> None:
    """The steps of the walks in order of time, each told once, and what the units have become since."""
    events = list(dict.fromkeys(event for walked in walks for event in walked.events))
    named = await _deliveries(work, {event.delivery_id for event in events if event.delivery_id})
    followed.steps += [_step(event, named) for event in events]
    followed.steps += await unit_steps(work, followed.ids, followed.graph, times)
    followed.steps.sort(key=lambda step: (step.on or date.min, step.origin.sheet, step.origin.parcel))


async def _deliveries(work: UnitOfWork, ids: set[int]) -> dict[int, Text]:
    rows = await work.rows(SQL["deliveries"], ids=list(ids)) if ids else []
    return {
        row["id"]: Text(
            f"Dữ liệu địa chính giao nộp lần {row['id']} ({row['source']}, số liệu ngày "
            f"{row['source_date']:%d/%m/%Y})",
            f"Cadastral delivery {row['id']} ({row['source']}, data of {row['source_date']})",
        )
        for row in rows
    }


def _step(event: Event, named: dict[int, Text]) -> Step:
    basis = named.get(event.delivery_id or 0, _BY_HAND)
    origin = event.before.place()
    return Step(event.kind, event.on, origin, event.after, basis, event.delivery_id, event.also_from)


async def unit_steps(work: UnitOfWork, ids: list[int], graph: Graph, times: Times) -> list[Step]:
    """How the units under which the parcels are filed were merged, up to the day asked about."""
    held = {i: next((v for v in graph.versions[i] if v.holds_on(times.as_of)), None) for i in ids}
    filed = [v for v in held.values() if v is not None and v.generation is not None]
    if not filed:
        return []
    rows = await work.rows(
        SQL["unit_changes"],
        ids=[version.id for version in filed],
        codes=[version.unit_code for version in filed],
        generations=[version.generation for version in filed],
        **times.parameters(),
    )
    steps = []
    for row in rows:
        version = held[row["id"]]
        if version is not None:
            origin = Place(row["before"], version.sheet, version.parcel, version.id)
            target = Place(row["full_name"], version.sheet, version.parcel, version.id)
            basis = _unit_basis(row["full_name"], row["note"])
            steps.append(Step("unit_merged", row["on"], origin, (target,), basis))
    return steps


def _unit_basis(unit: str, note: str | None) -> Text:
    more = f" ({note})" if note else ""
    return Text(
        f"Danh mục đơn vị hành chính: {unit}{more}", f"Register of administrative units: {unit}{more}"
    )


def _overlap_step(version: Version, places: list[Place], times: Times) -> Step:
    on = version.valid_to if times.as_of is None or version.valid_from <= times.as_of else None
    return Step("overlap", on, version.place(), tuple(places), _OVERLAP_BASIS)


def _overlap_notice(version: Version, places: list[Place]) -> Text:
    vi = "; ".join(f"tờ {p.sheet} thửa {p.parcel} ({_percent(p).replace('.', ',')}%)" for p in places[:10])
    en = "; ".join(f"sheet {p.sheet} parcel {p.parcel} ({_percent(p)} %)" for p in places[:10])
    return Text(
        f"Không có hồ sơ biến động nối thửa {version.parcel}, tờ {version.sheet} với ngày tra cứu; các "
        "thửa sau "
        f"được tìm theo vị trí, kèm phần diện tích của thửa đã nêu: {vi}.",
        f"No record joins parcel {version.parcel} on sheet {version.sheet} to the day asked about; these "
        "parcels "
        f"were found by their ground, with their share of it: {en}.",
    )


def _percent(place: Place) -> str:
    return f"{100 * (place.share or 0):.1f}"


_BY_HAND = Text("Chỉnh sửa của cán bộ dữ liệu", "Corrected by a data steward")
_OVERLAP_BASIS = Text(
    "So sánh vị trí thửa đất giữa hai thời điểm; không phải hồ sơ biến động",
    "The ground of both days compared; not a record of what happened",
)
_NOT_ALL = Text(
    f"Thửa đất đã biến động qua hơn {_MOST_ON_THE_WAY} thửa khác; kết quả chưa đầy đủ. "
    "Hãy tra theo vị trí trên bản đồ.",
    f"The parcel has gone through more than {_MOST_ON_THE_WAY} others; the result is not complete. "
    "Ask by a place on the map.",
)
