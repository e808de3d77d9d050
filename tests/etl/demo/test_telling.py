"""The load of the demo city is told in plain words, with a share where the whole is known."""

import io
import time

import pytest

from etl.demo.telling import DemoLines
from gis_platform import progress


def test_tables_have_names_people_use_and_their_size() -> None:
    out = io.StringIO()
    with DemoLines(20_000, out) as lines:
        for table in ("admin_units", "parcels", "parcel_owners", "observations", "laying out streets"):
            lines.step(table)
            lines.rows(10, None)
    told = [line.strip().removeprefix("ok ").rsplit("  ", 1)[0] for line in out.getvalue().splitlines()]
    assert told == [
        "Demo city: wards",
        "Demo city: parcels (20,000)",
        "Demo city: holders of the parcels (20,000)",
        "Demo city: readings of the stations",
        "Demo city: laying out streets",
    ]


def test_a_share_is_shown_of_parcels_and_of_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_FIRST_PLAIN_SECONDS", 0.01)
    out = io.StringIO()
    with DemoLines(1_000, out) as lines:
        for table, done in (("parcels", 500), ("observations", 210_240)):
            lines.step(table)
            lines.rows(done, None)
            began = len(out.getvalue())
            while len(out.getvalue()) == began:
                time.sleep(0.01)
    assert "Demo city: parcels (1,000)  50%" in out.getvalue()
    assert "Demo city: readings of the stations  50%" in out.getvalue()


def test_a_load_that_fails_is_marked() -> None:
    out = io.StringIO()

    def load() -> None:
        with DemoLines(1_000, out) as lines:
            lines.step("parcels")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        load()
    assert "FAILED Demo city: parcels" in out.getvalue()
