"""Running the web server: in this process, or in several that are told where the database is."""

import os
from tempfile import TemporaryDirectory

import uvicorn

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings


def serve(settings: Settings, places: Logins) -> None:
    """Serve until a signal; connections under way are finished first."""
    options = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "timeout_graceful_shutdown": 10,
        "server_header": False,
        "forwarded_allow_ips": settings.trusted_proxies,
    }
    if settings.workers == 1:
        uvicorn.Server(uvicorn.Config(create_app(settings, places), **options)).run()  # type: ignore[arg-type]
        return
    with TemporaryDirectory(prefix="gis-metrics-") as shared:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = shared
        os.environ["GIS_DATABASE_URL"] = places.owner
        uvicorn.run(
            "api.app:create_app_from_environment",
            factory=True,
            workers=settings.workers,
            **options,  # type: ignore[arg-type]
        )
