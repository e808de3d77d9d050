"""MapServer: C, as FastCGI behind nginx. Debian: apt-get install cgi-mapserver nginx-light."""

import os
import re
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from shutil import which

from tests.bench.city import WORKERS, BenchCity
from tests.bench.processes import Process, free_port
from tests.bench.questions import Box, Here, Item, Page, Question, Tile, numbers, speck

_TEXTS = {kind: Path(__file__).with_name(f"mapserver{kind}") for kind in (".map", "_layer.map", ".nginx")}


class MapServer:
    """Two processes that keep their connection to the database; tiles by mode=tile, features by OGC API."""

    name = "mapserver"
    base = ""

    def __init__(self) -> None:
        self._processes: list[Process] = []

    def available(self) -> str | None:
        lost = [name for name in ("mapserv", "nginx") if not which(name)]
        return f"{' and '.join(lost)} not installed" if lost else None

    def version(self) -> str:
        told = subprocess.run(["mapserv", "-v"], capture_output=True, text=True, check=False)  # noqa: S607
        found = re.search(r"version (\S+)", told.stdout)
        return found[1] if found else "of no number"

    def start(self, city: BenchCity, buffer: int) -> None:
        folder, port = city.folder, free_port()
        self.base = f"http://127.0.0.1:{port}"
        configuration = self._configure(city, buffer)
        place = folder / "mapserv.socket"
        with suppress(FileNotFoundError):
            place.unlink()
        environment = {"MAPSERVER_CONFIG_FILE": str(configuration)}
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(place))
            listening.listen(512)
            # What spawn-fcgi does: each process takes its requests from the socket it has as standard input.
            self._processes = [
                Process(["mapserv"], folder / f"mapserv-{i}.log", environment, stdin=listening.fileno())
                for i in range(WORKERS)
            ]
        text = _TEXTS[".nginx"].read_text(encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        file = folder / "mapserver.nginx"
        file.write_text(text.format(workers=WORKERS, user=user, folder=folder, port=port), encoding="utf-8")
        front = Process(["nginx", "-p", folder, "-c", file], folder / "mapserver-nginx.log")
        self._processes.append(front)
        front.wait_for(port, "/bench/ogcapi/collections/parcels?f=json")

    def _configure(self, city: BenchCity, buffer: int) -> Path:
        a, folder = city.address, city.folder
        connection = f"host={a['host']} port={a['port']} dbname={a['dbname']} user={a['user']}"
        layer = _TEXTS["_layer.map"].read_text(encoding="utf-8")
        features = "".join(layer.format(view=view, connection=connection) for view in ("parcels", "zones"))
        whole = _TEXTS[".map"].read_text(encoding="utf-8")
        text = whole.format(base=self.base, buffer=buffer, connection=connection, features=features)
        (folder / "bench.map").write_text(text, encoding="utf-8")
        file = folder / "mapserver.conf"
        templates = "/usr/share/mapserver/ogcapi/templates/html-plain/"
        file.write_text(
            f'CONFIG\n  ENV\n    OGCAPI_HTML_TEMPLATE_DIRECTORY "{templates}"\n  END\n'
            f'  MAPS\n    bench "{folder / "bench.map"}"\n  END\nEND\n',
            encoding="utf-8",
        )
        return file

    def stop(self) -> None:
        for each in reversed(self._processes):
            each.stop()

    def addresses(self, question: Question) -> list[str] | None:
        parcels = "/bench/ogcapi/collections/parcels/items"
        match question:
            case Tile(z, x, y):
                return [
                    f"/?map=bench&mode=tile&tilemode=gmap&tile={x}+{y}+{z}&layers=tiles&map.imagetype=mvt"
                ]
            case Page(offset, _, limit):
                return [f"{parcels}?f=json&limit={limit}&offset={offset}"]
            case Box(west, south, east, north, limit):
                return [f"{parcels}?f=json&limit={limit}&bbox={numbers(west, south, east, north)}"]
            case Item(id):
                return [f"{parcels}/{id}?f=json"]
            case Here():
                base = "/bench/ogcapi/collections"
                return [f"{base}/{of}/items?f=json&bbox={speck(question)}" for of in ("parcels", "zones")]
