"""Casework: cases that go through a declared workflow, on clocks, with a journal nobody edits.

Which workflows there are is said by who needs one (``gis_platform.casework.declaration``); this package names
none.
"""

from gis_platform.casework.declaration import Workflow
from gis_platform.casework.effect import Acting, Effect, Input, Outcome
from gis_platform.casework.parts import Clock, ClockChange, Detail, Document, Move, Onto, State

__all__ = [
    "Acting",
    "Clock",
    "ClockChange",
    "Detail",
    "Document",
    "Effect",
    "Input",
    "Move",
    "Onto",
    "Outcome",
    "State",
    "Workflow",
]
