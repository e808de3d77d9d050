"""What a server that is measured can do: ours and each peer."""

import time
from typing import Protocol

from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity
from tests.bench.options import ROOT
from tests.bench.processes import OneProcess, Process, free_port
from tests.bench.questions import Box, Here, Item, Page, Question, Tile, numbers

_ALL_WORKERS_UP_S = 5


class Server(Protocol):
    """A server over the city's database, one at a time started for one row of the table."""

    name: str
    base: str

    def available(self) -> str | None:
        """Why it cannot be measured here; None where it can."""

    def version(self) -> str:
        """What was measured."""

    def start(self, city: BenchCity, buffer: int) -> None:
        """Bring it up; ``buffer`` is how far tiles reach over their edge, in their own 4096 steps."""

    def stop(self) -> None:
        """End it."""

    def addresses(self, question: Question) -> list[str] | None:
        """The requests that answer a question; None where it cannot answer it."""


class Ours(OneProcess):
    """The platform as it is run, all checks on; ``tile_cache_mb`` is 0 where a cache would hide the work."""

    name = "ours"

    def __init__(self, tile_cache_mb: int | None = 0) -> None:
        self._cache = tile_cache_mb

    def available(self) -> str | None:
        return None

    def version(self) -> str:
        return "this commit"

    def start(self, city: BenchCity, buffer: int) -> None:  # noqa: ARG002  (ours knows its own)
        port = free_port()
        environment = {
            "GIS_DATA_DIR": str(city.settings.data_dir),
            "GIS_DATABASE_URL": "",
            "GIS_DEMO_PARCELS": str(city.parcels),
            "GIS_PORT": str(port),
            "GIS_WORKERS": str(WORKERS),
            "GIS_POOL_SIZE": str(CONNECTIONS_PER_WORKER),
            "GIS_ANSWERS_PER_MINUTE": "0",
            "GIS_LOG_FORMAT": "json",
        }
        if self._cache is not None:
            environment["GIS_TILE_CACHE_MB"] = str(self._cache)
        command = ROOT / ".venv/bin/gis-platform"
        self._process = Process([command, "run"], city.folder / "ours.log", environment)
        self._process.wait_for(port, "/readyz")
        # The first worker that is up answers; a measurement is to meet all of them.
        time.sleep(_ALL_WORKERS_UP_S)
        self.base = f"http://127.0.0.1:{port}"

    def addresses(self, question: Question) -> list[str]:
        parcels = "/ogc/collections/parcels"
        match question:
            case Tile(z, x, y):
                return [f"{parcels}/tiles/WebMercatorQuad/{z}/{y}/{x}"]
            case Page(_, after, limit):
                return [f"{parcels}/items?limit={limit}&after={after}"]
            case Box(west, south, east, north, limit):
                return [f"{parcels}/items?limit={limit}&bbox={numbers(west, south, east, north)}"]
            case Item(id):
                return [f"{parcels}/items/{id}"]
            case Here(lon, lat):
                return [f"/api/here?point={numbers(lon, lat)}"]
