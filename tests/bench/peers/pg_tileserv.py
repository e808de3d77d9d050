"""pg_tileserv (Crunchy Data): Go, tiles only. Found on PATH or by GIS_BENCH_PG_TILESERV."""

import json
import os
import re
import subprocess
from pathlib import Path
from shutil import which

from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity
from tests.bench.processes import OneProcess, Process, free_port
from tests.bench.questions import Question, Tile


class PgTileserv(OneProcess):
    """Two processors, no cap on the features of a tile that matters here."""

    name = "pg_tileserv"

    @property
    def _program(self) -> str:
        return os.environ.get("GIS_BENCH_PG_TILESERV") or which("pg_tileserv") or ""

    def available(self) -> str | None:
        if Path(self._program).is_file():
            return None
        return "not installed (a binary on PATH, or GIS_BENCH_PG_TILESERV)"

    def version(self) -> str:
        told = subprocess.run([self._program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
        found = re.search(r"\d[\w.-]*", told.stdout)
        return found[0] if found else "(a build without a number)"

    def start(self, city: BenchCity, buffer: int) -> None:
        port, a = free_port(), city.address
        configuration = {
            "DbConnection": f"host={a['host']} port={a['port']} dbname={a['dbname']} user={a['user']}",
            "DbPoolMaxConns": WORKERS * CONNECTIONS_PER_WORKER,
            "DbTimeout": 120,
            "HttpHost": "127.0.0.1",
            "HttpPort": port,
            "HttpsPort": free_port(),
            "DefaultResolution": 4096,
            "DefaultBuffer": buffer,
            "MaxFeaturesPerTile": 10_000_000,
        }
        file = city.folder / "pg_tileserv.toml"  # a TOML value is written as a JSON one
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in configuration.items()]
        file.write_text("".join(lines), encoding="utf-8")
        log = city.folder / "pg_tileserv.log"
        self._process = Process(
            [self._program, "--no-preview", "--config", file], log, {"GOMAXPROCS": str(WORKERS)}
        )
        self._process.wait_for(port, "/health")
        self.base = f"http://127.0.0.1:{port}"

    def addresses(self, question: Question) -> list[str] | None:
        if not isinstance(question, Tile):
            return None
        return [f"/bench.parcel_tiles/{question.z}/{question.x}/{question.y}.pbf"]
