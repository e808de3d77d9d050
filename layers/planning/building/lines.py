"""A line of the answer: what it says, how that is known, and on which rule and source it rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gis_platform.layer.text import Language, Text
from gis_platform.rules import Rule

#: As a plan or a register states it; worked out here; or neither, with the reason.
Outcome = Literal["stated", "computed", "cannot_decide"]

TITLES = {
    "function": Text("Chức năng sử dụng đất quy hoạch", "Planned land function"),
    "land_use": Text("Mục đích sử dụng đất so với quy hoạch", "Land use against the plan"),
    "taken": Text("Phần đất thuộc đường quy hoạch", "Ground taken by planned roads"),
    "corridor": Text("Nằm trong hành lang, khu vực bảo vệ", "Inside a corridor or protection area"),
    "density_max": Text("Mật độ xây dựng tối đa", "Greatest building density"),
    "density_small_lot": Text("Mật độ của lô đất nhỏ", "Density of a small lot"),
    "floors_min": Text("Số tầng tối thiểu", "Least floors"),
    "floors_max": Text("Số tầng tối đa", "Most floors"),
    "height_max": Text("Chiều cao tối đa", "Greatest height"),
    "far_max": Text("Hệ số sử dụng đất tối đa", "Greatest floor area ratio"),
    "ground_level": Text("Cốt nền xây dựng (Hòn Dấu)", "Ground level (Hòn Dấu)"),
    "red_line": Text("Chỉ giới đường đỏ, tính từ tim đường", "Red line, from the centre line"),
    "building_line": Text("Chỉ giới xây dựng, tính từ tim đường", "Building line, from the centre line"),
    "setback": Text("Khoảng lùi so với chỉ giới đường đỏ", "Setback from the red line"),
    "outline": Text("Phần đất được xây dựng", "Ground that may be built on"),
    "footprint_max": Text("Diện tích xây dựng tối đa", "Largest footprint"),
    "floor_area_max": Text("Tổng diện tích sàn tối đa", "Largest floor area"),
}


#: Those that are words; signs are the same in both languages.
_UNITS = {"floors": Text("tầng", "floors"), "times": Text("lần", "times")}


def unit_text(unit: str) -> Text:
    """A unit as people read it."""
    return _UNITS.get(unit, Text(unit, unit))


@dataclass(frozen=True, slots=True)
class Line:
    """``stated`` is what the plan alone says where a decision from it cannot be made.

    A line of which only a part is verified (`doubtful`) says so whatever its rule says. ``holds_for`` names
    the part of the parcel that a figure is of, where others have others.
    """

    code: str
    outcome: Outcome
    value: float | int | str | None = None
    unit: str | None = None
    reason: Text | None = None
    rule: Rule | None = None
    source: Mapping[str, Any] | None = None
    zone: int | None = None
    street: int | None = None
    stated: float | None = None
    doubtful: bool = False
    holds_for: Text | None = None

    def told(self, language: Language) -> dict[str, Any]:
        """As JSON; the places that a line is of are told where it has one."""
        rule = self.rule.told(language) if self.rule is not None else None
        if rule is not None and self.doubtful:
            rule["verified"] = False
        told = {
            "code": self.code,
            "title": TITLES[self.code].in_language(language),
            "value": round(self.value, 2) if isinstance(self.value, float) else self.value,
            "unit": unit_text(self.unit).in_language(language) if self.unit is not None else None,
            "outcome": self.outcome,
            "reason": self.reason.in_language(language) if self.reason is not None else None,
            "rule": rule,
            "source": dict(self.source) if self.source is not None else None,
        }
        places: dict[str, Any] = {
            "feature_id": self.zone,
            "street_id": self.street,
            "stated": self.stated,
            "holds_for": self.holds_for.in_language(language) if self.holds_for is not None else None,
        }
        return told | {name: value for name, value in places.items() if value is not None}


def zone_source(hit: Mapping[str, Any]) -> dict[str, Any]:
    """Plan, decision and article of a zone."""
    return {
        "layer": "zoning",
        "feature_id": hit["feature_id"],
        "plan": hit["plan_name"],
        "decision_no": hit["decision_no"],
        "decision_date": _iso(hit["decision_date"]),
        "legal_basis": hit["legal_basis"],
        "source_date": _iso(hit["source_date"]),
    }


def street_source(street_id: int, source_date: date) -> dict[str, Any]:
    """A street as it was delivered."""
    return {"layer": "streets", "feature_id": street_id, "source_date": _iso(source_date)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
