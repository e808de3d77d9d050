"""One thing the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and the remedy when it is not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    required: bool = True
    """False when the platform runs without it (tests may not)."""

    @property
    def stops_the_platform(self) -> bool:
        return self.required and not self.ok
