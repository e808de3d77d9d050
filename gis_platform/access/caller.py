"""Who is asking: resolved once at the edge, then handed inwards as a plain value."""

from dataclasses import dataclass
from typing import Literal

from gis_platform.access.roles import Role

CallerKind = Literal["anonymous", "session", "bearer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A caller of one request.

    Attributes:
        account_id: the account; None for a caller without one.
        username: its name for signing in; empty for a caller without an account.
        display_name: the person's or program's name as shown to people.
        role: what the database will let the request see and do.
        kind: how the caller proved who it is: a browser session, a bearer token, or not at all.
        unit_code: administrative unit the account works for, where it has one.
    """

    account_id: int | None
    username: str
    display_name: str
    role: Role
    kind: CallerKind
    unit_code: str | None = None

    @classmethod
    def anonymous(cls) -> "Caller":
        """Someone who has not signed in: may do what the public may."""
        return cls(account_id=None, username="", display_name="", role=Role.PUBLIC, kind="anonymous")

    @property
    def actor(self) -> str:
        """The name the audit trail gets for it (setting ``gis.actor`` of the transaction)."""
        return self.username or "anonymous"

    @property
    def signed_in(self) -> bool:
        """True for a caller with an account."""
        return self.account_id is not None
