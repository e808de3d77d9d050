"""What is told of a kept answer years later: of its own day by what is known now, and apart what is today."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.city import load_city
from layers.planning.kept.answers import canonical
from layers.zoning import LAYER as ZONING
from tests.api.answers.test_kept_answers import _NEW_ROAD, _SPLIT, _STREET, _opened

Connection = psycopg.Connection[Any]
LOOKUP = "/api/planning/lookup"
TODAY = load_city("my_tho").today()
#: The day that is asked about, and one between it and today.
DAY, BETWEEN = ((TODAY - timedelta(days=days)).isoformat() for days in (60, 30))
_ROAD_OF_LATER = _NEW_ROAD.replace(
    "'2026-01-01',\n            ST_Multi", f"'{BETWEEN}',\n            ST_Multi"
)


@pytest.fixture
def still(ground: Connection) -> Connection:
    """The ground, without rules: which of them hold changes with the day on which this is run."""
    ground.execute("UPDATE core.rule SET recorded_to = now()")
    _cover(ground)
    return ground


@pytest.fixture
def asked_of_a_day(client: TestClient, still: Connection) -> dict[str, Any]:  # noqa: ARG001  (it must lie there)
    """The kept answer for a day that has gone by."""
    told = client.get(LOOKUP, params={"sheet": "12", "parcel": "45", "as_of": DAY})
    assert told.status_code == 200, told.text
    return dict(told.json())


def _cover(ground: Connection) -> None:
    """What plans cover is kept by deliveries; zones put in by hand leave it behind."""
    ground.execute(ZONING.sql["after_delivery"].text.encode())


def _since(client: TestClient, answer: dict[str, Any], **asked: str) -> dict[str, Any]:
    return dict(_opened(client, answer, **asked)["since"])


def _kinds(changes: list[dict[str, Any]]) -> list[str]:
    return [change["kind"] for change in changes]


def test_what_came_later_is_told_apart_and_not_of_its_day(
    client: TestClient, asked_of_a_day: dict[str, Any], still: Connection
) -> None:
    assert _ROAD_OF_LATER != _NEW_ROAD
    still.execute(_ROAD_OF_LATER.encode())
    _cover(still)
    since = _since(client, asked_of_a_day)
    assert (since["as_of"], since["checked_on"]) == (DAY, TODAY.isoformat())
    assert since["changes"] == []
    assert _kinds(since["today"]) == ["affected_new", "verdict_changed"]
    assert since["unchanged"] is False


def test_what_is_known_otherwise_of_its_day_is_told_of_its_day(
    client: TestClient, asked_of_a_day: dict[str, Any], still: Connection
) -> None:
    """A plan in force on that day is delivered afterwards: the answer was given without it."""
    still.execute(_NEW_ROAD.encode())
    _cover(still)
    since = _since(client, asked_of_a_day)
    assert _kinds(since["changes"]) == ["affected_new", "verdict_changed"]
    assert since["today"] == []


def test_an_answer_of_what_was_known_is_held_against_what_is_known_now(
    client: TestClient, still: Connection
) -> None:
    """Known then against known now: that is what it is opened for."""
    row = still.execute("SELECT now()").fetchone()
    assert row is not None
    asked = {"sheet": "12", "parcel": "45", "as_of": DAY, "known_at": row[0].isoformat()}
    still.execute(_NEW_ROAD.encode())
    answer = client.get(LOOKUP, params=asked).json()
    assert _kinds(_since(client, answer)["changes"]) == ["affected_new", "verdict_changed"]


def test_of_a_day_gone_by_that_nothing_became_of_nothing_is_told(
    client: TestClient, asked_of_a_day: dict[str, Any]
) -> None:
    since = _since(client, asked_of_a_day)
    assert (since["unchanged"], since["changes"], since["today"]) == (True, [], [])


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "Quy định “Hệ số sử dụng đất tối đa của nhà ở riêng lẻ” không còn được áp dụng."),
        ("en", "The rule “Greatest floor area ratio of individual houses” is no longer applied."),
    ],
)
@pytest.mark.parametrize("kept_in", ["vi", "en"])
def test_a_rule_is_named_by_its_title_in_the_readers_language(
    client: TestClient, ground: Connection, kept_in: str, lang: str, sentence: str
) -> None:
    """Whatever language the answer was kept in; a code is no name."""
    answer = client.get(LOOKUP, params={"sheet": "12", "parcel": "45", "lang": kept_in}).json()
    ground.execute("UPDATE core.rule SET recorded_to = now() WHERE code = 'building.far.house'")
    changes = _since(client, answer, lang=lang)["changes"]
    assert [one["sentence"] for one in changes if one["kind"] == "rule_ended"] == [sentence]


def test_what_was_told_as_taken_is_no_news_as_a_hit(client: TestClient, ground: Connection) -> None:
    """Answers kept before planned widths were hits had them in `building` alone, and were not affected."""
    ground.execute("UPDATE layer.zoning SET plan_themes = '{land_function,road_reserve}'")
    _cover(ground)
    ground.execute(_STREET.encode())
    answer = client.get(LOOKUP, params={"sheet": "12", "parcel": "45"}).json()
    [hit] = [one for one in answer["affected"] if one["layer"] == "streets"]
    assert hit["area_m2"] == answer["building"][0]["taken_m2"] > 0
    row = ground.execute("SELECT document FROM planning.answer WHERE id = %s", [answer["id"]]).fetchone()
    assert row is not None
    then = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    then["affected"] = [one for one in then["affected"] if one["layer"] != "streets"]
    spared = {name: hit[name] for name in ("parcel_id", "theme", "theme_title")}
    then["not_affected"].append(spared | {"layer": "zoning", "checked_against": ["Quy hoạch chung"]})
    text = canonical(then)
    digest = hashlib.sha256(text.encode()).hexdigest()
    ground.execute(
        "INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic) "
        "VALUES (%s, %s, 'vi', %s, %s, false)",
        [digest[:20], digest, text, [hit["parcel_id"]]],
    )
    assert _since(client, {"id": digest[:20]})["unchanged"]
    # What takes more than it did then is news.
    ground.execute("UPDATE layer.streets SET planned_width_m = 14")
    assert "affected_new" in _kinds(_since(client, {"id": digest[:20]})["today"]) + _kinds(
        _since(client, {"id": digest[:20]})["changes"]
    )


def _drawn(ground: Connection) -> dict[str, Any]:
    row = ground.execute(
        """SELECT ST_AsGeoJSON(ST_Transform(ST_MakeEnvelope(567200, 1145150, 567210, 1145170,
                  core.working_srid()), 4326), 9)::json"""
    ).fetchone()
    assert row is not None
    return {"area": row[0]}


CORNERS = {"corners": "1 1145150 567200\n2 1145150 567210\n3 1145170 567210\n4 1145170 567200"}


@pytest.mark.parametrize("way", ["area", "corners"])
def test_drawn_ground_is_compared(client: TestClient, ground: Connection, way: str) -> None:
    asked = _drawn(ground) if way == "area" else CORNERS
    answer = client.post(LOOKUP, json=asked).json()
    assert answer["ground"]["parcels"]
    assert _since(client, answer)["unchanged"]
    ground.execute(_SPLIT.encode())
    ground.execute("DELETE FROM layer.parcels WHERE parcel_no = '45'")
    changes = _since(client, answer, lang="en")["changes"]
    assert _kinds(changes) == ["parcel_ended", "parcel_new", "parcel_new"]
    assert changes[1]["sentence"] == "Parcel 91 (12) lies on the ground given now, with 100.0 m²."


def test_what_a_parcel_shares_with_the_drawing_is_compared(client: TestClient, ground: Connection) -> None:
    answer = client.post(LOOKUP, json=_drawn(ground)).json()
    ground.execute("UPDATE layer.parcels SET geom = ST_Translate(geom, 1, 0)")
    changes = _since(client, answer)["changes"]
    assert _kinds(changes) == ["parcel_changed", "ground_changed"]
    assert changes[1]["sentence"] == (
        "Phần của thửa 45 (12) trong khu vực đã cho thay đổi từ 200,0 m² thành 180,0 m²."
    )


def test_ground_on_which_nothing_is_left_is_told(client: TestClient, ground: Connection) -> None:
    answer = client.post(LOOKUP, json=_drawn(ground)).json()
    ground.execute("DELETE FROM layer.parcels")
    assert _kinds(_since(client, answer)["changes"]) == ["parcel_ended"]
