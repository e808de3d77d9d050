"""How QGIS draws the faults: by severity, and the columns under their titles."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

#: By the words of the report; differing in lightness too, so that they are told apart without colour vision.
_COLOURS = {"Lỗi": "176,0,32", "Cảnh báo": "240,150,0", "Lưu ý": "120,180,230"}
_CLASSES = {"fill": "SimpleFill", "line": "SimpleLine", "marker": "SimpleMarker"}


def qgis_style(symbol: str, titles: Mapping[str, str]) -> str:
    """A QML style: a category for each severity, and aliases for the fields."""
    categories, symbols = [], []
    for number, (word, colour) in enumerate(_COLOURS.items()):
        categories.append(
            f'<category value={quoteattr(word)} label={quoteattr(word)} symbol="{number}" render="true"/>'
        )
        options = "".join(
            f'<Option type="QString" name="{name}" value="{value}"/>'
            for name, value in _drawn(symbol, colour).items()
        )
        symbols.append(
            f'<symbol type="{symbol}" name="{number}" alpha="1" clip_to_extent="1">'
            f'<layer class="{_CLASSES[symbol]}" enabled="1" pass="0" locked="0">'
            f'<Option type="Map">{options}</Option></layer></symbol>'
        )
    aliases = "".join(
        f'<alias field="{field}" index="{index}" name={quoteattr(title)}/>'
        for index, (field, title) in enumerate(titles.items(), start=1)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22" styleCategories="Symbology|Fields|MapTips">'
        '<renderer-v2 type="categorizedSymbol" attr="muc_do" symbollevels="0" forceraster="0">'
        f"<categories>{''.join(categories)}</categories><symbols>{''.join(symbols)}</symbols></renderer-v2>"
        f"<aliases>{aliases}</aliases>"
        "<mapTip>&lt;b&gt;[% quy_tac %]&lt;/b&gt;&lt;br&gt;[% noi_dung %]</mapTip></qgis>"
    )


def _drawn(symbol: str, colour: str) -> dict[str, str]:
    if symbol == "fill":
        return {
            "color": f"{colour},120",
            "outline_color": f"{colour},255",
            "outline_width": "0.6",
            "outline_width_unit": "MM",
            "style": "solid",
        }
    if symbol == "line":
        return {"line_color": f"{colour},255", "line_width": "0.9", "line_width_unit": "MM"}
    return {
        "color": f"{colour},255",
        "outline_color": "255,255,255,255",
        "name": "circle",
        "size": "3",
        "size_unit": "MM",
    }
