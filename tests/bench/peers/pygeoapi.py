"""pygeoapi: features over SQLAlchemy."""

import json
import subprocess

from tests.bench.city import WORKERS, BenchCity
from tests.bench.peers.install import FOLDER, missing, version
from tests.bench.processes import OneProcess, Process, free_port
from tests.bench.questions import Box, Here, Item, Page, Question, Tile, numbers, speck

_LIMITS = {"default_items": 100, "max_items": 10_000}


class Pygeoapi(OneProcess):
    """Its Starlette application on uvicorn with two workers; its own pool of five and ten more."""

    name = "pygeoapi"

    def available(self) -> str | None:
        return missing("pygeoapi")

    def version(self) -> str:
        return version("pygeoapi")

    def start(self, city: BenchCity, buffer: int) -> None:  # noqa: ARG002  (no tiles of its own)
        port = free_port()
        file, document = city.folder / "pygeoapi.yml", city.folder / "pygeoapi.openapi.yml"
        file.write_text(json.dumps(_configuration(city, port), indent=1), encoding="utf-8")  # JSON is YAML
        environment = {"PYGEOAPI_CONFIG": str(file), "PYGEOAPI_OPENAPI": str(document)}
        subprocess.run(  # noqa: S603
            [FOLDER / "bin/pygeoapi", "openapi", "generate", file, "--output-file", document],
            env=environment,
            capture_output=True,
            check=True,
        )
        words = [str(FOLDER / "bin/uvicorn"), "pygeoapi.starlette_app:APP", "--workers", str(WORKERS)]
        self._process = Process(
            [*words, "--port", str(port), "--no-access-log", "--log-level", "warning"],
            city.folder / "pygeoapi.log",
            environment,
        )
        self._process.wait_for(port, "/collections/parcels?f=json")
        self.base = f"http://127.0.0.1:{port}"

    def addresses(self, question: Question) -> list[str] | None:
        parcels = "/collections/parcels/items"
        match question:
            case Tile():
                return None
            case Page(offset, _, limit):
                return [f"{parcels}?f=json&limit={limit}&offset={offset}"]
            case Box(west, south, east, north, limit):
                return [f"{parcels}?f=json&limit={limit}&bbox={numbers(west, south, east, north)}"]
            case Item(id):
                return [f"{parcels}/{id}?f=json"]
            case Here():
                return [
                    f"/collections/{of}/items?f=json&bbox={speck(question)}" for of in ("parcels", "zones")
                ]


def _configuration(city: BenchCity, port: int) -> dict[str, object]:
    base = f"http://127.0.0.1:{port}"
    words = {"title": "Bench", "description": "Bench", "keywords": ["bench"]}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": base,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": _LIMITS,
            "map": {"url": base, "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**words, "terms_of_service": "none", "url": base},
            "license": {"name": "none", "url": base},
            "provider": {"name": "bench", "url": base},
            "contact": {"name": "bench"},
        },
        "resources": {name: _collection(city, name) for name in ("parcels", "zones")},
    }


def _collection(city: BenchCity, view: str) -> dict[str, object]:
    return {
        "type": "collection",
        "title": view,
        "description": view,
        "keywords": [view],
        "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
        "limits": _LIMITS,
        "providers": [
            {
                "type": "feature",
                "name": "PostgreSQL",
                "data": {**city.address, "port": int(city.address["port"]), "search_path": ["bench"]},
                "id_field": "id",
                "table": view,
                "geom_field": "geom",
            }
        ],
    }
