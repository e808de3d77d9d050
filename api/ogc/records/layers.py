"""Entries of the layers, from their declarations, their rows and their deliveries."""

from api.ogc.collection_document import age_of, rights_of
from api.ogc.records.entry import Distribution, Entry
from etl.exporting.forms import FORMS
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Cycle, Layer
from gis_platform.layer.summary import Summary
from gis_platform.layer.text import Text
from web_map.texts import LANGUAGES

_FREQUENCIES = {
    Cycle.LIVE: "UPDATE_CONT",
    Cycle.MONTHLY: "MONTHLY",
    Cycle.QUARTERLY: "QUARTERLY",
    Cycle.YEARLY: "ANNUAL",
    Cycle.AS_DECIDED: "IRREG",
}


def layer_entry(told: Summary, city: City, base: str) -> Entry:
    """One layer; ``base`` is the address the city is served under."""
    layer = told.layer
    here = f"{base}/ogc/collections/{layer.name}"
    licence = city.licence_of(layer.name)
    return Entry(
        id=layer.name,
        title=layer.title,
        description=layer.description,
        keywords=_keywords(layer),
        bounds=told.bounds or city.envelope.as_tuple(),
        first=told.begins if layer.history else told.freshness.oldest,
        last=None if layer.history else told.freshness.newest,
        created=told.first_received,
        updated=told.last_received,
        about={
            language: {
                **age_of(told, city, language),
                "rights": rights_of(told, city, language),
                "deliveries": told.deliveries,
            }
            for language in LANGUAGES
        },
        frequency=_FREQUENCIES[layer.cycle],
        public=Role.PUBLIC in layer.audience,
        synthetic=told.freshness.synthetic,
        licence=licence.title if licence else None,
        licence_uri=licence.uri if licence else None,
        licence_spdx=licence.spdx if licence else None,
        distributions=(
            Distribution(
                href=here,
                rel="describes",
                media_type="application/json",
                title=Text("Lớp dữ liệu (OGC API)", "Layer (OGC API)"),
            ),
            *(
                Distribution(
                    href=f"{here}/items?f={form.key}",
                    rel="item",
                    media_type=form.media_type,
                    title=form.title,
                )
                for form in FORMS.values()
            ),
        ),
    )


def _keywords(layer: Layer) -> tuple[Text, ...]:
    """What it is about: its title and the words of its legend."""
    classes = tuple(one.label for one in layer.style.classes)
    return tuple(dict.fromkeys((layer.title, *classes)))
