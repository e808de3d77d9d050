"""In which order the sections stand."""

from collections.abc import Sequence
from typing import Any

from web_map.extract.parts import Part, Section
from web_map.extract.saying import Saying
from web_map.extract.sections.buckets import affected, no_data, not_affected
from web_map.extract.sections.building import building
from web_map.extract.sections.ground import parcels, path
from web_map.extract.sections.sources import assumed, slivers, sources


def sections_of(document: dict[str, Any], plan: Sequence[Part], say: Saying) -> list[Section]:
    """All sections of a document; ``plan`` is the drawn map with its legend, where there is one."""
    made = {
        "parcels": [*parcels(document, say), *path(document, say)],
        "map": list(plan),
        "affected": affected(document, say),
        "not_affected": not_affected(document, say),
        "no_data": no_data(document, say),
        "building": building(document, say),
        "sources": sources(document, say),
        "slivers": slivers(document, say),
        "rules": assumed(document, say),
    }
    return [Section(say(f"section.{name}"), list(parts)) for name, parts in made.items()]
