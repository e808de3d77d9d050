"""From one place so many filings a minute: who has not signed in fills no ward's list."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.citizen import Citizen
from tests.support.office import Office
from tests.support.problems import problem


@pytest.fixture
def bounded(settings: Settings, database: Logins) -> Iterator[Citizen]:
    """A server that lets one filing a minute through, two at once."""
    few = settings.model_copy(update={"answers_per_minute": 1, "run_jobs": False})
    with TestClient(create_app(few, database), raise_server_exceptions=False) as opened:
        yield Citizen(Office(opened, database))


def test_filings_are_bounded_by_place_and_the_refused_one_leaves_nothing(bounded: Citizen) -> None:
    answers = [bounded.post(bounded.filing()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
    told = problem(answers[2], 429)
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "đã điền vẫn còn" in told["detail"]
    assert "filled in is still there" in problem(bounded.post(bounded.filing(), lang="en"), 429)["detail"]
    assert len(bounded.case(answers[0].json())["alike"]) == 1


def test_a_form_with_a_fault_is_not_counted(bounded: Citizen) -> None:
    for _ in range(5):
        problem(bounded.post(bounded.filing(feature=None)), 400, "feature")
    assert bounded.post(bounded.filing()).status_code == 201


def test_papers_are_bounded_too(bounded: Citizen) -> None:
    filed = bounded.file()
    answers = [bounded.add(filed, content=b"%PDF-1.7\n%%EOF\n" + b"%d" % n).status_code for n in range(4)]
    assert answers == [201, 201, 429, 429]
