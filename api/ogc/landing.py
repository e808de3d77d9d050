"""The landing page and the conformance declaration: only what the tests prove."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import CurrentCity, CurrentSettings
from api.ogc.conformance import CONFORMANCE
from api.ogc.links import alternates, link
from api.ogc.records.catalogue import HOME
from api.ogc.records.catalogue import MEDIA_TYPE as CATALOGUE
from api.ogc.representations import Asked
from gis_platform.geometry.crs import is_vn2000
from gis_platform.layer.text import Language, Text

router = APIRouter(prefix="/ogc", tags=["OGC API"])

_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_TITLE = Text("{city} – dữ liệu không gian đô thị", "{city} – spatial data of the city")
_DESCRIPTION = Text(
    "Dữ liệu không gian của {city} theo tiêu chuẩn mở OGC API: lớp, đối tượng, mảnh bản đồ, danh mục.",
    "Spatial data of {city} over the open standards OGC API: layers, features, tiles, catalogue.",
)
_DISCLAIMERS = (
    Text(
        "Thông tin để tra cứu, không thay thế bản đồ địa chính, hồ sơ quy hoạch hoặc giấy chứng nhận.",
        "For information: it replaces no cadastral map, no planning file and no certificate.",
    ),
    Text(
        "Mỗi lớp dữ liệu ghi rõ ngày của nguồn; dữ liệu quá chu kỳ cập nhật được cảnh báo.",
        "Each layer tells the date of its source; data past its update cycle is marked.",
    ),
)
_ACCURACY = Text(
    "Phép chuyển từ VN-2000 sang WGS 84 có độ chính xác khoảng 1 m: không dùng để xác định ranh giới.",
    "The transformation from VN-2000 to WGS 84 is accurate to about 1 m: not for settling boundaries.",
)
_MADE_UP = Text(
    "Dữ liệu minh hoạ: được tạo ra để giới thiệu, không có thật.",
    "Demonstration data: made up, not real.",
)


@router.get("", summary="Landing page")
async def landing(city: CurrentCity, settings: CurrentSettings, asked: Asked) -> Response:
    """Where everything else is."""
    base, language = settings.address, asked.language
    title = city.title_vi if language == "vi" else city.title_en
    said = [*_DISCLAIMERS]
    if is_vn2000(city.working_srid):
        said.append(_ACCURACY)
    if city.demo:
        said.append(_MADE_UP)
    document = {
        "title": _TITLE.in_language(language).format(city=title),
        "description": _DESCRIPTION.in_language(language).format(city=title),
        "attribution": city.attribution.in_language(language),
        "disclaimers": [text.in_language(language) for text in said],
        "synthetic": city.demo,
        "links": [*alternates(f"{base}/ogc"), *_doors(base, language)],
    }
    return asked.answer("landing", document)


def _doors(base: str, language: Language) -> list[dict[str, object]]:
    def door(
        path: str, rel: str, vi: str, en: str, media_type: str = "application/json"
    ) -> dict[str, object]:
        return link(f"{base}{path}", rel, Text(vi, en).in_language(language), media_type)

    return [
        door("/ogc/collections", "data", "Các lớp dữ liệu", "Layers"),
        door(HOME, f"{_REL}ogc-catalog", "Danh mục dữ liệu", "Catalogue of the data", CATALOGUE),
        door("/ogc/catalogue/dcat", "alternate", "DCAT", "DCAT", "application/ld+json"),
        door("/ogc/tileMatrixSets", f"{_REL}tiling-schemes", "Lưới mảnh bản đồ", "Tile matrix sets"),
        door("/ogc/styles", f"{_REL}styles", "Kiểu thể hiện bản đồ", "Styles"),
        door("/ogc/conformance", "conformance", "Tiêu chuẩn đáp ứng", "Conformance"),
        door(
            "/ogc/api",
            "service-desc",
            "Mô tả API (OpenAPI)",
            "API description (OpenAPI)",
            "application/vnd.oai.openapi+json;version=3.0",
        ),
        door("/api/docs", "service-doc", "Tài liệu API", "API documentation", "text/html"),
    ]


@router.get("/conformance", summary="Conformance declaration")
async def conformance(settings: CurrentSettings, asked: Asked) -> Response:
    """What of the standards holds here."""
    links = alternates(f"{settings.address}/ogc/conformance")
    return asked.answer("conformance", {"conformsTo": list(CONFORMANCE), "links": links})
