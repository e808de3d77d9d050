"""The keys of other agencies' systems, for administrators."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentLayers
from gis_platform.access.key_admin import ListedKey, NewKey, add_key, list_keys, revoke_key
from gis_platform.access.roles import Role
from gis_platform.errors import Forbidden, SignInNeeded


async def only_administrators(caller: CurrentCaller) -> None:
    """Raises SignInNeeded or Forbidden for everybody else."""
    if not caller.signed_in:
        raise SignInNeeded("Keys are an administrator's business. Sign in as one.")
    if caller.role is not Role.ADMIN:
        raise Forbidden(f"Keys are an administrator's business, not open to the role {caller.role}.")


router = APIRouter(prefix="/api/keys", dependencies=[Depends(only_administrators)])


class WantedKey(BaseModel):
    """The key to make."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=64, description="What the audit trail calls it.")
    account: str = Field(max_length=100, description="The account whose role it has.")
    scopes: list[str] = Field(max_length=50, description="read:NAME, read:*, write:NAME, api:NAME, api.")
    quota_per_day: int = 10_000
    rate_per_second: float = 20.0
    expires: date = Field(description="The last day on which it works, in the city's time.")
    note: str = Field("", max_length=500)


class MadeKey(BaseModel):
    """A new key; its token is shown here and never again."""

    name: str
    token: str
    expires: date


@router.get("")
async def keys(database: CurrentDatabase, city: CurrentCity) -> list[ListedKey]:
    """All keys and what each asked today; never their tokens."""
    async with database.app_connection() as connection:
        return await list_keys(connection, timezone=city.timezone)


@router.post("", status_code=201)
async def make(
    body: WantedKey,
    response: Response,
    caller: CurrentCaller,
    database: CurrentDatabase,
    city: CurrentCity,
    layers: CurrentLayers,
) -> MadeKey:
    """Make a key; its token is in the answer and nowhere else."""
    wanted: dict[str, Any] = {**body.model_dump(), "scopes": tuple(body.scopes)}
    async with database.app_connection() as connection:
        token = await add_key(
            connection, NewKey(**wanted), timezone=city.timezone, known=layers, actor=caller.actor
        )
    response.headers["Cache-Control"] = "no-store"
    return MadeKey(name=body.name, token=token, expires=body.expires)


@router.delete("/{name}", status_code=204)
async def revoke(
    name: Annotated[str, Path(max_length=64, description="Name of the key.")],
    request: Request,
    caller: CurrentCaller,
    database: CurrentDatabase,
) -> None:
    """End a key: here at once, in other server processes within five seconds."""
    async with database.app_connection() as connection:
        ended = await revoke_key(connection, name, actor=caller.actor)
    request.app.state.credentials.forget(ended)
