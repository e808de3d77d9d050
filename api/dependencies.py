"""What routes ask for: the caller, the database, and a transaction that ends before the answer.

All of them are coroutines: FastAPI takes a plain function to a thread, which costs more than it does.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.database.pools import Database
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.registry import Registry
from gis_platform.settings import Settings


async def caller_of(request: Request) -> Caller:
    """The caller, as the middleware found it."""
    caller = request.state.caller
    if not isinstance(caller, Caller):
        raise TypeError("the caller was not resolved")
    return caller


async def database_of(request: Request) -> Database:
    """The pools of this process."""
    database: Database = request.app.state.database
    return database


async def settings_of(request: Request) -> Settings:
    """The settings the application was made with."""
    settings: Settings = request.app.state.settings
    return settings


async def city_of(request: Request) -> City:
    """The city served."""
    city: City = request.app.state.city
    return city


async def layers_of(request: Request) -> Registry:
    """The layers served."""
    layers: Registry = request.app.state.layers
    return layers


async def unit_of_work(
    caller: Annotated[Caller, Depends(caller_of)], database: Annotated[Database, Depends(database_of)]
) -> AsyncIterator[UnitOfWork]:
    """One transaction, committed before the answer is sent."""
    async with database.unit_of_work(caller) as work:
        yield work


async def question(
    caller: Annotated[Caller, Depends(caller_of)], database: Annotated[Database, Depends(database_of)]
) -> AsyncIterator[UnitOfWork]:
    """The shorter way to the database, for what is asked by named queries."""
    async with database.question(caller) as work:
        yield work


CurrentCaller = Annotated[Caller, Depends(caller_of)]
CurrentDatabase = Annotated[Database, Depends(database_of)]
CurrentSettings = Annotated[Settings, Depends(settings_of)]
CurrentCity = Annotated[City, Depends(city_of)]
CurrentLayers = Annotated[Registry, Depends(layers_of)]
# scope="function": with the default scope the commit would come after the answer.
Work = Annotated[UnitOfWork, Depends(unit_of_work, scope="function")]
Asking = Annotated[UnitOfWork, Depends(question, scope="function")]
