"""The map's style as other programs take it: whole addresses, and its pictures as a sprite."""

from collections.abc import Sequence
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from web_map.assets.files import MapFiles
from web_map.style.document import map_style

MEDIA_TYPE = "application/vnd.mapbox.style+json"


def published_style(
    layers: Sequence[Layer], city: City, language: Language, files: MapFiles, base: str
) -> dict[str, Any]:
    """The style of some layers. A style of one layer shows it, whatever the map shows at first, and paints no
    ground: programs such as QGIS lay one over another, and the ground would hide those below.
    """
    style = map_style(layers, city, language, files.font_faces)
    for source in style["sources"].values():
        source["tiles"] = [base + address for address in source["tiles"]]
        source["attribution"] = city.attribution.in_language(language)
    style["font-faces"] = {
        name: [face | {"url": base + face["url"]} for face in faces]
        for name, faces in style["font-faces"].items()
    }
    style["sprite"] = base + files.sprites.address("sprite.json").removesuffix(".json")
    if len(layers) == 1:
        style["name"] = layers[0].title.in_language(language)
        style["layers"] = [drawn for drawn in style["layers"] if drawn["type"] != "background"]
        for drawn in style["layers"]:
            if "visibility" in drawn.get("layout", {}):
                drawn["layout"]["visibility"] = "visible"
    return style
