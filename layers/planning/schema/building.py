"""What may be built: an entry for each parcel, its lines, frontages and verdict."""

from layers.planning.building.lines import TITLES
from layers.planning.building.verdict import Tier
from layers.planning.schema.kinds import (
    Schema,
    choice,
    day,
    flag,
    many,
    members,
    number,
    or_null,
    refer,
    text,
    whole,
)
from layers.streets import KINDS

_OUTCOMES = ("stated", "computed", "cannot_decide")
_WHY_NULL = "null where it cannot be told"

_SOURCE = members(
    "The zone or street that a line rests on.",
    {
        "layer": choice("Its layer.", ("zoning", "streets")),
        "feature_id": whole("Its number in the layer.", 1),
        "source_date": or_null(day("The day the data is of.")),
    },
    {
        "plan": text("Name of the plan."),
        "decision_no": text("Number of the decision."),
        "decision_date": or_null(day("Day of the decision.")),
        "legal_basis": or_null(text("Article or document that the plan names.")),
    },
)
_WHERE = {
    "feature_id": whole("The zone it is of.", 1),
    "street_id": whole("The street it is of.", 1),
    "holds_for": text("Which part of the parcel it is of, where others have other figures."),
    "stated": number("What the plan alone says, in `unit`, where a rule is stricter or not loaded.", None),
}

BUILDING: dict[str, Schema] = {
    "line": members(
        "One line of what may be built.",
        {
            "code": choice("What it is about.", TITLES),
            "title": text("The same in words."),
            "value": {
                "description": f"The figure in `unit`, or words; {_WHY_NULL}.",
                "type": ["number", "string", "null"],
            },
            "unit": or_null(text("Unit of `value`: m, m², %, floors, times; null for words.")),
            "outcome": choice("As a plan or register states it, worked out here, or neither.", _OUTCOMES),
            "reason": or_null(text("How it was found, or why it cannot be told.")),
            "rule": or_null(refer("loaded_rule", "The rule it rests on.")),
            "source": or_null(_SOURCE),
        },
        _WHERE,
    ),
    "frontage": members(
        "A street that the parcel faces. Distances in metres of the working grid.",
        {
            "street_id": whole("Number of the street in its layer.", 1),
            "name": or_null(text("Name of the street.")),
            "kind": choice("Kind of the street.", KINDS),
            "width_m": or_null(number("Width of today in m.")),
            "planned_width_m": or_null(number("Planned width in m, between the red lines.")),
            "length_m": number("Along how many metres the parcel faces it."),
            "red_line_m": or_null(number(f"Red line in m from the centre line; {_WHY_NULL}.")),
            "building_line_m": or_null(number(f"Building line in m from the centre line; {_WHY_NULL}.")),
            "setback_m": or_null(number(f"Setback from the red line in m; {_WHY_NULL}.")),
            "outcome": choice("How the setback is known.", _OUTCOMES),
            "reason": or_null(text("How the setback was found, or why it cannot be told.")),
            "taken_m2": number("Ground in m² that the planned width of this street takes."),
        },
    ),
    "entry": members(
        "What may be built on one parcel. Areas in m² of the city's working grid (VN-2000).",
        {
            "parcel_id": whole("`id` of the parcel.", 1),
            "function": many("Planned functions that govern.", {"type": "string"}),
            "land_use_against_plan": members(
                "Registered uses against planned functions.",
                {
                    "outcome": choice(
                        "How they stand to each other.", ("fits", "partly", "differs", "cannot_decide")
                    ),
                    "reason": text("The same as a sentence."),
                    "verified": flag("Whether the groups of codes were held against the official text."),
                },
            ),
            "taken_m2": number("Ground that planned roads take, shared ground once."),
            "net_area_m2": number("The lot without that: what density is a share of."),
            "net_area_from": choice(
                "Which area of the parcel it starts from.", ("legal", "measured", "computed")
            ),
            "buildable_m2": or_null(number(f"Area of `buildable`; {_WHY_NULL}.")),
            "setback_strip_m2": or_null(number(f"Ground that setbacks keep free; {_WHY_NULL}.")),
            "lines": many("Line by line.", {"$ref": "#/$defs/line"}, 1),
            "frontages": many("Streets it faces.", {"$ref": "#/$defs/frontage"}),
            "buildable": or_null(refer("ground", "What is left to build on, WGS 84 degrees; null for none.")),
            "footprint_max_m2": or_null(number(f"Largest footprint; {_WHY_NULL}.")),
            "floor_area_max_m2": or_null(number(f"Largest floor area; {_WHY_NULL}.")),
            "verdict": refer("verdict", "The verdict on this parcel."),
        },
        {
            "not_for_building_m2": or_null(
                number(f"Ground left by roads and setbacks whose function is not for buildings; {_WHY_NULL}.")
            ),
        },
    ),
    "verdict": members(
        "One sentence in three tiers, which never says more than the data.",
        {
            "tier": choice("Được, không, chưa đủ dữ liệu.", [tier.value for tier in Tier]),
            "sentence": text("The verdict in the language of the answer."),
            "reasons": many(
                "Every reason behind it, the weightiest first.",
                members(
                    "A reason.", {"code": text("What it is about."), "text": text("The reason in words.")}
                ),
            ),
        },
    ),
}
