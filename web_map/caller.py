"""Who looks at the map, as far as the map cares, and in which language."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request

from gis_platform.access.caller import Caller
from gis_platform.layer.text import Language
from web_map.texts import language_named

LANGUAGE_COOKIE = "gis_lang"
TEXT_COOKIE = "gis_text"
"""``large`` for who asked for large letters: set by the page itself."""


def caller_of(request: Request) -> Caller:
    """The caller that the server resolved; without one, the public."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else Caller.anonymous()


def language_of(
    request: Request,
    lang: Annotated[Language | None, Query(description="Otherwise as chosen before, or Vietnamese.")] = None,
) -> Language:
    """``?lang=`` first, then what was chosen before, else Vietnamese."""
    return lang or language_named(request.cookies.get(LANGUAGE_COOKIE)) or "vi"


AskedLanguage = Annotated[Language, Depends(language_of)]
MapCaller = Annotated[Caller, Depends(caller_of)]
