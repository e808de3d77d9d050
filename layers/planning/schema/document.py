"""The schema as one document."""

from typing import Any

from layers.planning.schema.basis import BASIS
from layers.planning.schema.buckets import BUCKETS
from layers.planning.schema.building import BUILDING
from layers.planning.schema.kinds import (
    Schema,
    choice,
    day,
    flag,
    many,
    members,
    moment,
    or_null,
    refer,
    text,
)
from layers.planning.schema.parcels import PARCELS
from layers.planning.schema.question import QUESTION
from layers.planning.schema.shapes import SHAPES

ADDRESS = "/api/planning/answer.schema.json"
"""Below the address of the service; it does not change."""

MEDIA_TYPE = "application/schema+json"

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = (
    "A planning answer as the look-up gives it, as it is kept (`/answers/{id}.json`), and as it opens again "
    "(`/answers/{id}`, with `since`). Areas are m² and distances metres of the city's working grid "
    "(VN-2000); geometries are longitude and latitude in WGS 84 degrees. Words are in the `language` of the "
    "answer. Members may be added in time, and those of today stay: an answer that is kept stays valid."
)


def _each(what: str, name: str, least: int = 0) -> Schema:
    return many(what, {"$ref": f"#/$defs/{name}"}, least)


def answer_schema(root: str) -> dict[str, Any]:
    """JSON Schema, draft 2020-12; ``root`` is the address of the service."""
    always = {
        "id": text("Names the answer: the first 20 digits of its hash.", "^[0-9a-f]{20}$"),
        "query": refer("query", "What was asked."),
        "language": choice("Language of the words.", ("vi", "en")),
        "ambiguous": flag("True where the question has several meanings, all of which are answered."),
        "notices": many("What a person should know of how it was found.", {"type": "string"}),
        "path": _each("The way from the number asked for to the parcels.", "step"),
        "as_of": day("The day answered for."),
        "known_at": or_null(moment("The moment whose knowledge was asked for; null for now.")),
        "synthetic": flag("True where anything it rests on is made up for demonstration."),
        "site": refer("site", "All the parcels together."),
        "parcels": _each("The parcels meant.", "parcel"),
        "affected": _each("Zones and planned widths that share more than map error with a parcel.", "hit"),
        "not_affected": _each("Themes that were looked at and touch nothing.", "not_affected"),
        "no_data": _each("Themes not known on all of a parcel; this does not mean not affected.", "no_data"),
        "slivers": _each("What shares so little that it is map error; listed, not hidden.", "hit"),
        "tolerance": refer("tolerance", "What is taken as map error."),
        "building": _each("What may be built on each parcel.", "entry"),
        "verdict": refer("verdict", "The verdict on all parcels."),
        "rules": _each("Rules looked up, and what is taken for granted.", "rule"),
        "sources": _each("What it rests on, with its age.", "source", 1),
        "disclaimer": text("What the answer is worth in law."),
        "receipt": refer("receipt", "What names the kept answer."),
    }
    sometimes = {
        "$schema": text("Address of this schema; in the file."),
        "ground": refer("drawn_ground", "What was drawn; where the question is a drawing or corners."),
        "since": refer("since", "What has changed; where a kept answer is opened."),
    }
    return {
        "$schema": _DRAFT,
        "$id": f"{root}{ADDRESS}",
        "title": "Planning answer (kết quả tra cứu quy hoạch)",
        **members(_ABOUT, always, sometimes),
        "$defs": {**QUESTION, **PARCELS, **BUCKETS, **BUILDING, **BASIS, **SHAPES},
    }
