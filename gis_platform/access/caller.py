"""Who is asking: resolved once at the edge, then handed inwards as a plain value."""

from dataclasses import dataclass
from typing import Literal

from gis_platform.access.roles import Role

CallerKind = Literal["anonymous", "session", "bearer", "key"]


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What was agreed with the holder of a machine key.

    Attributes:
        id: the credential.
        name: what people and the audit trail call it.
        scopes: what it may ask for (``gis_platform.access.scopes``).
        quota_per_day: requests a day of the city.
        rate_per_second: requests a second in one server process.
    """

    id: int
    name: str
    scopes: frozenset[str]
    quota_per_day: int
    rate_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A caller of one request.

    Attributes:
        account_id: the account; None for a caller without one.
        username: its name for signing in; empty for a caller without an account.
        display_name: the person's or program's name as shown to people.
        role: what the database will let the request see and do.
        kind: how the caller proved who it is: a session, a bearer token, a machine key, or not at all.
        unit_code: administrative unit the account works for, where it has one.
        key: the terms of its key, where it came with one.
    """

    account_id: int | None
    username: str
    display_name: str
    role: Role
    kind: CallerKind
    unit_code: str | None = None
    key: KeyTerms | None = None

    @classmethod
    def anonymous(cls) -> "Caller":
        """Someone who has not signed in: may do what the public may."""
        return cls(account_id=None, username="", display_name="", role=Role.PUBLIC, kind="anonymous")

    @property
    def actor(self) -> str:
        """The name the audit trail gets for it (setting ``gis.actor`` of the transaction)."""
        return f"{self.username} (key {self.key.name})" if self.key else self.username or "anonymous"

    @property
    def scopes(self) -> frozenset[str] | None:
        """The only things it may ask for; None where its role alone decides."""
        return self.key.scopes if self.key else None

    @property
    def signed_in(self) -> bool:
        """True for a caller with an account."""
        return self.account_id is not None
