"""A refusal as a page, for a person whose browser followed a link; programs get problem+json."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.representations import html_page, prefers_html
from gis_platform.layer.text import Language
from gis_platform.telemetry.logs import get_logger
from web_map.ogc_pages import page_words

log = get_logger("api")


def wants_page(request: Request) -> bool:
    """A browser that reads: it names text/html in Accept, and its address asks for no other form."""
    return (
        request.method == "GET"
        and prefers_html(request.headers.get("accept", ""))
        and request.query_params.get("f") in (None, "html")
    )


def problem_page(request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response | None:
    """The page of a problem; None where it cannot be drawn, for a refusal must not fail."""
    try:
        answer = html_page(request, "problem", document=dict(body))
    except Exception as fault:
        log.error("no page for a problem", exc_info=fault)
        return None
    answer.status_code = int(body["status"])
    answer.headers.update(headers)
    return answer


def problem_heading(status: int | str, language: Language) -> str:
    """The heading of the page of a status, which is also the title of the problem; ``400_body`` is that of a
    body at fault, which has no page.
    """
    texts = page_words(language)
    return texts.get(f"problem_{status}", texts["problem_other"])
