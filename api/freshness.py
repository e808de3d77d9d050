"""Which layers there are, and how old each is: overdue is an alarm, not a footnote."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import JSONResponse

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.links import link
from api.ogc.representations import html_page
from api.parameters import Lang
from gis_platform.access.scopes import allows
from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.freshness.report import read_report
from gis_platform.freshness.told import told
from gis_platform.layer.freshness import cycle_days, read_freshness
from gis_platform.layer.registry import Registry
from gis_platform.layer.text import Language
from web_map.caller import LANGUAGE_COOKIE
from web_map.texts import language_named

router = APIRouter(tags=["layers"])

_PAGES: dict[Language, str] = {"vi": "/do-moi-du-lieu", "en": "/freshness"}
Form = Annotated[Literal["html", "json"], Query(description="html (if not given) or json.")]
AskedLang = Annotated[Language | None, Query(description="Otherwise as chosen before, or as the address is.")]


@router.get("/api/layers")
async def layers_with_age(
    work: Work, layers: CurrentLayers, city: CurrentCity, lang: Lang = "vi"
) -> list[dict[str, Any]]:
    """The layers the caller may see, with the date and age of their oldest rows."""
    today = city.today()
    lines = []
    for layer in layers.values():
        if work.caller.role not in layer.audience:
            continue
        known = await read_freshness(work.raw, layer)
        lines.append(
            {
                "id": layer.name,
                "title": layer.title.in_language(lang),
                "description": layer.description.in_language(lang),
                "source_date": known.oldest,
                "newest_source_date": known.newest,
                "age_days": known.age_days(today),
                "cycle_days": cycle_days(layer),
                "overdue": known.overdue(today),
                "synthetic": known.synthetic,
            }
        )
    return lines


@router.get("/api/freshness")
async def freshness(
    work: Work, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings, lang: Lang = "vi"
) -> dict[str, Any]:
    """Every layer, source and raster the caller may see: date, age, when the next is due and how that was
    counted, and for how long it is overdue.
    """
    return await _document(work, layers, city, settings.address, lang)


@router.get("/do-moi-du-lieu", summary="How fresh the data is (Vietnamese)")
async def page_in_vietnamese(
    request: Request,
    work: Work,
    layers: CurrentLayers,
    city: CurrentCity,
    f: Form = "html",
    lang: AskedLang = None,
) -> Response:
    """The same as a page; overdue is a sign that nobody overlooks."""
    return await _page(request, work, layers, city, f, lang or _chosen(request) or "vi")


@router.get("/freshness", summary="How fresh the data is (English)")
async def page_in_english(
    request: Request,
    work: Work,
    layers: CurrentLayers,
    city: CurrentCity,
    f: Form = "html",
    lang: AskedLang = None,
) -> Response:
    """The same page, in English unless another language was chosen before."""
    return await _page(request, work, layers, city, f, lang or _chosen(request) or "en")


def _chosen(request: Request) -> Language | None:
    return language_named(request.cookies.get(LANGUAGE_COOKIE))


async def _page(
    request: Request, work: UnitOfWork, layers: Registry, city: City, form: str, language: Language
) -> Response:
    base: str = request.app.state.settings.address
    document = await _document(work, layers, city, base, language)
    if form == "json":
        return JSONResponse(document, headers={"Content-Language": language})
    return html_page(request, "freshness", language, document=document)


async def _document(
    work: UnitOfWork, layers: Registry, city: City, base: str, language: Language
) -> dict[str, Any]:
    caller = work.caller
    seen = [
        layer
        for layer in layers.values()
        if caller.role in layer.audience and allows(caller.scopes, "read", layer.name)
    ]
    report = await read_report(work.raw, city, seen, city.today())
    titles = {"vi": "Độ mới của dữ liệu", "en": "How fresh the data is"}
    links = [link(f"{base}/api/freshness", "self", "JSON")]
    links += [
        link(f"{base}{path}", "alternate", titles[name], "text/html", hreflang=name)
        for name, path in _PAGES.items()
    ]
    return {"title": titles[language], **told(report, language), "links": links}
