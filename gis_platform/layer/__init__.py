"""A layer is one declaration; everything else about it is derived."""

from gis_platform.layer.checks import Checks, Codes, Coverage, Lying, Successor
from gis_platform.layer.coarse import Coarse
from gis_platform.layer.columns import layer_table
from gis_platform.layer.common import SOURCE_DATE
from gis_platform.layer.concern import Concern
from gis_platform.layer.declaration import Cycle, Geometry, Layer, Property
from gis_platform.layer.registry import Registry, discover, installed_concerns, installed_layers
from gis_platform.layer.style import Style, StyleClass
from gis_platform.layer.text import Text

__all__ = [
    "SOURCE_DATE",
    "Checks",
    "Coarse",
    "Codes",
    "Concern",
    "Coverage",
    "Cycle",
    "Geometry",
    "Layer",
    "Lying",
    "Property",
    "Registry",
    "Style",
    "StyleClass",
    "Successor",
    "Text",
    "discover",
    "installed_concerns",
    "installed_layers",
    "layer_table",
]
