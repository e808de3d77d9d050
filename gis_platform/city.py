"""A city is configuration and data: its profile is one TOML file, and nothing else names it."""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gis_platform.errors import BadParameter
from gis_platform.freshness.stated import StatedContract
from gis_platform.layer.text import Text

_PROFILES = Path(__file__).parent / "cities"


class Envelope(BaseModel):
    """A box in WGS 84 degrees, longitude and latitude."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)

    def contains(self, lon: float, lat: float, margin: float = 0.0) -> bool:
        """True where the point lies in the box, on its edge, or at most ``margin`` degrees outside."""
        across = self.west - margin <= lon <= self.east + margin
        return across and self.south - margin <= lat <= self.north + margin

    def as_tuple(self) -> tuple[float, float, float, float]:
        """west, south, east, north in degrees."""
        return (self.west, self.south, self.east, self.north)


class SavedMapping(BaseModel):
    """How the columns of a known source are called here: ``columns`` maps property to file column."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    ignore: tuple[str, ...] = ()
    file_layer: str | None = None
    where: str | None = None


class Licence(BaseModel):
    """Under which terms data may be used: its name, where it can be read, its SPDX identifier."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title_vi: str
    title_en: str
    uri: str | None = Field(None, pattern=r"^https?://")
    spdx: str | None = Field(None, pattern=r"^[A-Za-z0-9.+-]{1,60}$")

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(self.title_vi, self.title_en)


class Contact(BaseModel):
    """Who answers for the data."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name_vi: str
    name_en: str
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$")
    phone: str | None = None
    uri: str | None = Field(None, pattern=r"^https?://")

    @property
    def name(self) -> Text:
        """Its name in both languages."""
        return Text(self.name_vi, self.name_en)


class City(BaseModel):
    """One city: its names, working grid, envelope, time zone, and the mappings of its sources.

    ``licence``, ``contact`` and ``publisher`` are facts of the city and None until it states them: nothing is
    assumed, save that whom to ask publishes where no publisher is named.
    ``licences`` holds those of single layers, by name.
    ``surroundings`` are names that people write behind a ward: of its province, today's or a former one, and
    of the country.
    ``rule_sets`` names the files of rules that hold in it; without any, what needs a rule cannot be decided.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    title_vi: str
    title_en: str
    working_srid: int
    envelope: Envelope
    centre: tuple[float, float]
    zoom: float = 14
    timezone: str
    demo: bool = False
    attribution_vi: str = "Chưa công bố đơn vị cung cấp dữ liệu."
    attribution_en: str = "The provider of the data is not stated."
    contact: Contact | None = None
    publisher: Contact | None = None
    licence: Licence | None = None
    licences: dict[str, Licence] = {}
    mappings: dict[str, dict[str, SavedMapping]] = {}
    contracts: dict[str, dict[str, StatedContract]] = {}
    rule_sets: tuple[str, ...] = ()
    surroundings: tuple[str, ...] = ()

    @property
    def database(self) -> str:
        """Name of the city's database in the private cluster."""
        return f"gis_{self.name}"

    @property
    def attribution(self) -> Text:
        """Whose data it is, as it must be told beside it."""
        return Text(self.attribution_vi, self.attribution_en)

    @property
    def around(self) -> tuple[str, ...]:
        """Names of what its wards lie in, its own first."""
        return tuple(dict.fromkeys((self.title_vi, self.title_en, *self.surroundings)))

    def today(self) -> date:
        """The civil day in the city, whatever the zone of the machine."""
        return datetime.now(ZoneInfo(self.timezone)).date()

    def licence_of(self, layer: str) -> Licence | None:
        """The licence of a layer's data; None where none is stated."""
        return self.licences.get(layer, self.licence)

    def mapping(self, layer: str, source: str | None) -> SavedMapping | None:
        """The saved mapping of a source for a layer; with one known source it needs no name."""
        known = self.mappings.get(layer, {})
        if source is not None:
            return known.get(source)
        return next(iter(known.values())) if len(known) == 1 else None


@cache
def load_city(name_or_path: str) -> City:
    """Read a profile by name or by path.

    Raises:
        BadParameter: the profile is unknown or says something it may not; the detail tells which.
    """
    file = Path(name_or_path)
    if file.suffix != ".toml":
        file = _PROFILES / f"{name_or_path.replace('-', '_')}.toml"
    if not file.is_file():
        known = ", ".join(sorted(f.stem for f in _PROFILES.glob("*.toml")))
        raise BadParameter(
            f"There is no city profile {name_or_path!r}. Known: {known}; or give a TOML file.",
            parameter="GIS_CITY",
        )
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return City.model_validate(content)
    except (tomllib.TOMLDecodeError, ValidationError) as fault:
        raise BadParameter(
            f"The city profile {file} cannot be used: {fault}", parameter="GIS_CITY"
        ) from fault
