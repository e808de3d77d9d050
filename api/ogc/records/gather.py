"""Everything the catalogue holds for one caller."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.access import may_read
from api.ogc.records.entry import Entry
from api.ogc.records.layers import layer_entry
from gis_platform.layer.summary import read_summaries


async def entries_of(
    work: Work, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings
) -> list[Entry]:
    """An entry for each layer the caller may see; no other is named."""
    seen = [layer for layer in layers.values() if may_read(layer, work.caller)]
    told = await read_summaries(work.raw, seen, work.caller.role, begins=True)
    return [layer_entry(one, city, settings.address) for one in told]


Entries = Annotated[list[Entry], Depends(entries_of)]
