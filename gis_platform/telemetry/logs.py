"""Structured logs: one event a line, for people on a terminal or as JSON for machines."""

import logging
import sys
from typing import TextIO

import structlog

from gis_platform.settings import Settings
from gis_platform.telemetry.access_log import write_access_lines_to


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """Send structlog's events and the libraries' own records one way: to standard error, or ``stream``."""
    out = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=out.isatty(),
            # The rich one prints local variables: what somebody asked would stand in the log.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                last,
            ]
            if settings.log_format == "json"
            else [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    write_access_lines_to(out, as_json=settings.log_format == "json")
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for noisy in ("uvicorn.access", "uvicorn.error", "procrastinate", "httpx2", "alembic", "psycopg.pool"):
        logging.getLogger(noisy).setLevel("WARNING")


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
