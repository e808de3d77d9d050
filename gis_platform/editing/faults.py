"""What is wrong with a feature that was sent: gathered, so that a person mends all of it at once."""

from dataclasses import dataclass, field

from gis_platform.errors import BadParameter, Problem

_MOST = 20


@dataclass(slots=True)
class Faults:
    """The problems found so far, in the order in which they were found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, member: str, detail: str) -> None:
        """A member of the feature cannot be used."""
        self.found.append(BadParameter(detail, parameter=member))

    def refuse(self) -> None:
        """Raises the first of them, the others told beside it; nothing happens where there are none."""
        if not self.found:
            return
        first, *others = self.found
        if others:
            first.extra["others"] = [{"parameter": o.parameter, "detail": o.detail} for o in others[:_MOST]]
        raise first
