"""What the catalogue knows of one dated raster."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from gis_platform.geometry.envelope import Bounds
from gis_platform.layer.text import Text


class Kind(StrEnum):
    """What the values are: a picture, heights, a quantity, or codes of classes."""

    ORTHOPHOTO = "orthophoto"
    ELEVATION = "elevation"
    MEASURE = "measure"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterEntry:
    """One version of a raster: ``name`` on ``date``. Bounds are WGS 84 degrees, ``resolution_m`` metres."""

    id: int
    name: str
    date: date
    kind: Kind
    title_vi: str
    title_en: str
    unit: str | None
    source: str
    licence: str
    note: str | None
    model_output: bool
    synthetic: bool
    file: str
    file_sha256: str
    source_srid: int
    srid: int
    west: float
    south: float
    east: float
    north: float
    width: int
    height: int
    resolution_m: float
    bands: int
    dtype: str
    nodata: str | None
    style: Mapping[str, Any]
    statistics: Mapping[str, Any]
    audience: tuple[str, ...]
    registered_at: datetime

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """From a row of ``core.raster``."""
        values = {field.name: row[field.name] for field in fields(cls)}
        return cls(**values | {"kind": Kind(row["kind"]), "audience": tuple(row["audience"])})

    @property
    def title(self) -> Text:
        """Its title in both languages."""
        return Text(self.title_vi, self.title_en)

    @property
    def bounds(self) -> Bounds:
        """west, south, east, north in WGS 84 degrees."""
        return (self.west, self.south, self.east, self.north)

    @property
    def caution(self) -> Text | None:
        """What a reader must know before believing a value; None for what was measured or photographed."""
        if self.synthetic:
            return Text("Dữ liệu minh hoạ", "Made-up data")
        if self.model_output:
            return Text(
                "Kết quả mô hình, chưa được kiểm chứng thực địa", "Model output, not verified on the ground"
            )
        return None
