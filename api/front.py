"""The one door: what happens to every request before a route is looked for, and to every answer.

Plain ASGI and one layer, in the order it happens: wrappers around wrappers cost a hot path more than its work
(``docs/decisions/0010``).
"""

import time

import psycopg
import structlog
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.auth.caller import caller_of
from api.auth.guard import refuse_in_query, require_allowed
from api.body import bounded
from api.exchange import Exchange
from api.load import Room
from api.ogc.answers import Answer
from api.ogc.hot import find_hot
from api.problems import database_response, problem_response, unexpected_response
from gis_platform.access.quota import KeyMeter
from gis_platform.errors import Problem
from gis_platform.telemetry.access_log import access_line
from gis_platform.telemetry.metrics import Metrics


class Front:
    """Gives each request an id, a place and a caller, answers the hot paths, and hands on everything else.

    Each request is counted and logged when it is over, however it ended.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, meter: KeyMeter, most: int) -> None:
        self.app = app
        self.metrics = metrics
        self.meter = meter
        self.room = Room(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request over HTTP."""
        started = time.perf_counter()
        exchange = Exchange(scope["method"], send)
        # HEAD is answered as GET is, without the body; logs and counts still say HEAD.
        asked = scope if exchange.method != "HEAD" else {**scope, "method": "GET"}
        structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        try:
            await self._answer(asked, receive, exchange)
        except Exception as error:
            # Here and not further out: so the answer has its id, and the log line the same one.
            if exchange.begun:
                raise
            await unexpected_response(Request(asked), error)(asked, receive, exchange.send)
        finally:
            exchange.over()
            seconds = time.perf_counter() - started
            route = str(asked.get("hot_path") or getattr(asked.get("route"), "path", "unmatched"))
            self.metrics.answered(exchange.method, route, exchange.status, seconds)
            # The path and no query: a query may hold what somebody looked for.
            access_line(
                exchange.method, asked["path"], exchange.status, round(seconds * 1e3, 1), exchange.request_id
            )
            structlog.contextvars.unbind_contextvars("request_id")

    async def _answer(self, scope: Scope, receive: Receive, exchange: Exchange) -> None:
        answer: Answer | Response | None = None
        try:
            # The body first: one that is slow to send it takes nobody's place.
            receive = await bounded(scope, receive)
            exchange.place = self.room.enter(scope["path"])
            await self._know(scope, exchange)
            endpoint = find_hot(scope)
            if endpoint is not None:
                answer = await endpoint(Request(scope, receive))
        except Problem as problem:
            answer = problem_response(Request(scope), problem)
        except (psycopg.Error, DBAPIError) as fault:
            answer = database_response(Request(scope), fault)
        if answer is None:
            await self._hand_on(scope, receive, exchange)
        elif isinstance(answer, Answer):
            await exchange.answer(answer)
        else:
            await answer(scope, receive, exchange.send)

    async def _hand_on(self, scope: Scope, receive: Receive, exchange: Exchange) -> None:
        try:
            await self.app(scope, receive, exchange.send)
        except Exception:
            # FastAPI has answered and logged it (``api/problems.py``), and raises it nevertheless.
            if not exchange.ended:
                raise

    async def _know(self, scope: Scope, exchange: Exchange) -> None:
        """Puts the caller on the request; refuses a key that asks too much or for what it has no scope."""
        caller = await caller_of(scope)
        scope.setdefault("state", {})["caller"] = exchange.caller = caller
        if scope["query_string"]:
            refuse_in_query(scope["query_string"])
        if caller.key is not None:
            exchange.allowance = self.meter.admit(caller.key)
            require_allowed(exchange.allowance, caller, scope["path"])


class FrontedApp(FastAPI):
    """FastAPI with the front before it, and before everything that FastAPI and uvicorn put around routes."""

    front: Front

    def put_front(self, metrics: Metrics, meter: KeyMeter, *, most: int, trusted_proxies: str) -> None:
        """From now on every request passes the front; proxies are believed about the callers of routes."""
        routes = ProxyHeadersMiddleware(super().__call__, trusted_hosts=trusted_proxies)  # type: ignore[arg-type]
        self.front = Front(routes, metrics=metrics, meter=meter, most=most)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["app"] = self
            await self.front(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
