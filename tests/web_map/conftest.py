"""The map alone: its router over the installed layers, with no database behind it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import install_problem_handlers
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.city import City, load_city
from gis_platform.layer import Registry, installed_layers
from web_map.routes import make_router


@pytest.fixture(scope="session")
def city() -> City:
    return load_city("my_tho")


@pytest.fixture(scope="session")
def layers() -> Registry:
    return installed_layers()


class ActAs:
    """Gives every request the same caller, as the server's middleware would."""

    def __init__(self, app: ASGIApp, role: Role) -> None:
        self.app = app
        self.caller = Caller(account_id=1, username=role, display_name=role, role=role, kind="session")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            Request(scope).state.caller = self.caller
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def map_client(city: City, layers: Registry) -> Iterator[TestClient]:
    """The map as the public sees it."""
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(make_router(city, layers))
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def enforcement_client(city: City, layers: Registry) -> Iterator[TestClient]:
    """The map as an enforcement officer sees it."""
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(make_router(city, layers))
    with TestClient(ActAs(app, Role.ENFORCEMENT)) as client:
        yield client
