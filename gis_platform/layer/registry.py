"""Finding the layers: every module of the layers room that holds a ``LAYER`` is one. There is no list."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points

from gis_platform.layer.concern import Concern
from gis_platform.layer.declaration import Layer


class Registry(Mapping[str, Layer]):
    """The layers by name, in drawing order from the ground up."""

    def __init__(self, layers: list[Layer]) -> None:
        ordered = sorted(layers, key=lambda layer: (layer.style.order, layer.name))
        self._layers = {layer.name: layer for layer in ordered}
        if len(self._layers) != len(layers):
            raise ValueError("two layers have one name: " + ", ".join(sorted(la.name for la in layers)))

    def __getitem__(self, name: str) -> Layer:
        return self._layers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)


def discover(*packages: str) -> Registry:
    """Import the modules directly under each package and gather their ``LAYER``."""
    return Registry([found for found in held_in(packages, "LAYER") if isinstance(found, Layer)])


def held_in(packages: Iterable[str], name: str) -> Iterator[object]:
    """What the modules directly under each package hold under a name; None where one holds nothing."""
    for package in packages:
        room = importlib.import_module(package)
        for module in pkgutil.iter_modules(room.__path__, f"{package}."):
            yield getattr(importlib.import_module(module.name), name, None)


def layer_packages() -> tuple[str, ...]:
    """The rooms that hold layers, as installed: entry points of group ``gis_platform.layers``."""
    return tuple(sorted({point.value for point in entry_points(group="gis_platform.layers")}))


@cache
def installed_layers() -> Registry:
    """Every layer of this installation."""
    return discover(*layer_packages())


@cache
def installed_concerns() -> tuple[Concern, ...]:
    """What besides layers is asked whom a change concerns, by name."""
    found = [one for one in held_in(layer_packages(), "CONCERN") if isinstance(one, Concern)]
    return tuple(sorted(found, key=lambda concern: concern.name))
