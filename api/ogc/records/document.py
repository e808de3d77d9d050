"""Records as GeoJSON, and the collection they make."""

from typing import Any

from api.ogc.links import link
from api.ogc.records.entry import Entry
from gis_platform.city import City, Contact
from gis_platform.layer.summary import Bounds
from gis_platform.layer.text import Language, Text

MEDIA_TYPE = "application/geo+json"
CORE = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"
LANGUAGES = {"vi": {"code": "vi", "name": "Tiếng Việt"}, "en": {"code": "en", "name": "English"}}
_NO_CONTACT = Text("Chưa công bố đầu mối liên hệ.", "No contact is stated.")
_ACCESS = {True: Text("công khai", "public"), False: Text("chỉ dành cho cán bộ", "for staff only")}


def record(entry: Entry, city: City, home: str, language: Language) -> dict[str, Any]:
    """One record of the catalogue at ``home``; members beside the standard's tell age, cycle, access and
    where it came from.
    """
    here = f"{home}/items/{entry.id}"
    links = [
        link(here, "self", entry.title.in_language(language), MEDIA_TYPE),
        link(f"{here}?f=html", "alternate", "HTML", "text/html"),
        link(home, "collection", "Catalogue", "application/ogc-catalog+json"),
        *(link(d.href, d.rel, d.title.in_language(language), d.media_type) for d in entry.distributions),
    ]
    if entry.licence and entry.licence_uri:
        title = entry.licence.in_language(language)
        links.append(link(entry.licence_uri, "license", title, "text/html"))
    return {
        "id": entry.id,
        "type": "Feature",
        "conformsTo": [CORE],
        "time": _time(entry),
        "geometry": _box(entry.bounds),
        "properties": {
            "type": entry.kind,
            "title": entry.title.in_language(language),
            "description": entry.description.in_language(language),
            "keywords": [word.in_language(language) for word in entry.keywords],
            "language": LANGUAGES[language],
            "languages": list(LANGUAGES.values()),
            "resourceLanguages": [LANGUAGES["vi"]],
            **({"created": entry.created.isoformat()} if entry.created else {}),
            **({"updated": entry.updated.isoformat()} if entry.updated else {}),
            "formats": [
                {"name": d.title.in_language(language), "mediaType": d.media_type}
                for d in entry.distributions
            ],
            "contacts": contacts(city, language),
            "contact_note": None if city.contact else _NO_CONTACT.in_language(language),
            **({"license": entry.licence_spdx or "other"} if entry.licence_uri else {}),
            "access_rights": _ACCESS[entry.public].in_language(language),
            "attribution": city.attribution.in_language(language),
            **entry.about[language],
            "lineage": entry.lineage,
        },
        "links": links,
    }


def contacts(city: City, language: Language) -> list[dict[str, Any]]:
    """Who answers for the data; nobody where the city has not said."""
    return [_contact(city.contact, language)] if city.contact else []


def _contact(contact: Contact, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {"organization": contact.name.in_language(language), "roles": ["pointOfContact"]}
    if contact.email:
        told["emails"] = [{"value": contact.email}]
    if contact.phone:
        told["phones"] = [{"value": contact.phone}]
    if contact.uri:
        told["links"] = [link(contact.uri, "about", told["organization"], "text/html")]
    return told


def _time(entry: Entry) -> dict[str, Any] | None:
    if entry.first is None:
        return None
    return {"interval": [entry.first.isoformat(), entry.last.isoformat() if entry.last else ".."]}


def _box(bounds: Bounds) -> dict[str, Any]:
    west, south, east, north = (round(edge, 7) for edge in bounds)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
