"""Extracts of a hundred demo answers read as people write: no code of the data, no sign of a program."""

import json
import random
import re
from datetime import date

import psycopg
import pytest

from gis_platform.city import City
from gis_platform.database.server import Logins
from layers.planning.kept.answers import canonical
from tests.layers.planning.building.conftest import ask
from tests.support.extracts import pages_of
from web_map.extract import extract_pdf

_CODES = (
    "None|True|False|fits|partly|differs|cannot_decide|stated|computed|land_function|road_reserve|"
    "waterway_corridor|power_corridor|heritage|in_force|legal|measured|zoning|streets|parcels|allowed|"
    "not_allowed|not_enough_data|floors|times|duong_pho|hem|chi_tiet|phan_khu|nan|null"
)
_STRANGE = re.compile(rf"[\[\]{{}}]|\b(?:{_CODES})\b|\w+_\w+")


@pytest.mark.timeout(600)
def test_no_code_of_the_data_is_printed(small_city: Logins, city: City) -> None:
    with psycopg.connect(small_city.owner) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM layer.parcels ORDER BY id")]
    chosen = random.Random(65).sample(ids, 100)  # noqa: S311  # a sample, not a secret
    straddling = 0
    for parcel, answer in zip(chosen, ask(small_city.public, chosen, date(2026, 11, 30)), strict=True):
        document = json.loads(canonical(answer))
        straddling += len(document["building"][0]["function"]) > 1
        text = " ".join(pages_of(extract_pdf(document, language="vi", city=city)))
        found = _STRANGE.search(text)
        assert found is None, (parcel, text[found.start() - 60 : found.end() + 60])
    assert straddling > 5
