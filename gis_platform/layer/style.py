"""How a layer looks: enough to make a MapLibre style, a folium style and a legend from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gis_platform.layer.text import Text

Pattern = Literal["none", "diagonal", "cross", "dots", "horizontal"]
Icon = Literal["wifi", "camera", "gauge", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleClass:
    """One entry of a legend: features whose ``Style.by`` property is one of ``values``.

    ``pattern`` stands beside the colour so that the map reads without colour vision.
    """

    values: tuple[str | bool, ...]
    label: Text
    color: str
    pattern: Pattern = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Colours are ``#rrggbb``; widths are pixels; ``order`` is the place from the ground up.

    ``by`` names the property whose value picks a class; without one the layer has a single look.
    ``label`` names the property written on the map from zoom ``label_from``.
    """

    order: int
    color: str
    outline: str
    opacity: float = 1.0
    width: float = 1.0
    width_by: str | None = None
    pattern: Pattern = "none"
    by: str | None = None
    classes: tuple[StyleClass, ...] = ()
    label: str | None = None
    label_from: float = 15
    shown: bool = True
    base: bool = False
    """Part of the ground map: drawn, but not a subject a person switches on and off."""
    icon: Icon | None = None
    """Sign within the point, so that subjects differ by more than colour."""
    drawn: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    """Only features with these values of a property are drawn, where a layer holds more than one map."""
    over: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Properties and their values from the ground up, the weightiest first: what lies over what, before the
    order of the classes."""
    lasts: tuple[str, str] | None = None
    """Properties with a feature's first and last day: on the map of another day they replace ``drawn``."""
