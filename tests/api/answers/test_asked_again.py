"""A kept answer whose question means another parcel by now says so, and is not signed."""

import hashlib
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.city import load_city
from layers.planning.kept.answers import canonical
from tests.api.answers.conftest import SignIn

Connection = psycopg.Connection[Any]
LOOKUP = "/api/planning/lookup"
TODAY = load_city("my_tho").today()
#: A day that is asked about, and one between it and today.
DAY, BETWEEN = ((TODAY - timedelta(days=days)).isoformat() for days in (60, 30))

_STREET_OF_TWO_LOTS = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    VALUES ('28249', '12', '46', '2025-01-01', '2025-01-01',
            ST_Multi(ST_MakeEnvelope(567210, 1145150, 567220, 1145170, core.working_srid())));
    INSERT INTO layer.streets (name, kind, source_date, geom)
    VALUES ('30 Tháng 4', 'duong_pho', '2018-12-31', ST_Multi(ST_SetSRID(ST_MakeLine(
            ST_MakePoint(567195, 1145148), ST_MakePoint(567225, 1145148)), core.working_srid())));
    INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, state, parcel_id, unit_code,
                                     source_date, valid_from, geom)
    SELECT s.id, '[]', 8, '', 'issued', p.id, '28249', '2025-01-01', '2025-01-01',
           ST_SetSRID(ST_MakePoint(567205, 1145150), core.working_srid())
    FROM layer.streets s, layer.parcels p WHERE p.parcel_no = '45';
"""
_GIVEN_TO_THE_NEXT = """
    UPDATE layer.house_numbers SET state = 'retired', valid_from = '{0}';
    INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, state, parcel_id, unit_code,
                                     source_date, valid_from, geom)
    SELECT s.id, '[]', 8, '', 'issued', p.id, '28249', '{0}', '{0}',
           ST_SetSRID(ST_MakePoint(567215, 1145150), core.working_srid())
    FROM layer.streets s, layer.parcels p WHERE p.parcel_no = '46';
"""


@pytest.fixture
def town(ground: Connection) -> Connection:
    """A street with the house number 8 at lot 45, and lot 46 beside it."""
    ground.execute(_STREET_OF_TWO_LOTS.encode())
    return ground


def _asked(client: TestClient, **asked: str) -> dict[str, Any]:
    told = client.get(LOOKUP, params=asked)
    assert told.status_code == 200, told.text
    return dict(told.json())


def _since(client: TestClient, answer: dict[str, Any], lang: str = "vi") -> dict[str, Any]:
    told = client.get(f"/answers/{answer['id']}", params={"lang": lang})
    assert told.status_code == 200, told.text
    return dict(told.json()["since"])


def _lots(town: Connection) -> dict[str, int]:
    return {number: one for one, number in town.execute("SELECT id, parcel_no FROM layer.parcels")}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "Tra cứu lại cùng nội dung này, kết quả là thửa đất khác: 46 (12)."),
        ("en", "The same question, asked again, leads to other parcels: 46 (12)."),
    ],
)
def test_a_number_that_another_lot_was_given_is_told_and_not_signed(
    client: TestClient, town: Connection, sign_in: SignIn, lang: str, words: str
) -> None:
    answer = _asked(client, address="8 30 Tháng 4")
    assert [parcel["parcel_no"] for parcel in answer["parcels"]] == ["45"]
    assert _since(client, answer)["unchanged"] is True
    town.execute(_GIVEN_TO_THE_NEXT.format(TODAY.isoformat()).encode())
    since = _since(client, answer, lang)
    lots = _lots(town)
    assert since["unchanged"] is False
    assert [(one["kind"], one["sentence"], one["parcels"]) for one in since["changes"]] == [
        ("question_changed", words, {"before": [lots["45"]], "now": [lots["46"]]})
    ]
    told = client.post(
        f"/api/planning/answers/{answer['id']}/statement",
        json={"officer": "Nguyễn Văn Minh", "office": "UBND phường"},
        headers=sign_in(Role.PLANNER),
    )
    assert told.status_code == 409


def test_what_was_given_later_than_the_day_is_told_of_today(client: TestClient, town: Connection) -> None:
    answer = _asked(client, address="8 30 Tháng 4", as_of=DAY)
    town.execute(_GIVEN_TO_THE_NEXT.format(BETWEEN).encode())
    since = _since(client, answer)
    assert since["changes"] == []
    assert "question_changed" in [one["kind"] for one in since["today"]]


def test_a_question_that_leads_nowhere_is_told(client: TestClient, town: Connection) -> None:
    """Its lot is there still, under another number."""
    answer = _asked(client, address="8 30 Tháng 4")
    town.execute("UPDATE layer.streets SET name = 'Lê Lợi'")
    changes = _since(client, answer)["changes"]
    # No history of streets is kept: who asks by what was known then is not led there either.
    assert changes == []
    town.execute("UPDATE layer.streets SET name = '30 Tháng 4'")
    town.execute("DELETE FROM layer.house_numbers")
    changes = _since(client, answer)["changes"]
    assert [(one["kind"], one["parcels"]["now"]) for one in changes] == [("question_changed", [])]


def test_a_question_that_is_understood_no_more_is_told(client: TestClient, town: Connection) -> None:
    """Kept by an earlier reader of addresses; to whoever opens it that is no error."""
    answer = _asked(client, sheet="12", parcel="45")
    document = client.get(f"/answers/{answer['id']}/document").json()
    text = canonical({**document, "query": {"address": "?"}})
    digest = hashlib.sha256(text.encode()).hexdigest()
    town.execute(
        "INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic, understood)"
        " VALUES (%s, %s, 'vi', %s, %s, false, true)",
        [digest[:20], digest, text, [answer["parcels"][0]["id"]]],
    )
    (line,) = _since(client, {"id": digest[:20]})["changes"]
    assert line["kind"] == "question_refused"
    assert line["sentence"].startswith("Nội dung tra cứu này nay không còn hiểu được: Hãy nhập số nhà")


def test_a_place_that_has_come_to_lie_in_another_lot_is_told(client: TestClient, town: Connection) -> None:
    row = town.execute(
        "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(567209, 1145160),"
        " core.working_srid()), 4326) AS p) m"
    ).fetchone()
    assert row is not None
    answer = _asked(client, point=f"{row[0]},{row[1]}")
    assert _since(client, answer)["unchanged"] is True
    town.execute(
        "UPDATE layer.parcels SET valid_from = current_date, geom = ST_Multi(ST_MakeEnvelope("
        "CASE parcel_no WHEN '45' THEN 567200 ELSE 567207 END, 1145150,"
        " CASE parcel_no WHEN '45' THEN 567207 ELSE 567220 END, 1145170, core.working_srid()))"
    )
    kinds = [one["kind"] for one in _since(client, answer)["changes"]]
    assert "parcel_changed" in kinds
    assert "question_changed" in kinds
