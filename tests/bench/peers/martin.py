"""Martin (MapLibre): Rust, tiles only. Found on PATH or by GIS_BENCH_MARTIN."""

import json
import os
import subprocess
from pathlib import Path
from shutil import which
from urllib.parse import quote

from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity
from tests.bench.processes import OneProcess, Process, free_port
from tests.bench.questions import Question, Tile


class Martin(OneProcess):
    """Two workers, its tile cache off."""

    name = "martin"

    @property
    def _program(self) -> str:
        return os.environ.get("GIS_BENCH_MARTIN") or which("martin") or ""

    def available(self) -> str | None:
        if Path(self._program).is_file():
            return None
        return "not installed (a binary on PATH, or GIS_BENCH_MARTIN)"

    def version(self) -> str:
        told = subprocess.run([self._program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
        return told.stdout.split()[-1]

    def start(self, city: BenchCity, buffer: int) -> None:
        port, a = free_port(), city.address
        table = {
            "schema": "bench",
            "table": "parcel_tiles",
            "srid": 3857,
            "geometry_column": "geom",
            "geometry_type": "MULTIPOLYGON",
            "id_column": "id",
            "extent": 4096,
            "buffer": buffer,
            "clip_geom": True,
            "properties": {"sheet_no": "text", "parcel_no": "text"},
        }
        where = f"postgresql://{a['user']}@{quote(a['host'], '')}:{a['port']}/{a['dbname']}"
        configuration = {
            "listen_addresses": f"127.0.0.1:{port}",
            "worker_processes": WORKERS,
            # Named cache_size_mb before 1.9.
            "cache": {"size_mb": 0, "tile_size_mb": 0},
            "postgres": {
                "connection_string": where,
                "pool_size": WORKERS * CONNECTIONS_PER_WORKER,
                "auto_bounds": "skip",
                "auto_publish": False,
                "tables": {"parcels": table},
            },
        }
        file = city.folder / "martin.yaml"  # JSON is YAML
        file.write_text(json.dumps(configuration, indent=1), encoding="utf-8")
        log = city.folder / "martin.log"
        self._process = Process([self._program, "--config", file], log, {"RUST_LOG": "warn"})
        self._process.wait_for(port, "/parcels")
        self.base = f"http://127.0.0.1:{port}"

    def addresses(self, question: Question) -> list[str] | None:
        return [f"/parcels/{question.z}/{question.x}/{question.y}"] if isinstance(question, Tile) else None
