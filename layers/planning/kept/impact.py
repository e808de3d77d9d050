"""Kept answers that speak of a parcel which a delivery changes."""

from gis_platform.layer.concern import Concern
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CONCERN = Concern(
    name="planning_answers",
    title=Text("Kết quả tra cứu quy hoạch đã lưu", "Kept planning answers"),
    impact=SQL["impact"],
)
