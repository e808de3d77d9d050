"""The published figures come back exactly: devices, funnel, urban order."""

import json
import re
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely

from etl.demo import facts
from etl.demo.city import City
from etl.demo.hotspots import hotspots
from etl.demo.names import MARK
from etl.demo.traffic import traffic
from etl.demo.urban_order import urban_order
from etl.demo.waters import waters
from gis_platform.clock.now import BUSINESS_ZONE
from tests.etl.demo.conftest import gathered

Row = dict[str, Any]

_CAR = re.compile(r"63[ABCDEFGHKLMNPSTUVXYZ]-\d{3}\.\d{2}")
_MOTORBIKE = re.compile(r"63-[ABCDEFGHKLMNPSTUVXYZ]\d \d{3}\.\d{2}")


@pytest.fixture(scope="module")
def cases(city: City, masts: pa.RecordBatch) -> list[Row]:
    """All traffic cases."""
    return list(traffic(city.seed, masts.filter(pc.field("smart"))).to_pylist())


def day_of(case: Row, field: str) -> date | None:
    """The local date of a moment; None where it was not reached."""
    moment = case[field]
    return None if moment is None else moment.astimezone(BUSINESS_ZONE).date()


def within(cases: list[Row], field: str, span: facts.TrafficFunnel | facts.UrbanOrder) -> list[Row]:
    """Cases whose moment lies in the period, both ends included."""
    return [case for case in cases if (day := day_of(case, field)) and span.start <= day <= span.end]


def test_traffic_funnel_of_the_period(cases: list[Row]) -> None:
    span = facts.TRAFFIC
    inside = within(cases, "occurred_at", span)
    assert len(inside) == span.detected
    for field, wanted in (
        ("notified_at", span.notified),
        ("recorded_at", span.recorded),
        ("paid_at", span.paid),
    ):
        reached = [case for case in inside if case[field] is not None]
        assert len(reached) == wanted
        assert within(reached, field, span) == reached
    amounts = [case["amount_vnd"] for case in inside if case["amount_vnd"] is not None]
    assert len(amounts) == span.paid
    assert span.amount_vnd_more_than < sum(amounts) < 2_200_000_000
    assert len(cases) - len(inside) > 200, "so that a filter by date leaves something out"


def test_each_step_follows_the_one_before(cases: list[Row]) -> None:
    for case in cases:
        steps = [case[name] for name in ("occurred_at", "notified_at", "recorded_at", "paid_at")]
        reached = [step for step in steps if step is not None]
        assert steps[: len(reached)] == reached
        assert reached == sorted(reached)
        assert (case["state"] == "paid") == (case["paid_at"] is not None) == (case["amount_vnd"] is not None)


def test_fines_and_plates_fit_the_vehicle(cases: list[Row]) -> None:
    for case in cases:
        car = case["vehicle_kind"] == "car"
        assert (_CAR if car else _MOTORBIKE).fullmatch(str(case["plate"]))
        assert not str(case["plate"]).endswith("000.00")
        if case["amount_vnd"] is not None:
            low, high = (4_000_000, 6_000_000) if car else (800_000, 1_000_000)
            assert low <= int(str(case["amount_vnd"])) <= high


def test_urban_order_of_the_period(city: City) -> None:
    span = facts.URBAN_ORDER
    every = urban_order(city).to_pylist()
    inside = within(every, "received_at", span)
    assert len(inside) == span.received == 60
    assert sum(case["office"] == "tnmt" for case in inside) == span.natural_resources
    assert sum(case["office"] == "qldt" for case in inside) == span.urban_management
    assert len(within(inside, "done_at", span)) == span.done
    assert sum(case["done_at"] is not None for case in inside) == span.done
    assert len(every) > len(inside)
    littering = {case["office"] for case in inside if case["category"] == "vứt rác bừa bãi"}
    assert littering == {"tnmt", "qldt"}
    assert all(str(case["reporter_name"]).endswith(MARK) for case in every)
    assert all(case["due_at"] - case["received_at"] > timedelta(days=4) for case in every)


def test_cameras_stand_apart_from_each_other(masts: pa.RecordBatch) -> None:
    assert masts.num_rows == facts.CAMERAS == 189
    smart = [row for row in masts.to_pylist() if row["smart"]]
    assert len(smart) == facts.SMART_CAMERAS == 48
    assert all({f["code"] for f in json.loads(row["features"])} == {"plate", "red_light"} for row in smart)
    assert len(set(masts["geom"].to_pylist())) == facts.CAMERAS


def test_hotspots_stand_on_dry_land(city: City) -> None:
    points, wet = gathered([hotspots()]), gathered([waters(city)]).shapes
    assert points.table.num_rows == facts.HOTSPOTS == 25
    assert set(points.column("session_limit_minutes")) == {20}
    assert not np.any([shapely.intersects(wet, point).any() for point in points.shapes])
