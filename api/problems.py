"""One handler a kind of error, one shape for all: problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from traceback import format_tb
from typing import Any

import psycopg
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.problem_language import page_or_program_language
from api.problem_page import problem_heading, problem_page, wants_page
from api.problem_words import in_vietnamese, of_validation
from gis_platform.errors import BadParameter, Problem, SignInNeeded, Unavailable
from gis_platform.telemetry.logs import get_logger

log = get_logger("api")

MEDIA_TYPE = "application/problem+json"
_VARY = "Accept, Accept-Language, Cookie"

_OUR_FAULT = Problem("Something went wrong on our side. The request id in X-Request-Id helps us find it.")


def problem_response(request: Request, problem: Problem) -> Response:
    """The answer for a problem."""
    headers = {}
    if isinstance(problem, SignInNeeded):
        headers["WWW-Authenticate"] = 'Bearer realm="gis-platform"'
    if "retry_after" in problem.extra:
        headers["Retry-After"] = str(problem.extra["retry_after"])
    if "allow" in problem.extra:
        headers["Allow"] = str(problem.extra["allow"])
    return _in_form(request, problem.body(request.url.path), headers)


def _in_form(request: Request, body: dict[str, Any], headers: Mapping[str, str]) -> Response:
    """A page for a person with a browser, problem+json for everybody else, each in its language."""
    for_person = wants_page(request)
    language = page_or_program_language(request, page=for_person)
    told = body if language == "en" else _translated(request, body)
    page = problem_page(request, told, headers) if for_person else None
    more = {"Vary": _VARY, "Content-Language": language, **headers}
    # What goes with a problem is whatever its place knows of it: days, and findings of a file, too.
    return page or JSONResponse(jsonable_encoder(told), body["status"], headers=more, media_type=MEDIA_TYPE)


def _translated(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """The members in Vietnamese; what was said in English stays as ``detail_en``."""
    given = {**request.query_params, **request.path_params}
    words: dict[str, Any] = {"title": _heading(request, body), "detail": in_vietnamese(body, given)}
    if "others" in body:
        words["others"] = [_other_translated(fault) for fault in body["others"]]
    return body | words | ({"detail_en": body["detail"]} if words["detail"] != body["detail"] else {})


def _heading(request: Request, body: dict[str, Any]) -> str:
    """What is at fault in a question stands in its address, in anything else in what was sent."""
    sent = body["status"] == HTTPStatus.BAD_REQUEST and request.method in ("POST", "PUT", "PATCH")
    return problem_heading("400_body" if sent else int(body["status"]), "vi")


def _other_translated(fault: Mapping[str, Any]) -> dict[str, Any]:
    if "detail_vi" not in fault:
        return dict(fault)
    return {**fault, "detail": fault["detail_vi"], "detail_en": fault["detail"]}


async def _problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return problem_response(request, error)


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults: Sequence[Any] = error.errors()
    first = faults[0]
    where = [str(part) for part in first["loc"]]
    name = where[-1] if len(where) > 1 else where[0]
    detail = f"{name}: {first['msg']}."
    others = [_other(fault) for fault in faults[1:10]]
    more = {"others": others} if others else {}
    return problem_response(
        request, BadParameter(detail, parameter=name, detail_vi=of_validation(name, first), **more)
    )


def _other(fault: Any) -> dict[str, str]:
    name = str(fault["loc"][-1])
    told = of_validation(name, fault)
    return {"parameter": name, "detail": fault["msg"], **({"detail_vi": told} if told else {})}


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    body = {
        "type": "about:blank",
        "title": error.detail,
        "status": error.status_code,
        "detail": f"{request.method} {request.url.path}: {error.detail}.",
        "instance": request.url.path,
    }
    headers = dict(error.headers or {})
    if headers.get("allow", headers.get("Allow")) == "GET":
        headers = {"Allow": "GET, HEAD"}  # HEAD answers wherever GET does
    return _in_form(request, body, headers)


_TOO_LONG_VI = "Câu hỏi mất quá nhiều thời gian. Hãy hỏi một phạm vi nhỏ hơn hoặc ít đối tượng hơn."
_WRITTEN_VI = "Người khác, hoặc một đợt giao nộp, đang ghi cùng dữ liệu này. Hãy thử lại sau vài giây."
_WRITTEN_MEANWHILE = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""A commit waits too: what follows of a write, as coarse tiles do, is made at its end."""


async def _database(request: Request, error: Exception) -> Response:
    return database_response(request, error)


def database_response(request: Request, error: Exception) -> Response:
    """The database is away or too slow: say so, and that trying again makes sense."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.errors.QueryCanceled):
        detail = "The question took too long to answer; ask for a smaller area or fewer features."
        return problem_response(request, Unavailable(detail, retry_after=30, detail_vi=_TOO_LONG_VI))
    if isinstance(cause, _WRITTEN_MEANWHILE):
        detail = "Somebody else, or a delivery, is writing the same; please try again in a few seconds."
        return problem_response(request, Unavailable(detail, retry_after=5, detail_vi=_WRITTEN_VI))
    if isinstance(cause, psycopg.OperationalError):
        log.error("database away", error=str(cause))
        return problem_response(
            request,
            Unavailable(
                "The database cannot be reached now.",
                retry_after=5,
                detail_vi="Hệ thống chưa kết nối được với cơ sở dữ liệu. Hãy thử lại sau ít phút.",
            ),
        )
    log.error(
        "database error", path=request.url.path, **_told(cause), stack="".join(format_tb(error.__traceback__))
    )
    return problem_response(request, _OUR_FAULT)


def _told(cause: object) -> dict[str, str | None]:
    """What a log may say of it: PostgreSQL's messages quote values and whole rows, names do not."""
    if not isinstance(cause, psycopg.Error):
        return {"error": type(cause).__name__}
    about_sql = (cause.sqlstate or "").startswith("42")
    return {
        "error": type(cause).__name__,
        "message": cause.diag.message_primary if about_sql else None,
        "table": cause.diag.table_name,
        "constraint": cause.diag.constraint_name,
    }


def unexpected_response(request: Request, error: Exception) -> Response:
    """The answer for what nobody foresaw; the log has the rest under the request's id."""
    log.error("unexpected", path=request.url.path, exc_info=error)
    return problem_response(request, _OUR_FAULT)


async def _unexpected(request: Request, error: Exception) -> Response:
    return unexpected_response(request, error)


def install_problem_handlers(app: FastAPI) -> None:
    """Every way an error can leave the application, in the one shape."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(psycopg.Error, _database)
    app.add_exception_handler(Exception, _unexpected)
