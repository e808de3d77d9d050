"""A database of a test's own, with settings that a server beside the test can be started by."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from gis_platform.access.demo_accounts import ensure_demo_accounts
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database


@contextmanager
def own_database(
    server: str, template: str, base_settings: Settings, folder: Path
) -> Iterator[tuple[Settings, Logins]]:
    """A clone of the template with the demo's accounts, dropped at the end; its data lies in ``folder``."""
    name = f"gis_{folder.name.rstrip('0123456789')}_{os.getpid()}_test"
    places = logins(base_settings, fresh_database(server, name, template))
    settings = base_settings.model_copy(
        update={"data_dir": folder / "data", "database_url": places.owner, "load_demo": False}
    )
    # The logins' passwords come from the server's key.
    secret = base_settings.data_dir / "secret.key"
    settings.data_dir.mkdir()
    (settings.data_dir / secret.name).write_bytes(secret.read_bytes())
    (settings.data_dir / secret.name).chmod(0o600)
    with psycopg.connect(places.owner) as connection:
        ensure_demo_accounts(connection, settings)
    try:
        yield settings, places
    finally:
        drop_database(server, name)
