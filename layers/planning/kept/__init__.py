"""Planning answers that are kept: opened again for years, and then with what has changed since."""

from layers.planning.kept.answers import Kept, keep, kept_already, open_kept, withheld_told
from layers.planning.kept.asked import asked_as_kept
from layers.planning.kept.impact import CONCERN
from layers.planning.kept.since import since_kept

__all__ = [
    "CONCERN",
    "Kept",
    "asked_as_kept",
    "keep",
    "kept_already",
    "open_kept",
    "since_kept",
    "withheld_told",
]
