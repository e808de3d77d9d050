"""One line of a check: what was measured, what is allowed, by which rule, and where it shows on the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Language, Text
from gis_platform.rules import Rule
from layers.planning.building.drawing import as_geojson
from layers.planning.building.lines import unit_text

Outcome = Literal["pass", "fail", "cannot_decide"]

TITLES = {
    "parcel_current": Text("Thửa đất hiện hành", "Parcel is current"),
    "data_age": Text("Dữ liệu trong chu kỳ cập nhật", "Data within its cycle"),
    "conditions": Text("Quy định về điều kiện cấp phép", "Rules on conditions"),
    "land_use": Text("Mục đích sử dụng đất", "Land use"),
    "in_plan": Text("Phù hợp chức năng quy hoạch", "Planned function"),
    "inside_parcel": Text("Công trình nằm trong thửa đất", "Inside the parcel"),
    "road": Text("Không lấn đất đường quy hoạch", "Clear of planned roads"),
    "setback": Text("Khoảng lùi", "Setback"),
    "corridor": Text("Hành lang, khu vực bảo vệ", "Corridors and protected areas"),
    "density": Text("Mật độ xây dựng", "Building density"),
    "floors": Text("Số tầng", "Floors"),
    "height": Text("Chiều cao", "Height"),
    "far": Text("Hệ số sử dụng đất", "Floor area ratio"),
    "permits": Text("Không chồng lấn giấy phép khác", "No overlap with other permits"),
    "neighbours": Text("Thửa liền kề cần thông báo", "Neighbours to notify"),
    "exemption": Text("Có thuộc diện miễn giấy phép", "Whether a permit is needed"),
    "house_number": Text("Số nhà", "House number"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """``geometry``, in the working grid, shows what is wrong or was looked at; ``features`` are parcels.

    ``lots`` tells more of these parcels, each as JSON.
    """

    code: str
    outcome: Outcome
    reason: Text
    measured: float | int | None = None
    allowed: float | int | None = None
    unit: str | None = None
    rule: Rule | None = None
    source: Mapping[str, Any] | None = None
    geometry: BaseGeometry | None = None
    street: int | None = None
    features: tuple[int, ...] = ()
    lots: tuple[Mapping[str, Any], ...] = ()

    def told(self, language: Language, srid: int) -> dict[str, Any]:
        """As JSON; ``geometry`` in WGS 84."""
        told = {
            "code": self.code,
            "title": TITLES[self.code].in_language(language),
            "outcome": self.outcome,
            "reason": self.reason.in_language(language),
            "measured": _rounded(self.measured),
            "allowed": _rounded(self.allowed),
            "unit": unit_text(self.unit).in_language(language) if self.unit else None,
            "rule": self.rule.told(language) if self.rule else None,
            "source": dict(self.source) if self.source else None,
            "street_id": self.street,
            "features": list(self.features),
            "geometry": as_geojson(self.geometry, srid) if self.geometry is not None else None,
        }
        return {**told, "lots": [dict(lot) for lot in self.lots]} if self.lots else told


def overall(lines: list[CheckLine]) -> Outcome:
    """A pass only where every line passes; one that fails is enough to fail."""
    return overall_of(line.outcome for line in lines)


def overall_of(each: Iterable[Outcome]) -> Outcome:
    """The same of outcomes alone."""
    outcomes = set(each)
    if "fail" in outcomes:
        return "fail"
    return "cannot_decide" if "cannot_decide" in outcomes else "pass"


def _rounded(value: float | int | None) -> float | int | None:
    return round(value, 2) if isinstance(value, float) else value
