"""The roles of the platform. Each is a database role of the same name with ``gis_`` before it."""

from enum import StrEnum


class Role(StrEnum):
    """One account has one role; a caller without an account is ``public``."""

    PUBLIC = "public"
    PLANNER = "planner"
    PERMIT = "permit"
    ENFORCEMENT = "enforcement"
    STEWARD = "steward"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def database_role(self) -> str:
        """Name of the PostgreSQL role that acts for it."""
        return f"gis_{self.value}"


Audience = frozenset[Role]

EVERYONE: Audience = frozenset(Role)
STAFF: Audience = EVERYONE - {Role.PUBLIC}
NOBODY: Audience = frozenset()

# Logs in for everything but the public hot paths, and takes the caller's role for one transaction.
APP_LOGIN = "gis_app"
# What the application acts as while somebody who has not signed in files a case; no role of a caller.
FILING_ROLE = "gis_filing"
PUBLIC_LOGIN = Role.PUBLIC.database_role
