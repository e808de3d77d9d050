"""What the database says that no route expects, as an answer that helps."""

import json

import psycopg
import pytest
from starlette.requests import Request

from api.problems import database_response

SCOPE = {
    "type": "http",
    "method": "PATCH",
    "path": "/x",
    "raw_path": b"/x",
    "query_string": b"",
    "root_path": "",
    "scheme": "http",
    "server": ("localhost", 80),
    "headers": [],
}


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (psycopg.errors.LockNotAvailable(), 503, "is writing the same"),
        (psycopg.errors.DeadlockDetected(), 503, "is writing the same"),
        (psycopg.errors.SerializationFailure(), 503, "is writing the same"),
        (psycopg.errors.QueryCanceled(), 503, "took too long"),
        (psycopg.errors.AdminShutdown(), 503, "cannot be reached"),
        (psycopg.OperationalError(), 503, "cannot be reached"),
        (psycopg.errors.UndefinedTable(), 500, "our side"),
    ],
)
def test_the_reason_is_told(fault: psycopg.Error, status: int, says: str) -> None:
    answer = database_response(Request(SCOPE), fault)
    assert answer.status_code == status
    assert says in json.loads(bytes(answer.body))["detail"]
    assert ("retry-after" in answer.headers) is (status == 503)
