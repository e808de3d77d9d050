"""Officers who do the same at the same moment, each over a connection of his own: one wins, the others are
told.
"""

from functools import partial
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.office import GIVEN, PDF, Office, all_at_once

_OFFICERS = 20


@pytest.fixture
def crowded(database: Logins, settings: Settings) -> object:
    """An office whose server has a connection for each of twenty officers."""
    roomy = settings.model_copy(update={"pool_size": _OFFICERS, "run_jobs": False})
    with TestClient(create_app(roomy, database), raise_server_exceptions=False) as opened:
        yield Office(opened, database)


def test_twenty_decide_at_once_and_one_wins(crowded: Office) -> None:
    case = crowded.proposed()
    ways: list[tuple[str, dict[str, Any]]] = [
        ("issue", {"given": GIVEN}),
        ("refuse", {"reason": "Chưa đủ điều kiện"}),
    ]
    calls = [
        partial(crowded.move, case, ways[place % 2][0], **ways[place % 2][1]) for place in range(_OFFICERS)
    ]
    answers = all_at_once(calls)
    won = [answer for answer in answers if answer.status_code == 200]
    told = [answer.json() for answer in answers if answer.status_code == 409]
    assert (len(won), len(told)) == (1, _OFFICERS - 1), {a.status_code for a in answers}
    after = won[0].json()
    assert after["state"]["ends"] is True
    for refusal in told:
        assert (refusal["parameter"], refusal["changed_by"]) == ("version", "an")
        assert refusal["changed_at"].startswith("20")
        assert refusal["version"] == after["version"]
    with psycopg.connect(crowded.places.owner) as owner:
        moved = owner.execute(
            "SELECT detail ->> 'to' FROM casework.journal WHERE action = 'case.moved' ORDER BY seq"
        ).fetchall()
    assert [state for (state,) in moved] == ["checking", "proposed", after["state"]["name"]]


def test_bulk_moves_in_other_orders_wait_for_each_other_and_do_not_lock(crowded: Office) -> None:
    cases = [crowded.open(feature=parcel) for parcel in crowded.parcels]
    listed = [{"code": case["code"], "version": case["version"]} for case in cases]
    bodies = [{"move": "take_up", "cases": order} for order in (listed, listed[::-1]) * 4]
    answers = all_at_once([partial(crowded.post, "/api/cases/moves", body) for body in bodies])
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["done"] for answer in answers) == [0] * 7 + [3]


def test_documents_added_at_once_are_all_kept(crowded: Office) -> None:
    case = crowded.open()
    answers = all_at_once(
        [partial(crowded.add, case, "site_photo", PDF + b"%d" % place) for place in range(6)]
    )
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len(crowded.read(case)["documents"]) == 6
