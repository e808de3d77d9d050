"""What an answer rests on, its receipt, and what has changed since."""

from layers.planning.schema.kinds import (
    Schema,
    choice,
    day,
    flag,
    many,
    members,
    moment,
    or_null,
    text,
    whole,
)

_RULE = {
    "code": text("Code of the rule."),
    "text": text("What it says, or that none is loaded, in words."),
    "verified": flag("Whether somebody held it against the official text."),
}
_LOADED = {
    **_RULE,
    "id": whole("Version of the rule.", 1),
    "document": text("The document it stands in."),
    "article": text("Article or table of the document."),
    "effective_from": day("First day on which it holds."),
    "effective_to": or_null(day("Last day on which it holds; null while open.")),
    "reading": choice("How it was read.", ("seen", "unverified")),
    "state": text("How far it is verified, in words."),
    "note": or_null(text("What a reader should know of it.")),
}

_CHANGE = members(
    "A change.",
    {
        "kind": text("What kind of change."),
        "parcel_id": or_null(whole("The parcel it concerns.", 1)),
        "sentence": text("The change in words."),
    },
    {
        "successors": many("Parcels that came of one that ended.", {"type": "integer"}),
        "parcels": members(
            "The parcels that the question means, where they are others.",
            {
                "before": many("Those of before.", {"type": "integer"}),
                "now": many("Those it leads to now.", {"type": "integer"}),
            },
        ),
    },
)

BASIS: dict[str, Schema] = {
    "loaded_rule": members("A rule that is in force on the day answered for.", _LOADED),
    "rule": {
        "description": "What the answer takes for granted, a rule in force, or one that is not loaded.",
        "oneOf": [
            members("Usual practice, without a legal text behind it.", _RULE),
            members("A rule in force on the day.", {**_LOADED, "loaded": {"const": True}}),
            members("A rule that was looked for and is not loaded.", {**_RULE, "loaded": {"const": False}}),
        ],
    },
    "source": members(
        "A layer that the answer rests on.",
        {
            "layer": text("Name of the layer."),
            "title": text("Title of the layer."),
            "source_date": or_null(day("The oldest day among what was used.")),
            "age_days": or_null(
                {"description": "Days from then to the day of the look-up.", "type": "integer"}
            ),
            "cycle_days": or_null(whole("How often the layer is renewed, in days; null where as decided.")),
            "overdue": flag("Whether it is past its cycle."),
            "synthetic": flag("Whether any of it is made up for demonstration."),
            "warning": or_null(text("What that means for the answer, in words.")),
        },
    ),
    "tolerance": members(
        "What is taken as map error.",
        {
            "area_m2": {
                "description": "Shared ground below this, in m², is a sliver.",
                "type": "number",
                "exclusiveMinimum": 0,
            },
            "text": text("The same in words."),
        },
    ),
    "receipt": members(
        "What names the kept answer and lets anybody check a copy.",
        {
            "id": text("The same as `id` of the answer.", "^[0-9a-f]{20}$"),
            "sha256": text("Hash of the bytes at `document`, in hexadecimal.", "^[0-9a-f]{64}$"),
            "made_at": moment("When it was first given."),
            "url": text("Where it opens again."),
            "document": text("Where the very bytes are that were hashed."),
            "statement": or_null(
                members(
                    "The signature on it; null while nobody has signed.",
                    {
                        "number": text("Number and year.", "^[0-9]+/[0-9]{4}$"),
                        "officer": text("Name and post, as on the paper."),
                        "office": text("The agency that answers for it."),
                        "signed_at": moment("When."),
                    },
                )
            ),
        },
        {
            "withheld": members(
                "What is not shown of it; absent where all is. `sha256` is then of more than is shown.",
                {
                    "places": many(
                        "Where it stood, as JSON pointers into the document.", text("A pointer."), 1
                    ),
                    "reason": text("Why, and what that means for the hash."),
                },
            ),
            "files": members(
                "The answer in forms to keep.",
                {
                    "pdf": text("Where the paper is: an A4 extract."),
                    "html": text("Where the map in one file is, which opens without a network."),
                    "json": text("Where this answer is as a file, by this schema."),
                },
            ),
        },
    ),
    "since": members(
        "What has changed of it until the day it was opened.",
        {
            "as_of": day("The day that the answer speaks of."),
            "checked_on": day("The day on which it was held against what is known."),
            "unchanged": flag("True where `changes` and `today` are empty."),
            "changes": many("What is known otherwise by now of the answer's own day.", _CHANGE),
            "today": many(
                "What is otherwise on `checked_on` than on the answer's day, as both are known.", _CHANGE
            ),
        },
    ),
}
