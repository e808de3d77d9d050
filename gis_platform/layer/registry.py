"""Finding the layers: every module of the layers room that holds a ``LAYER`` is one. There is no list."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points

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
    layers = []
    for package in packages:
        room = importlib.import_module(package)
        for module in pkgutil.iter_modules(room.__path__, f"{package}."):
            found = getattr(importlib.import_module(module.name), "LAYER", None)
            if isinstance(found, Layer):
                layers.append(found)
    return Registry(layers)


def layer_packages() -> tuple[str, ...]:
    """The rooms that hold layers, as installed: entry points of group ``gis_platform.layers``."""
    return tuple(sorted({point.value for point in entry_points(group="gis_platform.layers")}))


@cache
def installed_layers() -> Registry:
    """Every layer of this installation."""
    return discover(*layer_packages())
