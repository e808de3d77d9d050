"""Everything the catalogue holds for one caller."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.access import may_read
from api.ogc.records.entry import Entry
from api.ogc.records.layers import layer_entry
from api.ogc.records.rasters import raster_entry
from gis_platform.access.scopes import allows
from gis_platform.layer.summary import read_summaries
from gis_platform.raster.catalogue import all_rasters


async def entries_of(
    work: Work, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings
) -> list[Entry]:
    """An entry for each layer and raster the caller may see; no other is named."""
    seen = [layer for layer in layers.values() if may_read(layer, work.caller)]
    told = await read_summaries(work.raw, seen, work.caller.role, begins=True)
    # The row policy of rasters looks at the role; a key may be for fewer.
    rasters = [
        versions
        for name, versions in (await all_rasters(work.raw)).items()
        if allows(work.caller.scopes, "read", name)
    ]
    return [
        *(layer_entry(one, city, settings.address) for one in told),
        *(raster_entry(versions, city, settings.address) for versions in rasters),
    ]


Entries = Annotated[list[Entry], Depends(entries_of)]
