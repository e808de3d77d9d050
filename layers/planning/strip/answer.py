"""A strip, whole: its street, its ground, and what lies there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import Layer
from gis_platform.layer.text import Language, Text
from layers.parcels import LAYER as PARCELS
from layers.planning.asking.beginning import require_data
from layers.planning.asking.question import Times
from layers.planning.building.drawing import as_geojson
from layers.planning.sources import source_line
from layers.planning.strip.ground import Ground, ground_along
from layers.planning.strip.others import Found, others_within
from layers.planning.strip.parcels import Beside, parcels_within
from layers.planning.strip.street import AskedStreet
from layers.planning.tolerance import tolerance_on
from layers.streets import LAYER as STREETS

_TODAY = Text(
    "Đường này chưa có bề rộng quy hoạch trong dữ liệu; ranh giới được lấy theo nửa bề rộng hiện trạng, "
    "không phải chỉ giới đường đỏ.",
    "No planned width is loaded for this street: the line is half of today's width from its centre, which is "
    "no red line.",
)
_NO_HISTORY = Text(
    "Đường và bề rộng quy hoạch là của hiện nay: dữ liệu đường không lưu lịch sử.",
    "The street and its planned width are those of now: of streets no history is kept.",
)
_DISCLAIMER = Text(
    "Kết quả tra cứu chỉ có giá trị tham khảo, không thay cho văn bản cung cấp thông tin quy hoạch.",
    "This look-up is for reference only and does not replace a written planning statement.",
)


@dataclass(frozen=True, slots=True)
class Strip:
    """What lies within the strip on the day asked about. ``hidden`` layers are not shown to the caller."""

    street: AskedStreet
    ground: Ground
    srid: int
    times: Times
    parcels: list[Beside]
    others: list[Found]
    hidden: int

    @property
    def synthetic(self) -> bool:
        """Whether anything of it is made up."""
        made_up = self.street.synthetic or any(parcel.synthetic for parcel in self.parcels)
        return made_up or any(found.synthetic for found in self.others)

    def head(self, today: date, language: Language) -> dict[str, Any]:
        """Everything but the list of parcels, as JSON."""
        street = self.street
        return {
            "street": {
                "id": street.id,
                "name": street.name,
                "kind": street.kind,
                "width_m": street.width_m,
                "planned_width_m": street.planned_width_m,
                "units": street.units,
                "source_date": street.source_date.isoformat(),
            },
            "metres": self.ground.metres,
            "as_of": (self.times.as_of or today).isoformat(),
            "line": {
                "rests_on": "planned_width" if street.planned else "width",
                "from_centre_m": street.half_m,
                "length_m": round(street.line.length, 2),
            },
            "strip": {
                "area_m2": round(self.ground.whole.area, 2),
                "road_m2": round(self.ground.road.area, 2),
                "geometry": as_geojson(self.ground.whole, self.srid),
                "road": as_geojson(self.ground.road, self.srid),
            },
            "totals": self._totals(),
            "layers": [found.told(language) for found in self.others],
            "hidden_layers": self.hidden,
            "notices": [notice.in_language(language) for notice in self._notices()],
            "sources": self._sources(today, language),
            "synthetic": self.synthetic,
            "disclaimer": _DISCLAIMER.in_language(language),
        }

    def _totals(self) -> dict[str, Any]:
        """Slivers are no ground that a road takes."""
        taken = [p for p in self.parcels if p.taken_m2 > tolerance_on(p.parcel_m2)]
        return {
            "parcels": len(self.parcels),
            "area_m2": round(sum(parcel.area_m2 for parcel in self.parcels), 2),
            "taken_parcels": len(taken),
            "taken_m2": round(sum(parcel.taken_m2 for parcel in taken), 2),
        }

    def _notices(self) -> list[Text]:
        told = [] if self.street.planned else [_TODAY]
        return [*told, _NO_HISTORY] if not self.times.present else told

    def _sources(self, today: date, language: Language) -> list[dict[str, Any]]:
        street = self.street
        sources = [source_line(STREETS, street.source_date, street.synthetic, today, language)]
        if self.parcels:
            oldest = min(parcel.source_date for parcel in self.parcels)
            made_up = any(parcel.synthetic for parcel in self.parcels)
            sources.insert(0, source_line(PARCELS, oldest, made_up, today, language))
        return sources


async def strip_along(
    work: UnitOfWork,
    street: AskedStreet,
    metres: float,
    srid: int,
    layers: Iterable[Layer],
    times: Times,
    language: Language,
) -> Strip:
    """What lies within ``metres`` of the planned line of a street, on either side.

    Raises:
        BadParameter: the strip is larger than one may ask for.
        NotFound: the day lies before the data.
    """
    ground = ground_along(street, metres, language)
    parcels = await parcels_within(work, ground, srid, times, planned=street.planned)
    if not parcels:
        await require_data(work, times, language)
    others, hidden = await others_within(work, layers, ground, srid, times, street.id, language)
    return Strip(street, ground, srid, times, parcels, others, hidden)
