"""The application: ``create_app(settings, logins)`` and nothing made at import."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from procrastinate import App

from api import (
    calendar,
    days,
    docs,
    freshness,
    geocoding,
    health,
    notices,
    owners,
    planning_extract,
    search,
    sensors,
    violations,
)
from api.answers import file, opening, printing, remarks, saving, signing
from api.auth import routes as auth
from api.background import background_jobs
from api.cases import routes as cases
from api.deliveries import routes as deliveries
from api.exports import routes as exports
from api.exports.understanding import understanding
from api.filings import routes as filings
from api.filings.bounds import FILINGS_PER_MINUTE, PAPERS_PER_MINUTE
from api.front import FrontedApp
from api.guessing import MISSES_PER_MINUTE
from api.house_numbers import routes as house_numbers
from api.ogc import collections, editing, landing, queryables, schemas, styles, tile_matrix_sets, tilesets
from api.ogc.rasters import routes as rasters
from api.ogc.records import routes as records
from api.openapi import describe, of_ogc
from api.permits import routes as permits
from api.permits.footprint import FILES_PER_MINUTE
from api.planning import routes as planning
from api.planning.bounds import REMARKS_PER_MINUTE
from api.problems import install_problem_handlers
from api.strict import only_known_parameters
from etl.delivery.intake.jobs import add_intake
from etl.delivery.online.jobs import add_deliveries
from etl.delivery.online.processes import settings_beside
from etl.drafts.jobs import add_drafts
from etl.exporting.jobs import add_exports, exports_folder
from etl.watch.jobs import add_watch
from gis_platform import __version__
from gis_platform.access.known import KnownCredentials
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.access.quota import KeyMeter
from gis_platform.casework.jobs import add_casework
from gis_platform.city import load_city
from gis_platform.clock.now import SystemClock
from gis_platform.database.pools import Database
from gis_platform.database.server import Logins
from gis_platform.layer.registry import installed_layers
from gis_platform.notices.jobs import add_outbox
from gis_platform.secret import secret_key
from gis_platform.serving.change_feed import ChangeFeed
from gis_platform.serving.days import KeptDays
from gis_platform.serving.tile_cache import TileCache
from gis_platform.settings import Settings
from gis_platform.telemetry.access_log import flush_access_lines
from gis_platform.telemetry.logs import configure_logs
from gis_platform.telemetry.metrics import Metrics
from web_map.assets.files import MapFiles
from web_map.assets.vendor import NODE_MODULES
from web_map.routes import make_router

# Not settings: `gis-platform run` tells its own processes where to sign in, and as whom.
APP_DSN, PUBLIC_DSN = "GIS_APP_DSN", "GIS_PUBLIC_DSN"


def create_app(settings: Settings, places: Logins) -> FastAPI:
    """The city's API and map over one database.

    The database must be migrated; ``/readyz`` tells whether it is.
    """
    city = load_city(settings.city)

    def add_jobs(jobs: App) -> None:
        understand = understanding(app.state.layers, city)
        add_intake(jobs, settings.data_dir)
        add_deliveries(jobs, app.state.beside, places.app)
        add_drafts(jobs, app.state.beside, places.app)
        add_exports(jobs, places, exports_folder(settings.data_dir), understand)
        add_watch(jobs, places.app, city, app.state.layers)
        add_casework(jobs, places.app, city)
        add_outbox(jobs, places.app, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            Database(settings, places) as database,
            ChangeFeed(places.public, (app.state.tiles, app.state.days)),
            app.state.meter.writing(database.app_connection),
            background_jobs(settings, places, add_jobs) as app.state.jobs,
        ):
            app.state.database = database
            app.state.map_files.pack_ahead()
            try:
                yield
            finally:
                flush_access_lines()

    app = FrontedApp(
        title=f"{city.title_en} spatial data platform",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.state.beside = settings_beside(settings, places.owner)
    app.state.city = city
    app.state.layers = installed_layers()
    app.state.map_files = MapFiles(app.state.layers.values(), NODE_MODULES)
    app.state.metrics = Metrics()
    app.state.tiles = TileCache(settings.tile_cache_mb * 2**20)
    app.state.days = KeptDays()
    app.state.credentials = KnownCredentials()
    app.state.meter = KeyMeter(city.timezone)
    app.state.answers_made = PlaceMeter(settings.answers_per_minute)
    app.state.remarks_filed = PlaceMeter(min(settings.answers_per_minute, REMARKS_PER_MINUTE))
    app.state.footprints_read = PlaceMeter(min(settings.answers_per_minute, FILES_PER_MINUTE))
    app.state.filings_made = PlaceMeter(min(settings.answers_per_minute, FILINGS_PER_MINUTE))
    app.state.papers_sent = PlaceMeter(min(settings.answers_per_minute, PAPERS_PER_MINUTE))
    app.state.codes_missed = PlaceMeter(MISSES_PER_MINUTE)
    app.state.clock = SystemClock()
    app.state.secret = secret_key(settings)
    install_problem_handlers(app)
    strict = [Depends(only_known_parameters)]
    app.include_router(auth.router)
    for module in (
        health,
        docs,
        landing,
        of_ogc,
        records,
        collections,
        rasters,
        editing,
        queryables,
        schemas,
        tile_matrix_sets,
        tilesets,
        styles,
        planning,
        permits,
        planning_extract,
        file,  # these before what opens any name
        printing,
        saving,
        opening,
        signing,
        remarks,
        house_numbers,
        geocoding,
        search,
        sensors,
        violations,
        days,
        freshness,
        notices,
        owners,
        exports,
        deliveries,
        cases,
        calendar,
        filings,
    ):
        app.include_router(module.router, dependencies=strict)
    app.include_router(make_router(city, app.state.layers, files=app.state.map_files), dependencies=strict)
    app.put_front(
        app.state.metrics,
        app.state.meter,
        most=settings.max_requests,
        trusted_proxies=settings.trusted_proxies,
    )
    describe(app)
    return app


def create_app_from_environment() -> FastAPI:
    """For the server processes that ``gis-platform run`` starts: they know the logins of requests alone."""
    settings = Settings()
    configure_logs(settings)
    app, public = os.environ.get(APP_DSN), os.environ.get(PUBLIC_DSN)
    if app is None or public is None:
        raise RuntimeError("server processes are started by `gis-platform run`")
    return create_app(settings, Logins(owner="", app=app, public=public))
