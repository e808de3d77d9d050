"""So many a minute for one place, and no memory without end."""

import pytest

from gis_platform.access import place_meter
from gis_platform.access.place_meter import PlaceMeter


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_twice_as_many_for_a_short_while_then_as_many_as_agreed() -> None:
    clock = Clock()
    meter = PlaceMeter(6, clock)
    assert [meter.wait("192.0.2.1") for _ in range(13)] == [0] * 12 + [10]
    clock.seconds = 9.0
    assert meter.wait("192.0.2.1") == 1
    clock.seconds = 10.0
    assert [meter.wait("192.0.2.1") for _ in range(2)] == [0, 10]


def test_to_look_ahead_counts_nothing() -> None:
    meter = PlaceMeter(0.5, Clock())
    assert [meter.would_wait("192.0.2.1") for _ in range(5)] == [False] * 5
    assert meter.wait("192.0.2.1") == 0
    assert meter.would_wait("192.0.2.1")
    assert not meter.would_wait("192.0.2.2")
    assert not PlaceMeter(0, Clock()).would_wait("192.0.2.1")


def test_each_place_has_its_own_and_a_customer_of_ipv6_is_one() -> None:
    meter = PlaceMeter(0.5, Clock())
    assert meter.wait("192.0.2.1") == 0
    assert meter.wait("192.0.2.2") == 0
    assert meter.wait("192.0.2.1") > 0
    assert meter.wait("2001:db8::1") == 0
    assert meter.wait("2001:db8::2") > 0


def test_none_is_no_bound() -> None:
    meter = PlaceMeter(0, Clock())
    assert {meter.wait("192.0.2.1") for _ in range(1000)} == {0}


def test_only_so_many_places_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_meter, "_MOST_PLACES", 2)
    meter = PlaceMeter(0.5, Clock())
    for place in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        assert meter.wait(place) == 0
    assert meter.wait("192.0.2.3") > 0
    assert meter.wait("192.0.2.1") == 0
