"""What a person says of a raster when delivering it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gis_platform.access.roles import EVERYONE, Audience
from gis_platform.clock.bounds import EARLIEST, LATEST, on_record
from gis_platform.errors import BadParameter
from gis_platform.folding import nfc
from gis_platform.layer.declaration import CATALOGUE
from gis_platform.raster.entry import Kind

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST = {"title": 200, "title_en": 200, "unit": 40, "source": 500, "licence": 200, "note": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterRequest:
    """One delivery of one raster file; ``replace`` is the word that the version of that day may go."""

    file: Path
    name: str
    date: date
    kind: Kind
    title: str
    title_en: str
    source: str
    licence: str
    unit: str | None = None
    note: str | None = None
    crs: str | None = None
    nodata: float | None = None
    palette: str | None = None
    model_output: bool = False
    synthetic: bool = False
    replace: bool = False
    audience: Audience = EVERYONE
    registered_by: str = "unknown"

    def texts(self) -> dict[str, str | None]:
        """Its words, composed and trimmed.

        Raises:
            BadParameter: one is empty or too long.
        """
        return {name: self._text(name, most) for name, most in _LONGEST.items()}

    def require_sound(self, layers: Any) -> None:
        """Raises `BadParameter` for a name, day, or text that cannot be."""
        if not _NAME.fullmatch(self.name):
            raise BadParameter(
                f"--name {self.name[:60]!r}: small letters, digits and _, a letter first, at most 40.",
                parameter="name",
            )
        if self.name in layers or self.name == CATALOGUE:
            raise BadParameter(
                f"--name {self.name}: that is a layer, or the catalogue; give the raster another.",
                parameter="name",
            )
        if not on_record(self.date):
            raise BadParameter(f"--date must lie between {EARLIEST} and {LATEST}.", parameter="date")
        if self.kind is Kind.MEASURE and not self.unit:
            raise BadParameter("A measure needs its unit: --unit dS/m.", parameter="unit")
        self.texts()

    def _text(self, name: str, most: int) -> str | None:
        given = getattr(self, name)
        if given is None:
            return None
        text = nfc(" ".join(str(given).split()))
        if not text or len(text) > most or "\x00" in text:
            option = f"--{name.replace('_', '-')}"
            raise BadParameter(f"{option} must hold 1 to {most} characters.", parameter=name)
        return text
