"""In which language a refusal is told: that of the page for a person, of the one that asks for a program."""

from starlette.requests import Request

from api.ogc.representations import page_language
from gis_platform.layer.text import Language
from web_map.caller import LANGUAGE_COOKIE
from web_map.texts import LANGUAGES, language_named


def page_or_program_language(request: Request, *, page: bool) -> Language:
    """``?lang=`` first, then what was chosen before on a page; else Vietnamese on a page, and for a program
    what its Accept-Language prefers, or English.
    """
    if page:
        return page_language(request)
    asked = language_named(request.query_params.get("lang"))
    chosen = asked or language_named(request.cookies.get(LANGUAGE_COOKIE))
    return chosen or _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> Language:
    best: tuple[float, Language] = (0.0, "en")
    for part in header[:2000].lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        language = next((one for one in LANGUAGES if name == one or name.startswith(f"{one}-")), None)
        try:
            liked = float(weight or 1)
        except ValueError:
            continue
        if language is not None and liked > best[0]:
            best = (liked, language)
    return best[1]
