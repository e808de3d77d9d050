"""A server stops at whatever moment it is told to, also while it is still setting up."""

import asyncio

import pytest

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings

_ROUNDS = 8


@pytest.mark.parametrize("after", [0, 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2])
def test_a_server_told_to_stop_stops(database: Logins, settings: Settings, after: float) -> None:
    async def start_and_stop() -> None:
        for _ in range(_ROUNDS):
            app = create_app(settings, database)
            lifespan = app.router.lifespan_context(app)
            await lifespan.__aenter__()
            await asyncio.sleep(after)
            stopping = asyncio.ensure_future(lifespan.__aexit__(None, None, None))
            _, waiting = await asyncio.wait([stopping], timeout=60)
            assert not waiting, "what runs beside the requests did not stop"

    asyncio.run(start_and_stop())
