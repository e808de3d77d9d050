"""What a caller is told about itself."""

from pydantic import BaseModel, Field

from gis_platform.access.caller import Caller, CallerKind
from gis_platform.access.roles import Role


class Profile(BaseModel):
    """The caller; without an account the role is ``public`` and there is no name."""

    kind: CallerKind
    role: Role
    username: str | None
    display_name: str | None
    unit_code: str | None

    @classmethod
    def of(cls, caller: Caller) -> "Profile":
        """The profile of a caller."""
        return cls(
            kind=caller.kind,
            role=caller.role,
            username=caller.username or None,
            display_name=caller.display_name or None,
            unit_code=caller.unit_code,
        )


class KeyProfile(Profile):
    """The same for a machine key."""

    key: str = Field(description="Name of the key.")
    scopes: list[str] = Field(description="The only things it may ask for.")


def profile_of(caller: Caller) -> KeyProfile | Profile:
    """What the caller is told, with what its key may ask where it came with one."""
    told = Profile.of(caller)
    if caller.key is None:
        return told
    return KeyProfile(**told.model_dump(), key=caller.key.name, scopes=sorted(caller.key.scopes))
