"""GDAL's OAPIF driver, as the wheel of pyogrio brings it, in a process of its own.

It waits for answers without letting other threads run, and the tests' server is one of them.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import pyogrio
import shapely


@dataclass(frozen=True)
class Read:
    """A layer as GDAL read it; ``values`` are columns by name."""

    ids: list[int]
    shapes: list[Any]
    crs: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Gdal:
    """GDAL over one server."""

    process: ProcessPoolExecutor
    url: str

    def read(self, layer: str, **options: Any) -> Read:
        """All of a layer. ``options`` are pyogrio's or the driver's; ``headers`` names a file of them."""
        return self.process.submit(_read, self.url, layer, options).result(timeout=60)

    def names(self, headers: str | None = None) -> set[str]:
        """The layers there are."""
        return self.process.submit(_names, self.url, headers).result(timeout=60)

    def about(self, layer: str) -> Mapping[str, Any]:
        """Number, extent, system and fields of a layer without reading it all."""
        return self.process.submit(_about, self.url, layer).result(timeout=60)


def _headers(file: str | None) -> None:
    pyogrio.set_gdal_config_options({"GDAL_HTTP_HEADER_FILE": file})


def _read(url: str, layer: str, options: dict[str, Any]) -> Read:
    _headers(options.pop("headers", None))
    about, ids, shapes, columns = pyogrio.raw.read(url, layer=layer, return_fids=True, **options)
    values = dict(zip(about["fields"], columns, strict=True))
    return Read([int(number) for number in ids], list(shapely.from_wkb(shapes)), about["crs"], values)


def _names(url: str, headers: str | None) -> set[str]:
    _headers(headers)
    return {str(name) for name, _ in pyogrio.list_layers(url)}


def _about(url: str, layer: str) -> Mapping[str, Any]:
    _headers(None)
    return dict(pyogrio.read_info(url, layer=layer))
