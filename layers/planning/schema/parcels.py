"""Parcels, the site, and drawn ground."""

from layers.parcels import STATUSES
from layers.planning.schema.kinds import (
    Schema,
    choice,
    day,
    many,
    members,
    number,
    or_null,
    refer,
    text,
    whole,
)

_COMPUTED = "Area in m², computed from the map in the city's working grid (VN-2000)."

_USE = members(
    "A registered use of the parcel.",
    {"code": text("Code of the land use, such as ODT.")},
    {
        "area_m2": or_null(number("Its part of the parcel in m², as registered.")),
        "term": or_null(text("How long the land may be used, as registered.")),
        "origin": or_null(text("Where the right comes from, as registered.")),
        "code_version": or_null(text("The list that the code is of.")),
    },
)

PARCELS: dict[str, Schema] = {
    "parcel": members(
        "A parcel as it is filed on the day answered for.",
        {
            "id": whole("Its number in this system; `parcel_id` elsewhere in the answer.", 1),
            "identifier": or_null(text("12-character parcel identifier; null where none was delivered.")),
            "unit_code": text("Code of the unit it is filed under."),
            "unit_name": or_null(text("Name of that unit.")),
            "unit_now": or_null(text("Ward or commune of today that it lies in.")),
            "sheet_no": text("Sheet number."),
            "parcel_no": text("Parcel number."),
            "old_sheet_no": or_null(text("Sheet number before, as registered.")),
            "old_parcel_no": or_null(text("Parcel number before, as registered.")),
            "legal_area_m2": or_null(number("Area on the certificate, in m².")),
            "measured_area_m2": or_null(number("Area as surveyed, in m².")),
            "computed_area_m2": number(_COMPUTED),
            "land_uses": many("Registered uses.", _USE),
            "status": choice("Where it stands in law.", STATUSES),
            "address": or_null(text("Address of the parcel, as registered.")),
            "source_date": day("The day the data is of."),
            "geometry": refer("ground", "Its outline, WGS 84 degrees."),
        },
    ),
    "site": members(
        "All the parcels together.",
        {
            "legal_area_m2": or_null(number("Sum of legal areas in m²; null unless every parcel has one.")),
            "measured_area_m2": or_null(number("Sum of surveyed areas in m²; null unless each has one.")),
            "computed_area_m2": number(_COMPUTED),
            "geometry": or_null(refer("ground", "The outline, WGS 84 degrees.")),
        },
    ),
    "drawn_ground": members(
        "What was drawn or given by its corners.",
        {
            "given_as": choice("How it was given.", ("area", "corners")),
            "area_m2": number(_COMPUTED),
            "geometry": or_null(refer("ground", "Its outline, WGS 84 degrees.")),
            "parcels": many(
                "What it shares with each parcel.",
                members(
                    "Ground shared with one parcel.",
                    {
                        "parcel_id": whole("`id` of the parcel.", 1),
                        "area_m2": number("Shared ground in m² of the working grid."),
                        "share_of_parcel": number("Of the parcel; 0 to 1.", 0, 1.000001),
                        "share_of_ground": number("Of the drawn ground; 0 to 1.", 0, 1.000001),
                    },
                ),
            ),
        },
    ),
}
