"""One rule that a delivery is held against: its code, how grave a breach is, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from gis_platform.layer import Text

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A coded rule.

    An error stops a delivery, a warning needs a steward's word, an info is a remark. ``told`` words one
    breach, with ``%s`` for what was found; without it the words come from where the breach is found.
    """

    code: str
    severity: Severity
    title: Text
    cure: Text
    told: Text | None = None
