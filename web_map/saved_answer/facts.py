"""What a click on the map tells: rows of a title and a value, in plain words."""

from collections.abc import Iterable, Mapping
from typing import Any

from layers.parcels import STATUSES
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Feature
from web_map.texts import catalogue, land_use_names

Row = tuple[str, str]
Line = Mapping[str, Any]

_FIGURES = (
    ("max_density_pct", "%"),
    ("height_max_m", "m"),
    ("far_max", ""),
    ("red_line_m", "m"),
    ("building_line_m", "m"),
    ("setback_m", "m"),
    ("ground_level_m", "m"),
)


def parcel_facts(parcel: Line, entry: Line | None, say: Saying) -> list[Row]:
    """A parcel as it is filed, and the verdict on it. Nobody's name is in an answer."""
    words = catalogue(say.language)
    rows = [
        (words["saved.parcel"], say.parcel(dict(parcel))),
        (words["saved.unit"], _joined(parcel.get("unit_name"), _now(parcel, say))),
        (words["answer.identifier"], parcel.get("identifier")),
        (words["answer.address"], parcel.get("address")),
        *(
            (words[f"answer.{kind}_area"], _area(parcel.get(f"{kind}_area_m2"), say))
            for kind in ("legal", "measured", "computed")
        ),
        (words["answer.land_uses"], _uses(parcel, say)),
        (words["answer.status"], _status(parcel, say)),
        (words["saved.data_of"], say.day(parcel.get("source_date"))),
    ]
    if entry is not None:
        rows.append((words["verdict.title"], entry["verdict"]["sentence"]))
    return _told(rows)


def built_facts(entry: Line, parcel: Line, say: Saying) -> list[Row]:
    """The ground that may be built on, and how much on it."""
    words = catalogue(say.language)
    return _told(
        [
            (words["saved.parcel"], say.parcel(dict(parcel))),
            (words["saved.buildable"], _area(entry.get("buildable_m2"), say)),
            (say("building.taken_m2"), _area(entry.get("taken_m2"), say)),
            (say("building.footprint_max_m2"), _area(entry.get("footprint_max_m2"), say)),
            (say("building.floor_area_max_m2"), _area(entry.get("floor_area_max_m2"), say)),
            (words["saved.about"], words["saved.outline_about"]),
        ]
    )


def zone_facts(zone: Feature, hits: Iterable[Line], parcels: Mapping[int, Line], say: Saying) -> list[Row]:
    """A zone that touches the site, with what it takes of each parcel; of another its kind alone."""
    words, found = catalogue(say.language), list(hits)
    if not found:
        return _told([(words["saved.zone"], zone.style_class), (words["saved.about"], words["saved.around"])])
    hit = found[0]
    plan = hit["plan"]
    decision = _joined(
        say("hit.decision", number=plan["decision_no"]),
        say("hit.dated", date=say.day(plan["decision_date"])),
        between=" ",
    )
    return _told(
        [
            (hit["theme_title"], hit["title"]),
            (words["saved.zone"], _joined(hit.get("function_name"), hit.get("function_code"))),
            *(
                (
                    say.parcel(dict(parcels[one["parcel_id"]])),
                    f"{_area(one['area_m2'], say)} ({say.share(one['share'])})",
                )
                for one in found
                if one["parcel_id"] in parcels
            ),
            (say("hit.plan"), _joined(plan["name"], plan["level_title"])),
            (say("hit.basis"), _joined(decision, hit.get("legal_basis"), between="; ")),
            (words["saved.standing"], say("hit.governs") if hit["governs"] else say("hit.governed")),
            (words["hit.floors"], _floors(hit, say)),
            *(
                (words[f"hit.{name}"], say.measure(hit[name], unit))
                for name, unit in _FIGURES
                if hit.get(name) is not None
            ),
            (words["saved.data_of"], say.day(hit.get("source_date"))),
        ]
    )


def street_facts(street: Feature, fronts: Iterable[Line], say: Saying) -> list[Row]:
    """A street: its widths, and the lines of the parcels that face it."""
    words = catalogue(say.language)
    rows = [
        (words["saved.street"], street.name or say("frontage.unnamed")),
        (words["saved.width"], _metres(street.width_m, say)),
        (words["saved.planned_width"], _metres(street.planned_width_m, say)),
    ]
    for front in fronts:
        rows += [
            (words["saved.red_line"], _metres(front.get("red_line_m"), say)),
            (words["saved.building_line"], _metres(front.get("building_line_m"), say)),
            (say("building.taken_m2"), _area(front.get("taken_m2"), say)),
        ]
    return list(dict.fromkeys(_told(rows)))


def _floors(hit: Line, say: Saying) -> str:
    least, most = hit.get("floors_min"), hit.get("floors_max")
    return "–".join(dict.fromkeys(say.plain(floors) for floors in (least, most) if floors is not None))


def _area(value: Any, say: Saying) -> str | None:
    return f"{say.fixed(value, 2)}\u00a0m²" if isinstance(value, int | float) else None


def _metres(value: Any, say: Saying) -> str | None:
    return say.measure(value, "m") if isinstance(value, int | float) else None


def _now(parcel: Line, say: Saying) -> str | None:
    now = parcel.get("unit_now")
    if not now or now == parcel.get("unit_name"):
        return None
    return catalogue(say.language)["answer.unit_now"].format(unit=now)


def _uses(parcel: Line, say: Saying) -> str:
    names = land_use_names(say.language)
    codes = [str(use.get("code", "")) for use in parcel.get("land_uses") or ()]
    return ", ".join(f"{names[code]} ({code})" if code in names else code for code in codes)


def _status(parcel: Line, say: Saying) -> str | None:
    status = STATUSES.get(str(parcel.get("status")))
    return status.in_language(say.language) if status is not None else None


def _joined(*parts: str | None, between: str = ", ") -> str:
    return between.join(part for part in parts if part)


def _told(rows: Iterable[tuple[str, str | None]]) -> list[Row]:
    """Those that say something."""
    return [(title, value) for title, value in rows if value]
