"""One account for each staff role of the demo city, with passwords that only the data folder knows."""

import json
from pathlib import Path
from typing import Any

import psycopg

from gis_platform.access.account_admin import NewAccount, account_exists, add_account, set_password
from gis_platform.access.passwords import generated_password
from gis_platform.access.roles import STAFF, Role
from gis_platform.secret import write_private
from gis_platform.settings import Settings

#: Its name in the data folder.
DEMO_ACCOUNTS_FILE = "demo-accounts.json"

_ACTOR = "demo"

#: The one who handles cases works for every ward of the demo city.
_UNITS = {Role.PERMIT: "*"}

_DISPLAY_NAMES = {
    Role.PLANNER: "Cán bộ quản lý đô thị (minh hoạ)",
    Role.PERMIT: "Cán bộ cấp phép (minh hoạ)",
    Role.ENFORCEMENT: "Cán bộ trật tự đô thị (minh hoạ)",
    Role.STEWARD: "Cán bộ dữ liệu (minh hoạ)",
    Role.OPERATOR: "Trực điều hành IOC (minh hoạ)",
    Role.AUDITOR: "Cán bộ kiểm tra (minh hoạ)",
    Role.ADMIN: "Quản trị hệ thống (minh hoạ)",
}


def ensure_demo_accounts(connection: psycopg.Connection[Any], settings: Settings) -> Path:
    """Make the demo accounts, or those that are missing, and write names and passwords down.

    Nothing changes where the file and the accounts are there; a password that the file does not know is
    replaced. Commits the connection's transaction before it writes the file: stopped between the two, the
    next call finds accounts that the file does not know, and gives them passwords again.

    Returns:
        The file: ``{"steward": {"username": ..., "password": ...}, ...}``, mode 0600.
    """
    file = settings.data_dir / DEMO_ACCOUNTS_FILE
    written = _read(file)
    accounts: dict[str, dict[str, str]] = {}
    for role in sorted(STAFF):
        username = f"demo-{role}"
        known = written.get(role.value, {})
        exists = account_exists(connection, username)
        if exists and known.get("username") == username and known.get("password"):
            accounts[role.value] = known
            continue
        password = generated_password()
        if exists:
            set_password(connection, username, password, actor=_ACTOR)
        else:
            new = NewAccount(
                username=username,
                display_name=_DISPLAY_NAMES[role],
                role=role,
                unit_code=_UNITS.get(role),
                password=password,
            )
            add_account(connection, new, actor=_ACTOR)
        accounts[role.value] = {"username": username, "password": password}
    connection.commit()
    if accounts != written:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        write_private(file, json.dumps(accounts, indent=2) + "\n")
    return file


def _read(file: Path) -> dict[str, dict[str, str]]:
    """What the file says; nothing where it is absent or not what was written."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {role: known for role, known in content.items() if isinstance(known, dict)}
