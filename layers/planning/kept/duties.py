"""Who signs answers, and who reads and closes what people say of them."""

from gis_platform.access.roles import Audience, Role

SIGNERS: Audience = frozenset({Role.PLANNER, Role.ADMIN})
REMARK_READERS: Audience = frozenset({Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN})
REMARK_CLOSERS: Audience = frozenset({Role.STEWARD, Role.ADMIN})
