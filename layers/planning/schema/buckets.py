"""The three buckets, and slivers."""

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
from layers.streets import LAYER as STREETS
from layers.zoning import LAYER as ZONING
from layers.zoning import PLAN_LEVELS, THEMES

_ABOUT = {
    "parcel_id": whole("`id` of the parcel.", 1),
    "layer": choice("The layer that was looked at.", [ZONING.name]),
    "theme": choice("What of the plans it is about.", THEMES),
    "theme_title": text("The same in words."),
}
_FROM_CENTRE = "in metres from the centre line of the road"

BUCKETS: dict[str, Schema] = {
    "plan": members(
        "The plan, and the decision that put it in force.",
        {
            "code": text("Code of the plan."),
            "name": text("Name of the plan."),
            "level": choice("How detailed it is.", PLAN_LEVELS),
            "level_title": text("The same in words."),
            "decision_no": text("Number of the decision."),
            "decision_date": day("Day of the decision."),
            "scale": or_null(whole("Scale of the drawing: 1 to this many.", 1)),
        },
    ),
    "hit": members(
        "A zone of a plan that shares ground with a parcel, or a street whose planned width does.",
        {
            **_ABOUT,
            "layer": choice("The layer of the zone or street.", [ZONING.name, STREETS.name]),
            "feature_id": whole("Number of the zone or street in its layer.", 1),
            "plan": or_null(refer("plan", "The plan it is of; null for a street, whose data names none.")),
            "governs": flag("False where more detailed plans treat the theme on all of that ground."),
            "area_m2": number("Shared ground in m² of the city's working grid (VN-2000), to 0.01."),
            "share": number("`area_m2` of the computed area of the parcel; 0 to 1.", 0, 1),
            "title": text("Name of the zone or street."),
            "function_code": or_null(text("Code of the planned function, as the plan writes it.")),
            "function_name": or_null(text("Planned function in words.")),
            "max_density_pct": or_null(number("Greatest building density in %, as the plan states.", 0, 100)),
            "floors_min": or_null(whole("Least floors, as the plan states.")),
            "floors_max": or_null(whole("Most floors, as the plan states.")),
            "height_max_m": or_null(number("Greatest height in m, as the plan states.")),
            "far_max": or_null(
                number("Greatest floor area ratio (m² of floors for a m² of lot), as stated.")
            ),
            "red_line_m": or_null(number(f"Red line {_FROM_CENTRE}, as the plan states.")),
            "building_line_m": or_null(number(f"Building line {_FROM_CENTRE}, as the plan states.")),
            "setback_m": or_null(number("Setback from the red line in m, as the plan states.")),
            "ground_level_m": or_null(
                number("Ground level in m above the zero of Hòn Dấu, as the plan states.", None)
            ),
            "legal_basis": or_null(
                text("Article or document that the plan names; null where it names none.")
            ),
            "source_date": day("The day the data is of."),
        },
        {"basis": text("Of a street: what its ground is worked out from.")},
    ),
    "not_affected": members(
        "A theme that plans looked at on all of a parcel, and of which no zone touches it.",
        {**_ABOUT, "checked_against": many("Names of the plans.", {"type": "string"}, 1)},
    ),
    "no_data": members(
        "A theme that is not known on all or a part of a parcel.",
        {
            **_ABOUT,
            "uncovered_m2": number(
                "Ground that no plan looked at, in m² of the working grid; 0 where only the planned width "
                "of a street is not known."
            ),
            "reason": text("The same as a sentence."),
        },
    ),
}
