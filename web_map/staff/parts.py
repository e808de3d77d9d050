"""The parts of the console and who works in each: the navigation follows from this."""

from dataclasses import dataclass

from gis_platform.access.roles import STAFF, Audience, Role
from gis_platform.casework.registry import installed_workflows
from layers.planning.kept.duties import REMARK_READERS

STEWARDS: Audience = frozenset({Role.STEWARD, Role.ADMIN})
PLANNERS: Audience = frozenset({Role.PLANNER, Role.ADMIN})

#: Whoever reads any kind of case.
READERS: Audience = frozenset(role for kind in installed_workflows().values() for role in kind.readers)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``key`` begins its words in the catalogue, ``path`` is where it is."""

    key: str
    path: str
    audience: Audience


HOME = Part("home", "/staff", STAFF)
DELIVERIES = Part("deliveries", "/staff/deliveries", STEWARDS)
DRAFTS = Part("drafts", "/staff/drafts", PLANNERS)

REMARKS = Part("remarks", "/staff/remarks", REMARK_READERS)

#: Who states directions and numbers streets anew.
NUMBERERS: Audience = frozenset({Role.PERMIT, Role.ADMIN})
STREETS = Part("streets", "/staff/streets", NUMBERERS)

ADMINISTRATORS: Audience = frozenset({Role.ADMIN})
CALENDAR = Part("calendar", "/staff/calendar", ADMINISTRATORS)

CASES = Part("cases", "/staff/cases", READERS)

PARTS: tuple[Part, ...] = (CASES, STREETS, DELIVERIES, REMARKS, DRAFTS, CALENDAR)


def parts_for(role: Role) -> tuple[Part, ...]:
    """What a role finds in the navigation."""
    return tuple(part for part in PARTS if role in part.audience)
