"""The catalogue as DCAT 3 in JSON-LD, for portals that harvest. What the city has not stated is left out."""

from collections.abc import Sequence
from typing import Any

from api.ogc.records.entry import Distribution, Entry
from gis_platform.city import City
from gis_platform.layer.summary import Bounds
from gis_platform.layer.text import Text

MEDIA_TYPE = "application/ld+json"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TITLE = Text("Danh mục dữ liệu không gian {city}", "Catalogue of the spatial data of {city}")
_MADE_UP = Text(
    "Dữ liệu minh hoạ: được tạo ra để giới thiệu, không có thật.",
    "Demonstration data: made up, not real.",
)
_DELIVERED = Text("{n} đợt giao dữ liệu đã nhận.", "{n} deliveries taken in.")


def dcat(entries: Sequence[Entry], city: City, base: str) -> dict[str, Any]:
    """The catalogue with a dataset for each entry; texts in both languages."""
    titled = Text(_TITLE.vi.format(city=city.title_vi), _TITLE.en.format(city=city.title_en))
    catalogue: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": f"{base}/ogc/catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _both(titled),
        "dct:description": _both(city.attribution),
        "dct:language": [{"@id": f"{_EU}language/VIE"}, {"@id": f"{_EU}language/ENG"}],
        "foaf:homepage": {"@id": f"{base}/"},
        "dcat:dataset": [_dataset(entry, city, base) for entry in entries],
        "dcat:service": {
            "@id": f"{base}/ogc",
            "@type": "dcat:DataService",
            "dct:title": _both(Text("OGC API", "OGC API")),
            "dcat:endpointURL": {"@id": f"{base}/ogc"},
            "dcat:endpointDescription": {"@id": f"{base}/ogc/api"},
        },
    }
    return catalogue | _published_by(city)


def _published_by(city: City) -> dict[str, Any]:
    """The publisher, or else whom to ask; nothing where the city states neither."""
    publisher = city.publisher or city.contact
    if publisher is None:
        return {}
    agent: dict[str, Any] = {"@type": "foaf:Agent", "foaf:name": _both(publisher.name)}
    if publisher.uri:
        agent["foaf:homepage"] = {"@id": publisher.uri}
    if publisher.email:
        agent["foaf:mbox"] = {"@id": f"mailto:{publisher.email}"}
    return {"dct:publisher": agent}


def _dataset(entry: Entry, city: City, base: str) -> dict[str, Any]:
    about = entry.about["vi"]
    provenance = [_DELIVERED, _MADE_UP] if entry.synthetic else [_DELIVERED]
    told = Text(
        " ".join(text.vi for text in provenance).format(n=about["deliveries"]),
        " ".join(text.en for text in provenance).format(n=about["deliveries"]),
    )
    dataset: dict[str, Any] = {
        "@id": f"{base}/ogc/catalogue/items/{entry.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": entry.id,
        "dct:title": _both(entry.title),
        "dct:description": _both(entry.description),
        "dcat:keyword": [part for word in entry.keywords for part in _both(word)],
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/{entry.frequency}"},
        "dct:accessRights": {"@id": f"{_EU}access-right/{'PUBLIC' if entry.public else 'RESTRICTED'}"},
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": _typed(_wkt(entry.bounds), "geo:wktLiteral")},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _both(told)},
        "dcat:distribution": [_distribution(one, entry) for one in entry.distributions],
        **_published_by(city),
    }
    if entry.first is not None:
        period: dict[str, Any] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(entry.first.isoformat(), "xsd:date"),
        }
        if entry.last is not None:
            period["dcat:endDate"] = _typed(entry.last.isoformat(), "xsd:date")
        dataset["dct:temporal"] = period
    for term, moment in (("dct:issued", entry.created), ("dct:modified", entry.updated)):
        if moment is not None:
            dataset[term] = _typed(moment.isoformat(), "xsd:dateTime")
    if city.contact:
        dataset["dcat:contactPoint"] = {
            "@type": "vcard:Kind",
            "vcard:fn": city.contact.name_vi,
            **({"vcard:hasEmail": {"@id": f"mailto:{city.contact.email}"}} if city.contact.email else {}),
        }
    return dataset


def _distribution(one: Distribution, entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _both(one.title),
        "dcat:accessURL": {"@id": one.href},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + one.media_type.partition(";")[0]},
    }
    if entry.licence_uri:
        told["dct:license"] = {"@id": entry.licence_uri}
    else:
        rights = Text(entry.about["vi"]["rights"], entry.about["en"]["rights"])
        told["dct:rights"] = {"@type": "dct:RightsStatement", "rdfs:label": _both(rights)}
    return told


def _both(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.vi, "@language": "vi"}, {"@value": text.en, "@language": "en"}]


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": kind}


def _wkt(bounds: Bounds) -> str:
    west, south, east, north = (round(edge, 7) for edge in bounds)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "POLYGON((" + ", ".join(f"{x} {y}" for x, y in corners) + "))"
