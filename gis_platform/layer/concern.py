"""What is no layer and is concerned all the same when a delivery changes the ground: cases, kept answers."""

from dataclasses import dataclass

from gis_platform.layer.text import Text
from gis_platform.sqlfiles import Query


@dataclass(frozen=True, slots=True)
class Concern:
    """A kind of thing that a steward hears of before a delivery is approved.

    A module or package of the layers room that holds one as ``CONCERN`` is asked; there is no list.

    Attributes:
        name: short, of its kind, such as ``planning_answers``.
        impact: rows ``id`` (text or number), ``title``, ``title_en``, ``note``, ``note_en`` of what stands on
            ``touched`` (a temporary table or a part of the same question; ``id`` of the changed feature or
            null, ``geom`` in the working grid). It may ask for ``%(layer)s``, the layer that changes, and may
            give ``parcels``, the ids of those it stands on or speaks of: then a draft plan tells how much of
            them it would take.
    """

    name: str
    title: Text
    impact: Query
