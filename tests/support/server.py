"""A web server that really runs, on a free port, for browsers and other clients."""

import socket
import threading
import time
from types import TracebackType

import uvicorn

from api.app import create_app
from api.serving import server_options
from gis_platform.database.server import Logins
from gis_platform.settings import Settings


class RunningServer:
    """Serves the application in a thread of its own between ``with`` and its end."""

    def __init__(self, settings: Settings, places: Logins) -> None:
        # Held from here on: let go and taken again, it could be another worker's meanwhile.
        self._place = socket.socket()
        self._place.bind(("127.0.0.1", 0))
        self.settings = settings.model_copy(update={"port": self._place.getsockname()[1]})
        self.url = self.settings.address
        config = uvicorn.Config(create_app(self.settings, places), **server_options(self.settings))
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=[[self._place]], daemon=True)

    def __enter__(self) -> "RunningServer":
        self._thread.start()
        deadline = time.monotonic() + 30
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=15)
