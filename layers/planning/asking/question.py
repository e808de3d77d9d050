"""What a question for parcels is made of, and what is found for it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shapely import MultiPolygon, Polygon

from gis_platform.layer.text import Language, Text

#: Of a drawing or a corner table: of more ground, or more parcels, nobody reads one answer.
MOST_GROUND_M2 = 500_000.0
MOST_PARCELS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The day that is asked about, and the moment whose knowledge is asked for; None is the present."""

    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def present(self) -> bool:
        """True where the lean table alone holds the answer."""
        return self.as_of is None and self.known_at is None

    def told(self) -> Text:
        """Of which day or moment there is talk, as the end of a sentence; empty for the present."""
        if self.as_of is not None:
            return Text(f" vào ngày {self.as_of:%d/%m/%Y}", f" on {self.as_of}")
        if self.known_at is not None:
            return Text(
                f" theo dữ liệu đã có vào lúc {self.known_at:%H:%M %d/%m/%Y} (UTC)",
                f" in the data as it was known at {self.known_at:%Y-%m-%d %H:%M} UTC",
            )
        return Text("", "")

    def parameters(self) -> dict[str, str]:
        """For queries: PostgreSQL's ``infinity``, which lies in every open period, is the present."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else "infinity",
            "known_at": self.known_at.isoformat() if self.known_at else "infinity",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, as it was written; exactly one of the ways.

    Attributes:
        point: longitude, latitude in WGS 84 degrees.
        sheet, parcel: the two numbers of a parcel, with ``unit``, a code or a name of any generation, and
            ``issued``, the day of the paper on which they stand.
        area: a GeoJSON polygon in WGS 84 degrees.
        corners: rows of point number, X (northing) and Y (easting) in the grid ``crs``, an EPSG code; the
            city's working grid where it is None.
        parcels: several parcels as one site, each by number, identifier or id.
    """

    point: tuple[float, float] | None = None
    sheet: str | None = None
    parcel: str | None = None
    unit: str | None = None
    issued: date | None = None
    identifier: str | None = None
    address: str | None = None
    id: int | None = None
    area: Any = None
    corners: str | None = None
    crs: int | None = None
    parcels: "tuple[Question, ...]" = ()
    language: Language = "vi"


@dataclass(frozen=True, slots=True)
class Place:
    """A parcel as it was called: the unit it was filed under, its sheet and its number."""

    unit: str | None
    sheet: str
    parcel: str
    parcel_id: int | None = None
    share: float | None = None
    """Of the ground of the parcel that the step leads from, 0 to 1."""

    def document(self) -> dict[str, Any]:
        """As an answer tells it; what is not known is left out."""
        told = {"unit": self.unit, "sheet": self.sheet, "parcel": self.parcel}
        if self.parcel_id is not None:
            told = {"parcel_id": self.parcel_id, **told}  # type: ignore[dict-item]
        return told if self.share is None else {**told, "share": round(self.share, 4)}


STEP_KINDS = {
    "split": Text("Tách thửa", "Split"),
    "merged": Text("Hợp thửa", "Merged"),
    "reshaped": Text("Sắp xếp lại ranh giới", "Land dealt out anew"),
    "renumbered": Text("Đổi số tờ, số thửa", "Renumbered"),
    "unit_merged": Text("Sáp nhập đơn vị hành chính", "Units merged"),
    "overlap": Text("Đối chiếu theo vị trí", "Found by its ground"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One event between the number that was asked and the parcels it means.

    ``origin`` is the parcel as it was before, ``targets`` what became of it. ``on`` is None where nobody says
    when it was. ``basis`` tells what says so.
    """

    kind: str
    on: date | None
    origin: Place
    targets: tuple[Place, ...]
    basis: Text
    delivery_id: int | None = None
    also_from: tuple[Place, ...] = ()

    def document(self, language: Language) -> dict[str, Any]:
        """As an answer tells it."""
        told: dict[str, Any] = {
            "kind": self.kind,
            "kind_title": STEP_KINDS[self.kind].in_language(language),
            "on": self.on.isoformat() if self.on else None,
            "from": self.origin.document(),
            "to": [place.document() for place in self.targets],
            "basis": self.basis.in_language(language),
            "delivery_id": self.delivery_id,
        }
        if self.also_from:
            told["also_from"] = [place.document() for place in self.also_from]
        return told


@dataclass(frozen=True, slots=True)
class Ground:
    """What was drawn, or given by its corners, in metres of the working grid ``srid``."""

    geometry: Polygon | MultiPolygon
    srid: int
    given_as: str

    @property
    def area_m2(self) -> float:
        """Its size."""
        return float(self.geometry.area)


@dataclass(frozen=True, slots=True)
class Found:
    """The parcels meant, and what a person should know about how they were found.

    ``ambiguous`` is true where what was asked has several meanings, not where one parcel became several.
    ``understood`` is an address as it was read, ``unit`` the unit that goes with a number, ``units`` those of
    the parts of a site, in their order.
    """

    ids: list[int]
    notices: list[Text] = field(default_factory=list)
    ground: Ground | None = None
    path: list[Step] = field(default_factory=list)
    ambiguous: bool = False
    understood: str | None = None
    unit: str | None = None
    units: tuple[str | None, ...] = ()


SEVERAL = Text(
    "Có nhiều thửa đất cùng số tờ, số thửa (hoặc cùng vị trí). "
    "Hãy chọn đúng thửa theo phường, xã và địa chỉ.",
    "Several parcels have this number (or lie at this place). Choose by ward and address.",
)
BEGINS_LATER = Text(
    "Có thể dữ liệu bắt đầu sau thời điểm đó; hãy thử một ngày gần hơn.",
    "The data may begin later; try a more recent day.",
)
