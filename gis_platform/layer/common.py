"""Properties that every layer has."""

from gis_platform.layer.declaration import Property
from gis_platform.layer.text import Text

SOURCE_DATE = Property(
    name="source_date", title=Text("Ngày của nguồn dữ liệu", "Date of the source"), aliases=("ngay_nguon",)
)
