"""What a process remembers of credentials: briefly, boundedly, and nothing that it ended itself."""

from datetime import UTC, datetime, timedelta

from gis_platform.access.caller import Caller, CallerKind
from gis_platform.access.known import Held, KnownCredentials
from gis_platform.access.roles import Role

TOKEN, OTHER, THIRD = b"1" * 32, b"2" * 32, b"3" * 32


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def held(kind: CallerKind = "bearer", lasts: float = 60) -> Held:
    caller = Caller(account_id=1, username="hoa", display_name="Hoa", role=Role.STEWARD, kind=kind)
    return Held(caller, datetime.now(UTC) + timedelta(seconds=lasts))


def test_it_is_remembered_for_five_seconds() -> None:
    clock = Seconds()
    known = KnownCredentials(clock=clock)
    known.keep(TOKEN, held())
    clock.now += 4.9
    assert known.caller(TOKEN, "bearer") is not None
    clock.now += 0.2
    assert known.caller(TOKEN, "bearer") is None


def test_being_used_does_not_make_it_last() -> None:
    clock = Seconds()
    known = KnownCredentials(clock=clock)
    known.keep(TOKEN, held())
    for _ in range(4):
        clock.now += 1.2
        assert known.caller(TOKEN, "bearer") is not None
    clock.now += 1.2
    assert known.caller(TOKEN, "bearer") is None


def test_one_that_expired_meanwhile_is_not_believed() -> None:
    known = KnownCredentials()
    known.keep(TOKEN, held(lasts=-0.001))
    assert known.caller(TOKEN, "bearer") is None


def test_one_kind_is_not_taken_for_another() -> None:
    known = KnownCredentials()
    known.keep(TOKEN, held("session"))
    assert known.caller(TOKEN, "bearer") is None
    assert known.caller(TOKEN, "session") is not None


def test_what_was_ended_is_not_brought_back_by_a_look_up_that_began_before() -> None:
    clock = Seconds()
    known = KnownCredentials(clock=clock)
    known.keep(TOKEN, held())
    known.forget(TOKEN)
    assert known.caller(TOKEN, "bearer") is None
    known.keep(TOKEN, held())
    assert known.caller(TOKEN, "bearer") is None


def test_those_used_longest_ago_go_first() -> None:
    known = KnownCredentials(most=2)
    known.keep(TOKEN, held())
    known.keep(OTHER, held())
    assert known.caller(TOKEN, "bearer") is not None
    known.keep(THIRD, held())
    assert known.caller(OTHER, "bearer") is None
    assert known.caller(TOKEN, "bearer") is not None
    assert known.caller(THIRD, "bearer") is not None
