"""Open cases are concerned when the feature they speak of changes, or the ground under it."""

from gis_platform.layer.concern import Concern
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CONCERN = Concern(
    name="cases",
    title=Text("Hồ sơ đang giải quyết", "Open cases"),
    impact=SQL["impact"],
)
