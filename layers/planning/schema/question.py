"""What was asked, and the way from it to the parcels."""

from layers.planning.asking.question import STEP_KINDS
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

_NUMBERED = {
    "sheet": text("Sheet number."),
    "parcel": text("Parcel number."),
    "unit": text("Code or name of the unit, as it was understood; answers kept before hold it as written."),
    "issued": text("Day of the paper on which the number stands, as YYYY-MM-DD."),
    "identifier": text("12-character parcel identifier."),
    "id": {"description": "`id` of a parcel in another answer.", "type": "integer"},
}

_PLACE = {
    "unit": or_null(text("Name or code of the unit it was filed under; null where nobody kept it.")),
    "sheet": text("Sheet number."),
    "parcel": text("Parcel number."),
}

QUESTION: dict[str, Schema] = {
    "query": members(
        "What was asked, by the names of the parameters, as it was understood.",
        {},
        {
            **_NUMBERED,
            "point": text("Longitude, latitude in WGS 84 degrees."),
            "address": text("House number, street and unit, as they were understood."),
            "area": or_null(refer("drawn", "The drawing, its shape alone.")),
            "corners": text("The pasted table: number, X (northing, m), Y (easting, m)."),
            "crs": {
                "description": "EPSG code of the VN-2000 grid of `corners`; else the city's working grid.",
                "type": ["integer", "string"],
            },
            "parcels": many(
                "Several parcels as one site.", members("One parcel, as it was asked for.", {}, _NUMBERED), 1
            ),
        },
    ),
    "drawn": {
        "description": "A drawing: GeoJSON in WGS 84 degrees.",
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"description": "The kind of geometry.", "enum": ["Polygon", "MultiPolygon"]},
            "coordinates": {"description": "Positions in WGS 84 degrees.", "type": "array"},
        },
        "additionalProperties": False,
    },
    "place": members(
        "A parcel as it was called.",
        _PLACE,
        {
            "parcel_id": whole("`id` of the parcel.", 1),
            "share": number("Of the ground of the parcel that the step leads from; 0 to 1.", 0, 1),
        },
    ),
    "step": members(
        "One event between the number asked for and the parcels it means.",
        {
            "kind": choice("What happened.", STEP_KINDS),
            "kind_title": text("The same in words."),
            "on": or_null(day("The day; null where only a column of old numbers knows of it.")),
            "from": refer("place", "The parcel as it was before."),
            "to": many("What became of it.", {"$ref": "#/$defs/place"}),
            "basis": text("What says so."),
            "delivery_id": or_null(whole("The delivery that brought it.", 1)),
        },
        {"also_from": many("What else went into the same parcels.", {"$ref": "#/$defs/place"}, 1)},
    ),
}
