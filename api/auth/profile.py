"""What a caller is told about itself."""

from typing import Literal

from pydantic import BaseModel

from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role


class Profile(BaseModel):
    """The caller; without an account the role is ``public`` and there is no name."""

    kind: Literal["anonymous", "session", "bearer"]
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
