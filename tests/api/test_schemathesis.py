"""Every operation of the OpenAPI document, asked what it allows and what it does not, answers as it is told.

The requests are the same in every run. The city is one of its own: an administrator changes it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import httpx2
import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from pydantic import SecretStr
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import Role
from gis_platform.database.server import logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database
from tests.support.server import RunningServer

SEED = 20_261_122
EXAMPLES = 5
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
REAL = {
    "collection": ("parcels", "hotspots", "zoning", "violations", "streets"),
    "feature": ("1", "7", "400"),
    "record": ("parcels", "zoning"),
    "styleId": ("city", "parcels", "violations"),
    "tileMatrixSet": ("WebMercatorQuad",),
    "z": ("16", "10"),
    "y": ("30844", "482"),
    "x": ("52136", "814"),
}
"""What is there, for three requests of four: a name made up finds nothing."""
SIGN_OUT = "/api/auth/logout"
STAFF_ONLY = ("/api/deliveries", "/api/keys", "/api/cases", "/api/workflows", "/api/planning/drafts")
#: What needs a case or a draft that is there, of the caller's own: the demo city has none.
OF_ONES_OWN = ("/{code}", "POST /api/cases", "/{draft}")
# A piece of a file is bytes like any other.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


@pytest.fixture(scope="module")
def city(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii")
    own = base_settings.model_copy(
        update={"data_dir": tmp_path_factory.mktemp("data"), "secret_key": SecretStr(secret.strip())}
    )
    name = "gis_every_operation_test"
    places = logins(own, fresh_database(server, name, demo_template))
    with psycopg.connect(places.owner) as opened:
        ensure_demo_accounts(opened, own)
    with RunningServer(own, places) as running:
        yield running
    drop_database(server, name)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ADMIN])
def test_every_operation_answers_as_it_is_told(city: RunningServer, role: Role) -> None:
    config = SchemathesisConfig.from_dict({"base-url": city.url, "seed": SEED, "request-timeout": 60})
    headers = _headers(city, role)
    document = httpx2.get(f"{city.url}/api/openapi.json", timeout=60).json()
    schema = schemathesis.openapi.from_dict(document, config=config)
    answers: Counter[tuple[str, int]] = Counter()
    faults: set[str] = set()
    real = REAL | {"answer_id": (_kept_answer(city),)}
    for ask in _questions(schema, headers, role, real, answers, faults):
        ask()
    # What is for staff is refused to the public one and all.
    refused = OF_ONES_OWN + (STAFF_ONLY if role is Role.PUBLIC else ())
    operations = {name for name, _ in answers if not any(part in name for part in refused)}
    served = {name for name, status in answers if status < 300}
    # A run in which everybody is refused proves nothing.
    assert len(served) > len(operations) / 2, sorted(operations - served)
    assert not faults, "\n".join(sorted(faults))


def _kept_answer(city: RunningServer) -> str:
    """The id of an answer that can be opened."""
    found = httpx2.get(f"{city.url}/ogc/collections/parcels/items?limit=1&f=json", timeout=60).json()
    asked = {"id": found["features"][0]["id"]}
    return str(httpx2.post(f"{city.url}/api/planning/lookup", json=asked, timeout=60).json()["id"])


def _headers(city: RunningServer, role: Role) -> dict[str, str]:
    if role is Role.PUBLIC:
        return {}
    accounts = json.loads((city.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    answer = httpx2.post(f"{city.url}/api/auth/token", data=accounts[role], timeout=60)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def _questions(
    schema: OpenApiSchema,
    headers: dict[str, str],
    role: Role,
    real: dict[str, tuple[str, ...]],
    answers: Counter[tuple[str, int]],
    faults: set[str],
) -> Iterator[Callable[[], None]]:
    """For each operation and each kind of request a function that makes a few of them."""
    number = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if role is not Role.PUBLIC and operation.path == SIGN_OUT:
            continue
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and not (
                operation.path_parameters or operation.query or operation.body
            ):
                continue

            @seed(SEED)
            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case[Any]) -> None:
                nonlocal number
                number += 1
                for name, values in real.items():
                    if name in (case.path_parameters or {}) and number % 4:
                        case.path_parameters[name] = values[number % len(values)]
                answer = case.call(headers=headers, allow_redirects=False)
                answers[f"{case.method} {case.path}", answer.status_code] += 1
                try:
                    case.validate_response(answer, checks=CHECKS)
                except FailureGroup as failed:
                    for fault in failed.exceptions:
                        told = " ".join(str(fault).split())[:300]
                        status = HTTPStatus(answer.status_code)
                        sent = f"{answer.request.method} {str(answer.request.url)[:300]}"
                        told = f"{told} <- {sent} -> {answer.text[:200]}"
                        faults.add(f"{case.path} {status}: {told}")

            yield ask
