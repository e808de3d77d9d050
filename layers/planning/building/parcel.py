"""One parcel, from the overlay's rows to its entry in the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Language, Text
from gis_platform.rules import RuleBook
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.planning.building.capacity import Capacity, capacity_of
from layers.planning.building.clash import clash_of
from layers.planning.building.drawing import as_geojson
from layers.planning.building.functions import Fit, fit
from layers.planning.building.ground import Net, outline_of, without
from layers.planning.building.judging import Facts, corridor_line, reasons_of
from layers.planning.building.lines import Line, zone_source
from layers.planning.building.reading import Street
from layers.planning.building.roads import Roads, roads_at
from layers.planning.building.setbacks import FrontLine
from layers.planning.building.study import study
from layers.planning.building.totals import built_lines, land_use_line, taken_line
from layers.planning.building.verdict import Verdict, verdict_of
from layers.planning.building.zones import by_part, idle_ground

_CORRIDORS = ("waterway_corridor", "power_corridor", "heritage")


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for all parcels of an answer: rules of the day, working grid, and the sources with
    their age."""

    book: RuleBook
    srid: int
    sources: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A parcel with all that may be said of building on it. Areas in m² of the working grid.

    ``clear`` is what roads and setbacks leave, ``outline`` that without ground planned for no building.
    """

    parcel_id: int
    functions: tuple[str, ...]
    fit: Fit
    net: Net
    net_m2: float
    basis: str
    clear: BaseGeometry | None
    outline: BaseGeometry | None
    capacity: Capacity
    fronts: Sequence[FrontLine]
    lines: Sequence[Line]
    verdict: Verdict
    srid: int
    roads: Roads

    def told(self, language: Language) -> dict[str, Any]:
        """As JSON; ``buildable`` in WGS 84, null where it cannot be told or nothing is left."""
        clear = self.clear.area if self.clear is not None else None
        room = self.outline.area if self.outline is not None else None
        idle = clear - room if clear is not None and room is not None else None
        return {
            "parcel_id": self.parcel_id,
            "function": list(self.functions),
            "land_use_against_plan": {
                "outcome": self.fit.outcome,
                "reason": self.fit.sentence.in_language(language),
                "verified": self.fit.verified,
            },
            "taken_m2": round(self.net.taken_m2, 2),
            "net_area_m2": round(self.net_m2, 2),
            "net_area_from": self.basis,
            "buildable_m2": round(room, 2) if room is not None else None,
            "setback_strip_m2": round(self.net.geometry.area - clear, 2) if clear is not None else None,
            "not_for_building_m2": round(idle, 2) if idle is not None else None,
            "lines": [line.told(language) for line in self.lines],
            "frontages": [front.told(language) for front in self.fronts],
            "buildable": as_geojson(self.outline, self.srid) if self.outline is not None else None,
            "footprint_max_m2": _rounded(self.capacity.footprint_m2),
            "floor_area_max_m2": _rounded(self.capacity.floor_area_m2),
            "verdict": self.verdict.told(language),
        }


def judge(
    parcel: Mapping[str, Any],
    hits: Sequence[Mapping[str, Any]],
    streets: Sequence[Street],
    gaps: Mapping[str, str],
    known: Known,
) -> Judged:
    """``hits`` are those of the parcel; ``gaps`` maps each theme that has no data there to its title."""
    read = study(parcel, hits, streets, gaps, known.book)
    net, limits, fronts, net_m2 = read.net, read.limits, read.fronts, read.net_m2
    clear = outline_of(net, read.kept) if net.gone or read.lines_known else None
    outline = without(clear, idle_ground(limits)) if clear is not None else None
    capacity = capacity_of(limits, net.geometry, outline, net_m2) if not net.gone else _nothing()
    uses = fit(parcel["land_uses"] or (), read.functions)
    corridors = [corridor_line(hit, zone_source(hit)) for hit in hits if hit["theme"] in _CORRIDORS]
    roads = roads_at(net, streets, read.unplanned, read.reserves)
    facts = Facts(
        status=parcel["status"],
        net=net,
        limits=limits,
        fit=uses,
        fronts=fronts,
        corridors=corridors,
        outline_m2=outline.area if outline is not None else None,
        capacity=capacity,
        unmeasured=read.unmeasured,
        roads=roads,
        clash=clash_of(hits, limits, net.lot.area),
        gaps=gaps,
        overdue=[source for source in known.sources if source["overdue"]],
        book=known.book,
    )
    lines = [
        land_use_line(uses),
        *by_part(limits, net.lot.area),
        taken_line(net, read.reserves, streets),
        *read.drawn,
        *(line for front in fronts for line in front.lines),
        *corridors,
        *built_lines(outline, capacity, limits, known.book),
    ]
    return Judged(
        parcel_id=parcel["id"],
        functions=tuple(str(one.lines[0].value) for one in limits if one.lines[0].value),
        fit=uses,
        net=net,
        net_m2=net_m2,
        basis=read.basis,
        clear=clear,
        outline=outline,
        capacity=capacity,
        fronts=fronts,
        lines=lines,
        verdict=verdict_of(reasons_of(facts), _allowed(facts, known), _age(known)),
        srid=known.srid,
        roads=roads,
    )


def _nothing() -> Capacity:
    why = Text("Đường quy hoạch lấy hết thửa đất.", "Planned roads take all of it.")
    return Capacity(0.0, 0.0, why, why)


def _allowed(facts: Facts, known: Known) -> Text:
    """What may be said where nothing speaks against it. Rounded down: it is a ceiling."""
    most = floor((facts.capacity.footprint_m2 or 0.0) * 10) / 10
    floors = min((one.floors for one in facts.limits if one.floors is not None), default=0)
    left_vi, left_en = "", ""
    if facts.net.takers:
        left_vi = f" trên phần còn lại sau khi trừ {format_area(facts.net.taken_m2)} đất làm đường"
        left_en = f" on what is left without {facts.net.taken_m2:.1f} m² for roads"
    age = _age(known)
    age_vi, age_en = (f"; {age.vi}", f"; {age.en}") if age is not None else ("", "")
    return Text(
        f"thửa đất phù hợp quy hoạch để xây dựng nhà ở{left_vi}, tối đa {format_number(floors)} tầng, "
        "diện tích xây "
        f"dựng không quá {format_area(most)}; đây là kết quả tra cứu theo quy định chưa đối chiếu với "
        "văn bản gốc, "
        f"không phải giấy phép xây dựng{age_vi}",
        f"by the plan a house may be built{left_en}, of at most {floors} floors and a footprint of at most "
        f"{most:.1f} m²; this is a look-up by rules not held against the official text, no building "
        f"permit{age_en}",
    )


def _age(known: Known) -> Text | None:
    """What the sentence must say of the data it rests on."""
    made_up = any(source["synthetic"] for source in known.sources)
    overdue = any(source["overdue"] for source in known.sources)
    if made_up:
        also = Text(", đã quá chu kỳ cập nhật", " past its update cycle") if overdue else Text("", "")
        return Text(f"theo dữ liệu minh hoạ{also.vi}", f"by made-up data{also.en}")
    if overdue:
        return Text("theo dữ liệu đã quá chu kỳ cập nhật", "by data past its update cycle")
    return None


def _rounded(value: float | None) -> float | None:
    return round(value, 2) if value is not None else None
