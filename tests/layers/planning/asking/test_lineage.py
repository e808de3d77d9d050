"""Walks over lineage: whatever happened, every path ends on the day asked about, and ground is not lost."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from layers.planning.asking.lineage import Edge, Graph, Version

BEGAN = date(2018, 1, 1)


def _version(parcel: int, number: str, first: int, last: int | None, area: float = 100.0) -> Version:
    def day(number: int) -> date:
        return BEGAN + timedelta(days=number)

    return Version(
        parcel, "1", None, None, "1", number, day(first), None if last is None else day(last), area, None
    )


def _edge(old: int, new: int, kind: str, day: int, area: float = 50.0) -> Edge:
    return Edge(old, new, kind, BEGAN + timedelta(days=day), day, area)


def test_a_parcel_that_stays_is_where_it_was() -> None:
    walked = Graph([_version(1, "5", 0, None)], []).walk(1, BEGAN, None)
    assert (walked.targets, walked.events, walked.lost) == ({1}, [], [])


def test_less_than_the_tolerance_is_not_followed() -> None:
    graph = Graph(
        [_version(1, "5", 0, 10), _version(2, "6", 10, None), _version(3, "7", 10, None)],
        [_edge(1, 2, "split", 10, 99.7), _edge(1, 3, "split", 10, 0.3)],
    )
    assert graph.walk(1, BEGAN, None).targets == {2}


def test_an_exchange_of_numbers_keeps_each_at_its_ground() -> None:
    graph = Graph(
        [
            _version(1, "5", 0, 10),
            _version(1, "6", 10, None),
            _version(2, "6", 0, 10),
            _version(2, "5", 10, None),
        ],
        [],
    )
    walked = graph.walk(1, BEGAN, None)
    assert walked.targets == {1}
    assert [(e.kind, e.before.parcel, e.after[0].parcel) for e in walked.events] == [("renumbered", "5", "6")]


def test_what_goes_round_ends() -> None:
    graph = Graph(
        [_version(1, "5", 0, 10), _version(2, "6", 0, 20), _version(1, "5", 20, None)],
        [_edge(1, 2, "merged", 10), _edge(2, 1, "reshaped", 20)],
    )
    assert graph.walk(1, BEGAN, None).targets >= {1}


def test_what_is_reached_twice_is_followed_from_the_earlier_day() -> None:
    graph = Graph(
        [
            _version(1, "1", 0, 10),
            _version(2, "2", 10, 30),
            _version(3, "3", 10, 20),
            _version(3, "4", 20, None),
            _version(4, "5", 20, None),
        ],
        [
            _edge(1, 2, "split", 10),
            _edge(1, 3, "split", 10),
            _edge(2, 3, "merged", 30),
            _edge(3, 4, "split", 20),
        ],
    )
    assert graph.walk(1, BEGAN, None).targets == {3, 4}


@given(
    st.lists(st.tuples(st.sampled_from(["split", "merge", "renumber"]), st.integers(0, 10**6)), max_size=25)
)
def test_every_walk_ends_at_parcels_of_the_day_that_hold_its_ground(done: list[tuple[str, int]]) -> None:
    """Ground is a set of cells: a split parts them, a merge joins them; lineage must know where each went."""
    cells = {1: frozenset(range(64))}
    versions = {1: [_version(1, "1", 0, None, 64.0)]}
    edges: list[Edge] = []
    held = [dict(cells)]

    def close(parcel: int, day: int) -> None:
        last = versions[parcel].pop()
        first = (last.valid_from - BEGAN).days
        versions[parcel].append(_version(parcel, last.parcel, first, day, last.area_m2))

    for day, (kind, draw) in enumerate(done, start=1):
        now = sorted(cells)
        one = now[draw % len(now)]
        new = max(versions) + 1
        if kind == "split" and len(cells[one]) > 1:
            ground = sorted(cells[one])
            close(one, day)
            cells[new] = frozenset(ground[: len(ground) // 2])
            cells[one] = frozenset(ground[len(ground) // 2 :])
            versions[one].append(_version(one, str(one), day, None, len(cells[one])))
            versions[new] = [_version(new, str(new), day, None, len(cells[new]))]
            edges.append(_edge(one, new, "split", day, len(cells[new])))
        elif kind == "merge" and len(now) > 1:
            other = now[(draw + 1) % len(now)]
            for gone in (one, other):
                close(gone, day)
                edges.append(_edge(gone, new, "merged", day, len(cells[gone])))
            cells[new] = cells.pop(one) | cells.pop(other)
            versions[new] = [_version(new, str(new), day, None, len(cells[new]))]
        elif kind == "renumber":
            close(one, day)
            versions[one].append(_version(one, f"{one}.{day}", day, None, len(cells[one])))
        held.append(dict(cells))

    graph = Graph([v for known in versions.values() for v in known], edges)
    for since, until in [(0, len(done)), (0, len(done) // 2), (len(done) // 2, len(done))]:
        last = BEGAN + timedelta(days=until)
        for parcel, there in held[since].items():
            walked = graph.walk(parcel, BEGAN + timedelta(days=since), last)
            meant = {other for other, ground_then in held[until].items() if ground_then & there}
            assert walked.targets >= meant
            assert walked.targets <= set(held[until])
            assert not walked.lost
            assert all(event.on <= last for event in walked.events)
