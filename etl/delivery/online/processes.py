"""A process of its own beside the server, with the rights of the database's owner, which no request has."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from gis_platform.cluster import home
from gis_platform.database.server import database_server
from gis_platform.settings import Settings

#: Names a file with the owner's address: server processes answer requests and are not told it themselves.
OWNER_FILE = "GIS_OWNER_DSN_FILE"

_SECRETS = {"secret_key", "oidc_issuer", "oidc_client_id", "oidc_client_secret"}
_LOOK_S = 0.1
#: Those that go on after the server has ended its wait for them.
_left: list[subprocess.Popen[bytes]] = []


def settings_beside(settings: Settings, owner: str) -> Settings:
    """The settings for such a process: with the owner's address where the data folder does not lead to it."""
    if not owner or settings.database_url is not None or home.find(settings.data_dir) is not None:
        return settings
    return settings.model_copy(update={"database_url": owner})


@contextmanager
def owner_of(settings: Settings) -> Iterator[str]:
    """Within such a process: the connection string of the owner of the server's database."""
    told = os.environ.get(OWNER_FILE)
    if told:
        yield Path(told).read_text(encoding="utf-8")
        return
    with database_server(settings) as logins:
        yield logins.owner


async def run_beside(settings: Settings, module: str, delivery: int) -> tuple[int, bytes, str]:
    """``python -m module delivery``, settings on its standard input: how it ended, and what it said.

    The server's own end does not end it: it talks to files and is in a session of its own.
    """
    with TemporaryFile() as given, TemporaryFile() as told, TemporaryFile() as said:
        given.write(settings.model_dump_json(exclude=_SECRETS).encode())
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603  # our own program, and a number
            [sys.executable, "-m", module, str(delivery)],
            stdin=given,
            stdout=told,
            stderr=said,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                await asyncio.sleep(_LOOK_S)
        except asyncio.CancelledError:
            _left.append(process)
            raise
        told.seek(0)
        said.seek(0)
        return process.returncode, told.read(), said.read().decode(errors="replace")
