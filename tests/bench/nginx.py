"""nginx with the tiles as files: what a cache can reach at best. Debian: apt-get install nginx-light."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from shutil import which

from tests.bench.city import WORKERS
from tests.bench.processes import Process, free_port

_CONFIGURATION = Path(__file__).with_suffix(".conf")


class Nginx:
    """The same bytes under the same addresses and with the same headers; nginx makes its own tags."""

    name = "nginx"
    base = ""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def available(self) -> str | None:
        """Why it cannot be measured here; None where it can."""
        return None if which("nginx") else "nginx is not installed"

    def start(self, tiles: Mapping[str, bytes]) -> None:
        """Serve the bytes of each path."""
        self._folder = tempfile.TemporaryDirectory(prefix="gis-bench-nginx-")
        folder, port = Path(self._folder.name), free_port()
        folder.chmod(0o755)
        for path, content in tiles.items():
            file = folder / "files" / path.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        user = "user root;" if os.geteuid() == 0 else ""
        text = _CONFIGURATION.read_text(encoding="utf-8")
        file = folder / "nginx.conf"
        file.write_text(text.format(workers=WORKERS, user=user, folder=folder, port=port), encoding="utf-8")
        self._process = Process(["nginx", "-p", folder, "-c", file], folder / "nginx.log")
        self._process.wait_for(port, next(iter(tiles)))
        self.base = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End it and remove the files."""
        if self._process:
            self._process.stop()
        if self._folder:
            self._folder.cleanup()
