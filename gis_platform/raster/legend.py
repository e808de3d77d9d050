"""What the colours of a raster mean, in words."""

from dataclasses import dataclass

from gis_platform.layer.text import Language
from gis_platform.raster.entry import RasterEntry
from gis_platform.raster.style import PictureStyle, read_style
from gis_platform.vietnamese_numbers import format_number


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One colour ``#rrggbb`` and the value, in the raster's unit, that it stands for or begins at."""

    value: float
    color: str
    label: str


def legend_of(entry: RasterEntry, language: Language) -> list[LegendEntry]:
    """The legend of a raster; nothing for a picture, which shows what it shows."""
    style = read_style(entry.style)
    if isinstance(style, PictureStyle):
        return []
    return [
        LegendEntry(
            one.value,
            one.color,
            (one.label_vi if language == "vi" else one.label_en)
            or _bare(one.value, entry.unit, language, codes=style.form == "classes"),
        )
        for one in style.entries
    ]


def _bare(value: float, unit: str | None, language: Language, *, codes: bool) -> str:
    plain = f"{value:g}"
    if codes:
        return plain
    if language == "vi" and "e" not in plain:
        plain = format_number(value, len(plain.partition(".")[2]))
    return f"{plain} {unit}" if unit else plain
