"""Headers of signed-in staff, from the demo accounts that the data folder knows."""

import json
from collections.abc import Mapping
from pathlib import Path

from starlette.testclient import TestClient

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role

Headers = dict[str, str]


def staff_headers(client: TestClient, data_dir: Path) -> Mapping[Role, Headers]:
    """For each role with a demo account a bearer token, as a program would send it; the public sends none."""
    accounts = json.loads((data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    headers: dict[Role, Headers] = {Role.PUBLIC: {}}
    for role, account in accounts.items():
        answer = client.post("/api/auth/token", data=account)
        assert answer.status_code == 200, answer.text
        headers[Role(role)] = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    return headers
