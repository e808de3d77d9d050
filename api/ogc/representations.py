"""One resource, two representations: JSON for programs, a page for a person with a browser."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gis_platform.access.caller import Caller
from gis_platform.layer.text import Language
from web_map.assets.files import MapFiles
from web_map.assets.vendor import NODE_MODULES
from web_map.caller import LANGUAGE_COOKIE
from web_map.ogc_pages import Frame, render_page
from web_map.security import page_headers
from web_map.texts import language_named

HTML = "text/html"
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Representation:
    """What was asked for; ``answer`` gives it."""

    request: Request
    html: bool
    language: Language

    def answer(
        self,
        template: str,
        document: dict[str, Any],
        *,
        media_type: str = "application/json",
        **context: object,
    ) -> Response:
        """The document itself, or the page ``template`` of it; see ``web_map.ogc_pages.render_page``."""
        if self.html:
            return html_page(self.request, template, self.language, document=document, **context)
        return JSONResponse(
            document,
            media_type=media_type,
            headers={"Vary": "Accept", "Content-Language": self.language},
        )


def asked_representation(
    request: Request,
    f: Annotated[
        Literal["json", "html"] | None, Query(description="json or html; otherwise as Accept prefers.")
    ] = None,
    lang: Annotated[
        Language | None, Query(description="Language of the texts: vi (if not given) or en.")
    ] = None,
) -> Representation:
    """``f`` first, then what the client's Accept prefers; JSON for one that asks nothing special."""
    html = prefers_html(request.headers.get("accept", "")) if f is None else f == "html"
    return Representation(request, html, page_language(request) if html else lang or "vi")


Asked = Annotated[Representation, Depends(asked_representation)]


def prefers_html(accept: str) -> bool:
    """True where the header names text/html, and no JSON before it. ``*/*`` alone is not a browser."""
    weights: dict[str, float] = {}
    for part in accept[:2000].lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.replace(" ", "").partition("q=")[2].partition(";")[0]
        try:
            weights[name.strip()] = float(weight or 1)
        except ValueError:
            continue
    html = max(weights.get(HTML, 0.0), weights.get("application/xhtml+xml", 0.0))
    other = [weight for name, weight in weights.items() if "json" in name]
    return html > 0 and html >= max(other, default=0.0)


def page_language(request: Request) -> Language:
    """``?lang=`` first, then what the person chose before, else Vietnamese."""
    asked = language_named(request.query_params.get("lang"))
    return asked or language_named(request.cookies.get(LANGUAGE_COOKIE)) or "vi"


def html_page(
    request: Request, template: str, language: Language | None = None, **context: object
) -> Response:
    """A page of the API with its headers; ``context`` as ``web_map.ogc_pages.render_page`` tells."""
    app = request.app
    if not hasattr(app.state, "map_files"):
        app.state.map_files = MapFiles(app.state.layers.values(), NODE_MODULES)
    language = language or page_language(request)
    frame = Frame(
        city=app.state.city,
        language=language,
        files=app.state.map_files,
        # None is known yet where a token was refused.
        caller=getattr(request.state, "caller", None) or Caller.anonymous(),
        base=app.state.settings.address,
        # Two slashes at the start would be a link to another host.
        path="/" + request.url.path.lstrip("/"),
        query=tuple(request.query_params.items()),
        ground=tuple(name for name, layer in app.state.layers.items() if layer.style.base),
    )
    # Which representation, in which language and for whom: by three headers.
    headers = {"Cache-Control": "private, no-cache", "Vary": "Accept, Cookie, Authorization"}
    answer = HTMLResponse(render_page(template, frame=frame, **context), headers=page_headers() | headers)
    answer.headers["Content-Language"] = language
    if language_named(request.query_params.get("lang")):
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, samesite="lax", httponly=True)
    return answer
