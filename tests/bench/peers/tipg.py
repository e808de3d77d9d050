"""tipg (Development Seed): FastAPI over asyncpg, features and tiles."""

from urllib.parse import quote

from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity
from tests.bench.peers.install import FOLDER, missing, version
from tests.bench.processes import OneProcess, Process, free_port
from tests.bench.questions import Box, Here, Item, Page, Question, Tile, numbers, speck


class Tipg(OneProcess):
    """uvicorn with two workers; no catalogue refresh, no cap on the features of a tile."""

    name = "tipg"

    def available(self) -> str | None:
        return missing("uvicorn")

    def version(self) -> str:
        return version("tipg")

    def start(self, city: BenchCity, buffer: int) -> None:
        port, a = free_port(), city.address
        where = f"{a['user']}@{quote(a['host'], '')}:{a['port']}/{a['dbname']}"
        environment = {
            "DATABASE_URL": f"postgresql://{where}",
            "DB_MIN_CONN_SIZE": str(CONNECTIONS_PER_WORKER),
            "DB_MAX_CONN_SIZE": str(CONNECTIONS_PER_WORKER),
            "TIPG_DB_SCHEMAS": '["bench"]',
            "TIPG_DB_SPATIAL_EXTENT": "false",
            "TIPG_DB_DATETIME_EXTENT": "false",
            "TIPG_CATALOG_TTL": "0",
            "TIPG_TILE_BUFFER": str(buffer),
            "TIPG_MAX_FEATURES_PER_TILE": "10000000",
        }
        words = [str(FOLDER / "bin/uvicorn"), "tipg.main:app", "--workers", str(WORKERS), "--port", str(port)]
        self._process = Process(
            [*words, "--no-access-log", "--log-level", "warning"], city.folder / "tipg.log", environment
        )
        self._process.wait_for(port, "/collections/bench.parcels")
        self.base = f"http://127.0.0.1:{port}"

    def addresses(self, question: Question) -> list[str] | None:
        parcels = "/collections/bench.parcels/items"
        match question:
            case Tile(z, x, y):
                return [f"/collections/bench.parcel_tiles/tiles/WebMercatorQuad/{z}/{x}/{y}"]
            case Page(offset, _, limit):
                return [f"{parcels}?f=geojson&limit={limit}&offset={offset}"]
            case Box(west, south, east, north, limit):
                return [f"{parcels}?f=geojson&limit={limit}&bbox={numbers(west, south, east, north)}"]
            case Item(id):
                return [f"{parcels}/{id}?f=geojson"]
            case Here():
                return [
                    f"/collections/bench.{of}/items?f=geojson&bbox={speck(question)}"
                    for of in ("parcels", "zones")
                ]
