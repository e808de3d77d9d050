"""The landing page and the conformance declaration: only what the tests prove."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import CurrentCity, CurrentSettings
from api.ogc.conformance import CONFORMANCE
from api.ogc.links import link

router = APIRouter(prefix="/ogc", tags=["OGC API"])


@router.get("")
async def landing(city: CurrentCity, settings: CurrentSettings) -> dict[str, Any]:
    """Where everything else is."""
    base = settings.address
    return {
        "title": f"{city.title_vi} – dữ liệu không gian đô thị",
        "description": f"Spatial data of {city.title_en} as layers, features and vector tiles.",
        "links": [
            link(f"{base}/ogc", "self", "This page"),
            link(
                f"{base}/api/openapi.json",
                "service-desc",
                "API",
                "application/vnd.oai.openapi+json;version=3.0",
            ),
            link(f"{base}/api/docs", "service-doc", "API", "text/html"),
            link(f"{base}/ogc/conformance", "conformance", "Conformance"),
            link(f"{base}/ogc/collections", "data", "Collections"),
        ],
    }


@router.get("/conformance")
async def conformance() -> dict[str, Any]:
    """What of the standards holds here."""
    return {"conformsTo": list(CONFORMANCE)}
