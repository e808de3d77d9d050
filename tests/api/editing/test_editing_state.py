"""Optimistic locking: a change names the state it is made to, and of two at once one wins."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.api.editing.conftest import Desk

CHANGES = pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])


@CHANGES
def test_a_change_without_a_state_is_refused(desk: Desk, method: str) -> None:
    sent = desk.sample("hotspots", 70)
    sent["properties"]["code"] = f"state-{method}"
    path, _ = desk.create("hotspots", sent)
    answer = desk.send(method, path, Role.ADMIN, sent)
    assert (answer.status_code, answer.json()["parameter"]) == (428, "If-Match")


@CHANGES
@pytest.mark.parametrize("kind", ["of-before", "weak", "made-up", "of-another-role"])
def test_a_change_to_another_state_is_refused(desk: Desk, method: str, kind: str) -> None:
    sent = desk.sample("hotspots", 71)
    sent["properties"]["code"] = f"stale-{method}-{kind}"
    path, tag = desk.create("hotspots", sent)
    now = desk.change("PATCH", path, tag, {"properties": {"ssid": "mới"}}).headers["ETag"]
    stale = {"of-before": tag, "weak": f"W/{now}", "made-up": '"4326-0"', "of-another-role": "x"}[kind]
    answer = desk.change(method, path, stale, sent)
    assert (answer.status_code, answer.json()["parameter"]) == (412, "If-Match")
    assert desk.get(path).json()["properties"]["ssid"] == "mới"
    # One of several tags is enough, and an asterisk is for any state.
    assert desk.change("PATCH", path, f'"x", {now}', {"properties": {"ssid": "a"}}).status_code == 200
    assert desk.change("PATCH", path, "*", {"properties": {"ssid": "b"}}).status_code == 200


@CHANGES
def test_what_is_not_there_is_not_found(desk: Desk, method: str) -> None:
    sent = desk.sample("hotspots", 72)
    for feature in ("987654321", "0", "abc", "1e3", "99999999999999999999"):
        assert desk.change(method, f"hotspots/items/{feature}", "*", sent).status_code == 404


_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.mark.parametrize("crs", [None, f"{_EPSG}4326", f"{_EPSG}9210", f"{_EPSG}3857", f"{_EPSG}5897"])
def test_the_tag_of_a_read_serves_in_every_system(desk: Desk, crs: str | None) -> None:
    sent = desk.sample("hotspots", 75)
    sent["properties"]["code"] = f"tag-{crs}"
    path, tag = desk.create("hotspots", sent)
    read = desk.get(path, Role.ADMIN, **({"crs": crs} if crs else {})).headers["ETag"]
    assert (read == tag) is (crs is None)
    answer = desk.change("PATCH", path, read, {"properties": {"ssid": "một"}})
    assert answer.status_code == 200, answer.text
    assert desk.change("PATCH", path, read, {"properties": {"ssid": "hai"}}).status_code == 412
    assert desk.get(path).headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("layer", ["hotspots", "parcels"])
@pytest.mark.parametrize("second", ["PATCH", "PUT", "DELETE"])
def test_of_two_writers_at_once_one_wins(desk: Desk, layer: str, second: str) -> None:
    sent = desk.sample(layer, 73)
    name = "code" if layer == "hotspots" else "identifier"
    sent["properties"][name] = f"{int(time.time_ns()) % 10**12:012d}"
    path, tag = desk.create(layer, sent)
    key = int(path.rpartition("/")[2])
    with psycopg.connect(desk.places.owner) as holder, ThreadPoolExecutor(2) as pool:
        holder.execute(f"SELECT id FROM layer.{layer} WHERE id = %s FOR UPDATE".encode(), [key])  # noqa: S608
        body = {"properties": {"source_date": "2021-01-01"}}
        first = pool.submit(desk.change, "PATCH", path, tag, body)
        other = pool.submit(
            desk.change,
            second,
            path,
            tag,
            {**sent, "properties": {**sent["properties"], "source_date": "2022-02-02"}},
        )
        _wait_for_two(desk)
        holder.rollback()
        statuses = sorted([first.result(timeout=20).status_code, other.result(timeout=20).status_code])
    # Whoever finds the feature deleted finds nothing; otherwise it finds another state.
    assert statuses[0] in (200, 204)
    assert statuses[1] in ((404, 412) if second == "DELETE" else (412,))


def _wait_for_two(desk: Desk) -> None:
    """Until both requests wait for the row: then neither has seen what the other does."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    ended = threading.Event()
    for _ in range(400):
        if desk.value(waiting) >= 2:
            return
        ended.wait(0.02)
    raise AssertionError("the two writers did not meet")


def test_a_delivery_under_way_is_waited_for_and_then_told(desk: Desk) -> None:
    sent = desk.sample("hotspots", 74)
    sent["properties"]["code"] = "busy"
    with psycopg.connect(desk.places.owner) as delivery:
        delivery.execute("LOCK TABLE layer.hotspots IN SHARE ROW EXCLUSIVE MODE")
        answer = desk.send("POST", "hotspots/items", Role.OPERATOR, sent)
        delivery.rollback()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
