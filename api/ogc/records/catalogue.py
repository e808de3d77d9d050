"""The catalogue as a collection of records (OGC API Records, searchable catalogue).

It stands at ``/ogc/catalogue`` for people, and among the collections for clients that look there.
"""

from typing import Any

from starlette.requests import Request

from api.ogc.links import alternates, link
from api.ogc.records.dcat import MEDIA_TYPE as DCAT
from api.ogc.records.document import LANGUAGES, contacts
from api.ogc.records.document import MEDIA_TYPE as RECORDS
from gis_platform.city import City
from gis_platform.geometry.output_crs import CRS84_URI
from gis_platform.layer.declaration import CATALOGUE
from gis_platform.layer.text import Language, Text

MEDIA_TYPE = "application/ogc-catalog+json"
CLASS = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection"
HOME, LISTED = "/ogc/catalogue", f"/ogc/collections/{CATALOGUE}"
TITLE = Text("Danh mục dữ liệu", "Catalogue of the data")
_DESCRIPTION = Text(
    "Mỗi lớp dữ liệu một bản ghi: nội dung, nguồn, ngày, chu kỳ cập nhật, quyền sử dụng, cách lấy.",
    "One record a layer: contents, source, dates, update cycle, rights, and how to get it.",
)
_RECORDS = Text("Các bản ghi", "Records")


def home_of(request: Request, base: str) -> str:
    """The address of the catalogue under which it was asked for."""
    return base + (LISTED if request.url.path.startswith(LISTED) else HOME)


def catalogue_document(
    home: str, base: str, city: City, language: Language, *, count: int, synthetic: bool
) -> dict[str, Any]:
    """The catalogue; ``count`` records, ``synthetic`` where one of them is made up."""
    return {
        "id": CATALOGUE,
        "type": "Collection",
        "itemType": "record",
        "title": TITLE.in_language(language),
        "description": _DESCRIPTION.in_language(language),
        "extent": {"spatial": {"bbox": [list(city.envelope.as_tuple())], "crs": CRS84_URI}},
        "crs": [CRS84_URI],
        "conformsTo": [CLASS],
        "language": LANGUAGES[language],
        "languages": list(LANGUAGES.values()),
        "resourceLanguages": list(LANGUAGES.values()),
        "contacts": contacts(city, language),
        "attribution": city.attribution.in_language(language),
        "synthetic": synthetic,
        "count": count,
        "links": [
            *alternates(home, MEDIA_TYPE),
            link(f"{home}/items", "items", _RECORDS.in_language(language), RECORDS),
            link(f"{base}{HOME}/dcat", "alternate", "DCAT (JSON-LD)", DCAT),
            link(f"{base}/ogc", "root", "OGC API"),
        ],
    }
