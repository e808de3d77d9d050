"""What a body asks of an export, in the parameters items takes: one question means one thing everywhere."""

import json
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from gis_platform.city import City
from gis_platform.layer.declaration import Layer


def _joined(value: object) -> object:
    """A list as the text a query has."""
    return ",".join(map(str, value)) if isinstance(value, list) else value


def _written(value: object) -> object:
    """A filter given as an object as the text of one."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


_LIST = {"oneOf": [{"type": "string"}, {"type": "array", "items": {}}]}
_FILTER = {"oneOf": [{"type": "string"}, {"type": "object"}]}
_Text = Annotated[str, Field(max_length=200)]
_List = Annotated[str, BeforeValidator(_joined), Field(max_length=2000), WithJsonSchema(_LIST)]
_Filter = Annotated[str, BeforeValidator(_written), Field(max_length=60_000), WithJsonSchema(_FILTER)]


class WantedExport(BaseModel):
    """The file to make; but for ``collection`` and ``format`` as the parameters of items."""

    model_config = ConfigDict(extra="forbid")
    collection: str = Field(max_length=80, description="Name of a layer, e.g. parcels.")
    format: str = Field(max_length=20, description="gpkg, fgb, shp, csv, geojson or geojsonseq.")
    filter: _Filter | None = Field(None, description="CQL2: text, or an object, which is CQL2 JSON.")
    filter_lang: _Text | None = Field(
        None, alias="filter-lang", description="cql2-text, cql2-json or cql-text."
    )
    filter_crs: _Text | None = Field(None, alias="filter-crs", description="System of the filter.")
    bbox: _List | None = Field(None, description="west,south,east,north.")
    bbox_crs: _Text | None = Field(None, alias="bbox-crs", description="System of the box.")
    crs: _Text | None = Field(None, description="System of the file; CRS84 if not given.")
    properties: _List | None = Field(None, description="Fields, by name; all if not given.")
    datetime: _Text | None = Field(None, description="Day, moment or interval.")
    as_of: _Text | None = Field(None, description="Day on which it held.")
    known_at: _Text | None = Field(None, description="Moment as of whose knowledge; now if not given.")

    def asked(self) -> dict[str, str]:
        """The parameters of items."""
        asked: dict[str, str] = self.model_dump(
            by_alias=True, exclude={"collection", "format"}, exclude_none=True
        )
        if asked.get("filter", "").lstrip().startswith("{"):
            # Nothing in CQL2 text begins so.
            asked.setdefault("filter-lang", "cql2-json")
        return asked


def of_this_moment(asked: dict[str, str], layer: Layer, city: City) -> dict[str, str]:
    """The same question with its moment: a layer with history answers alike however long it takes."""
    if not layer.history:
        return asked
    now = datetime.now(UTC)
    pinned = {"known_at": now.isoformat(), **asked}
    if "as_of" not in asked and "datetime" not in asked:
        pinned["as_of"] = now.astimezone(ZoneInfo(city.timezone)).date().isoformat()
    return pinned
