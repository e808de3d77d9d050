"""What QGIS reads of a running server, as one line of JSON: run with the system's own Python, which has QGIS.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/clients/qgis/reading.py http://127.0.0.1:8000

QGIS 3.22 may crash on its way out, when all is said: the line counts, and not how the process ends.
"""

import json
import math
import sys
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

LAYERS = ("waters", "parcels", "zoning", "streets", "admin_units", "hotspots", "sensors")
WARD = "28249"
#: West, south, east, north in CRS84.
BOX = (106.355, 10.345, 106.365, 10.355)


def ids(layer: Any, request: Any = None) -> list[int]:
    """The server's ids of the features that come."""
    features = layer.getFeatures(request) if request is not None else layer.getFeatures()
    return [feature.id() for feature in features]


def features(url: str, name: str) -> dict[str, Any]:
    """A layer over OGC API Features: whole, and where it is parcels by condition and by box."""
    layer = QgsVectorLayer(f"url='{url}/ogc' typename='{name}'", name, "OAPIF")
    if not layer.isValid():
        return {"valid": False}
    extent = layer.extent()
    told: dict[str, Any] = {
        "valid": True,
        "count": layer.featureCount(),
        "ids": ids(layer),
        "crs": layer.crs().authid(),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "first": next(layer.getFeatures()).geometry().asWkt(9),
        "writes": bool(layer.dataProvider().capabilities() & layer.dataProvider().EditingCapabilities),
    }
    if name == "parcels":
        told["in_box"] = ids(layer, QgsFeatureRequest(QgsRectangle(*BOX)))
        layer.setSubsetString(f"\"unit_code\" = '{WARD}'")
        told["of_ward"] = ids(layer)
    return told


def drawn(url: str, name: str, lon: float, lat: float) -> int:
    """How many colours vector tiles of a layer have in its published style, 300 m around a place."""
    tiles = f"{url}/ogc/collections/{name}/tiles/WebMercatorQuad/%7Bz%7D/%7By%7D/%7Bx%7D"
    layer = QgsVectorTileLayer(f"type=xyz&url={tiles}&zmin=0&zmax=18&styleUrl={url}/ogc/styles/{name}", name)
    if not layer.isValid() or not layer.loadDefaultStyle()[1]:
        return 0
    x = math.radians(lon) * 6378137
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * 6378137
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(400, 400))
    settings.setExtent(QgsRectangle(x - 300, y - 300, x + 300, y + 300))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return len({image.pixel(i, j) for i in range(400) for j in range(400)})


def main(url: str) -> None:
    """Read everything and say it."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    told = {name: features(url, name) for name in LAYERS}
    colours = {name: drawn(url, name, 106.365, 10.356) for name in ("parcels", "streets", "zoning")}
    sys.stdout.write(json.dumps({"layers": told, "colours": colours}) + "\n")
    sys.stdout.flush()


main(sys.argv[1])
