"""A new deployment reaches whoever was here before at the next visit: no older worker stands in its way."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import install_problem_handlers
from gis_platform.city import load_city
from gis_platform.layer import installed_layers
from web_map.assets.files import MapFiles
from web_map.assets.own import PAGE_SCRIPT
from web_map.assets.shelf import Shelf
from web_map.assets.vendor import NODE_MODULES
from web_map.routes import make_router

pytestmark = pytest.mark.browser


class Host:
    """One address; what answers there can be deployed anew, or be away."""

    def __init__(self) -> None:
        self.current: ASGIApp = deployment("first")
        self._place = socket.socket()
        self._place.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._place.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(self, log_level="error", lifespan="off"))
        self.thread = threading.Thread(target=self.server.run, args=[[self._place]], daemon=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.current(scope, receive, send)


def deployment(name: str) -> FastAPI:
    """The map without a database, whose script writes the deployment's name on the page."""
    layers = installed_layers()
    files = MapFiles(layers.values(), NODE_MODULES)
    script = files.own.read(PAGE_SCRIPT) + f"\ndocument.body.dataset.deployment = '{name}';\n".encode()
    files.own = Shelf("/static", {**files.own.contents, PAGE_SCRIPT: script})
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(make_router(load_city("my_tho"), layers, files=files))
    return app


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    made.thread.start()
    while not made.server.started:
        time.sleep(0.02)
    yield made
    made.server.should_exit = True
    made.thread.join(timeout=15)


def test_a_new_deployment_is_seen_at_the_next_visit(browser: Browser, host: Host) -> None:
    context = browser.new_context(service_workers="allow")
    page = context.new_page()
    page.goto(host.url)
    body = page.locator("body")
    expect(body).to_have_attribute("data-deployment", "first")
    expect(body).to_have_attribute("data-ready", "true")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    (before,) = _shells(page.evaluate("caches.keys()"))

    host.current = deployment("second")
    page.reload()
    expect(body).to_have_attribute("data-deployment", "second")
    expect(body).to_have_attribute("data-ready", "true")
    after = [before]
    for _ in range(100):
        after = _shells(page.evaluate("caches.keys()"))
        if before not in after:
            break
        page.wait_for_timeout(100)
    assert len(after) == 1
    assert after != [before]

    context.set_offline(True)
    page.reload()
    expect(body).to_have_attribute("data-deployment", "second")
    context.close()


def _shells(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("shell-")]
