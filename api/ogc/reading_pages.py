"""Reading one page of features, and the links that lead on from it, whatever form the page is answered in."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from api.ogc.links import link
from api.ogc.question import ItemsQuestion
from api.ogc.reading import read_one
from gis_platform.access.roles import Role
from gis_platform.database.statement import Statement
from gis_platform.serving.budget import require_affordable
from gis_platform.serving.cursor import write_cursor
from gis_platform.serving.page import page_statement

MEDIA_TYPE = "application/geo+json"


async def read_page(request: Request, question: ItemsQuestion) -> tuple[Any, ...]:
    """The row of ``page_statement``: matched, returned, more follow, last key, synthetic, features."""
    statement = page_statement(question.selection, kept=not question.ad_hoc, begun=bool(question.start))
    if question.ad_hoc:
        await _require_affordable(request, statement, question)
    row = await read_one(request, statement, question.bound(), question.selection.layer, personal=True)
    return row if row is not None else (0, 0, False, None, False, b"")


async def _require_affordable(request: Request, statement: Statement, question: ItemsQuestion) -> None:
    """Nobody knows beforehand what a filter or an order costs; the planner does, roughly."""
    caller, database = request.state.caller, request.app.state.database
    most = request.app.state.settings.max_query_cost
    parameter = "filter" if "filter" in request.query_params else "sortby"
    if caller.role is Role.PUBLIC:
        async with database.public_connection() as connection:
            await require_affordable(
                connection, statement.text, question.bound(), most=most, parameter=parameter
            )
        return
    async with database.unit_of_work(caller) as work:
        await require_affordable(work.raw, statement.text, question.bound(), most=most, parameter=parameter)


def page_links(request: Request, base: str, question: ItemsQuestion, last: str | None) -> list[Any]:
    """Links of a page; ``last`` is the key of its last row where another page follows."""
    asked = dict(request.query_params)
    links = [
        link(f"{base}/items" + (f"?{urlencode(asked)}" if asked else ""), "self", "This page", MEDIA_TYPE),
        link(f"{base}/items?{urlencode({**asked, 'f': 'html'})}", "alternate", "HTML", "text/html"),
        link(base, "collection", "Collection"),
    ]
    if last is not None:
        mark = write_cursor(last, question.selection)
        following = urlencode({**asked, "limit": question.limit, "after": mark})
        links.append(link(f"{base}/items?{following}", "next", "Next page", MEDIA_TYPE))
    return links
