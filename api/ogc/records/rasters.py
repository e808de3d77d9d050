"""Entries of the rasters: one a name, over all its dated versions."""

from collections.abc import Sequence

from api.ogc.records.entry import Distribution, Entry
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer.text import Text
from gis_platform.raster.entry import RasterEntry
from web_map.texts import LANGUAGES

_MAP = Text("Bản đồ (hình ảnh)", "Map")
_COLLECTION = Text("Dữ liệu raster (OGC API)", "Raster (OGC API)")
_KEYWORD = Text("dữ liệu raster", "raster")


def raster_entry(versions: Sequence[RasterEntry], city: City, base: str) -> Entry:
    """One raster, its versions newest first; its licence is what whoever registered it wrote."""
    newest, oldest = versions[0], versions[-1]
    here = f"{base}/ogc/collections/{newest.name}"
    notes = Text(newest.note or newest.title_vi, newest.note or newest.title_en)
    caution = newest.caution
    description = (
        Text(f"{notes.vi.rstrip('.')}. {caution.vi}.", f"{notes.en.rstrip('.')}. {caution.en}.")
        if caution
        else notes
    )
    about = {
        "source_date": oldest.date.isoformat(),
        "newest_source_date": newest.date.isoformat(),
        "age_days": (city.today() - newest.date).days,
        "cycle": None,
        "overdue": False,
        "synthetic": any(one.synthetic for one in versions),
        "rights": newest.licence,
        "attribution": newest.source,
        "deliveries": len(versions),
    }
    return Entry(
        id=newest.name,
        title=newest.title,
        description=description,
        keywords=(newest.title, _KEYWORD),
        bounds=(
            min(one.west for one in versions),
            min(one.south for one in versions),
            max(one.east for one in versions),
            max(one.north for one in versions),
        ),
        first=oldest.date,
        last=newest.date,
        created=min(one.registered_at for one in versions),
        updated=max(one.registered_at for one in versions),
        about=dict.fromkeys(LANGUAGES, about),
        frequency="UNKNOWN",
        public=Role.PUBLIC.value in newest.audience,
        synthetic=any(one.synthetic for one in versions),
        licence=Text(newest.licence, newest.licence),
        licence_uri=None,
        distributions=(
            Distribution(href=here, rel="describes", media_type="application/json", title=_COLLECTION),
            Distribution(href=f"{here}/map?f=png", rel="preview", media_type="image/png", title=_MAP),
        ),
    )
