"""Running the web server: in this process, or in several that are told where the database is."""

import errno
import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from api.app import APP_DSN, PUBLIC_DSN, create_app
from api.http_bounds import BoundedHttp
from etl.delivery.online.processes import OWNER_FILE
from gis_platform.database.server import Logins
from gis_platform.errors import Unavailable
from gis_platform.settings import Settings


def take_port(settings: Settings) -> socket.socket:
    """The port, held before anything else is begun: what cannot be served need not be loaded.

    Raises:
        Unavailable: it is taken, or this machine or account cannot have it.
    """
    place = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((settings.host, settings.port))
    except OSError as fault:
        place.close()
        if fault.errno == errno.EADDRINUSE:
            told = f"Port {settings.port} is taken: set GIS_PORT to another."
        else:
            where = f"{settings.host}:{settings.port}"
            told = f"Cannot listen on {where} ({fault.strerror}): set GIS_HOST and GIS_PORT."
        raise Unavailable(told, parameter="GIS_PORT") from fault
    place.set_inheritable(True)
    return place


def server_options(settings: Settings) -> dict[str, Any]:
    """How every server process of ours is run."""
    return {
        "host": settings.host,
        "port": settings.port,
        "http": BoundedHttp,
        "loop": "api.fair_accept:FairLoop",
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "timeout_graceful_shutdown": 10,
        "server_header": False,
        "proxy_headers": False,  # the front has them read where they are needed
    }


def serve(settings: Settings, places: Logins, place: socket.socket) -> None:
    """Serve on a socket until a signal; connections under way are finished first."""
    options = server_options(settings)
    if settings.workers == 1:
        alone = uvicorn.Config(create_app(settings, places), **options)
        uvicorn.Server(alone).run(sockets=[place])
        return
    with TemporaryDirectory(prefix="gis-metrics-") as shared:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared
        # What answers requests is given no way to what owns the tables.
        os.environ.pop("GIS_DATABASE_URL", None)
        os.environ |= {APP_DSN: places.app, PUBLIC_DSN: places.public}
        if settings.database_url is not None:
            # Deliveries are worked in processes beside: they read it here, in a folder that is ours alone.
            told = Path(shared) / "owner"
            told.touch(mode=0o600)
            told.write_text(places.owner, encoding="utf-8")
            os.environ[OWNER_FILE] = str(told)
        several = uvicorn.Config(
            "api.app:create_app_from_environment",
            factory=True,
            workers=settings.workers,
            **options,
        )
        Multiprocess(several, sockets=[place]).run()
