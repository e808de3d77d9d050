"""Real parcels of a French commune under made-up plans, against an independent computation."""

import os
import re
from collections.abc import Iterator

import numpy as np
import psycopg
import pytest

from etl.delivery.deliver import deliver
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from layers.zoning import LAYER as ZONING
from tests.layers.planning.conftest import Answers
from tests.support.databases import drop_database, fresh_database
from tests.support.delivered import request, shared_file
from tests.support.overlay_oracle import Tally, compare, expect, read_ground
from tests.support.random_zones import zones_over

_INSERT = """
    INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, plan_themes, decision_no,
                              decision_date, source_date, valid_from, geom)
    VALUES (%(code)s, %(code)s, %(theme)s, %(plan)s, 'Plan ' || %(plan)s, %(level)s, %(shows)s, '1/QD',
            '2020-01-01', '2020-01-01', '2020-01-01',
            ST_SetSRID(ST_GeomFromWKB(%(wkb)s), core.working_srid()))
"""


@pytest.fixture(scope="module")
def commune(server: str, base_settings: Settings) -> Iterator[Logins]:
    """The parcels of the commune as they are delivered, and no plan yet."""
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    settings = base_settings.model_copy(update={"city": "terres_de_bord"})
    name = f"gis_commune_{os.getpid()}_test"
    places = logins(settings, fresh_database(server, name))
    migrate(settings, places)
    deliver(settings, request(file), places.owner)
    yield places
    drop_database(server, name)


@pytest.mark.timeout(1200)  # half a minute of one core, which may be shared
@pytest.mark.parametrize("seed", [27, 412])
def test_real_parcels_agree_with_shapely(commune: Logins, answers: Answers, seed: int) -> None:
    parcels, _ = read_ground(commune.owner)
    with psycopg.connect(commune.owner) as connection:
        connection.execute("DELETE FROM layer.zoning")
        for number, zone in enumerate(zones_over(list(parcels.values()), np.random.default_rng(seed))):
            connection.execute(
                _INSERT,
                {
                    "code": f"{seed}-{number}",
                    "theme": zone.theme,
                    "plan": zone.plan,
                    "level": zone.level,
                    "shows": list(zone.shows),
                    "wkb": zone.shape.wkb,
                },
            )
        connection.execute(ZONING.sql["after_delivery"].text.encode())
    _, zones = read_ground(commune.owner)
    expected, tally = expect(parcels, zones), Tally()
    for answer in answers(commune.public, sorted(parcels)):
        compare(expected, answer, tally)
    # What plans cover is kept on a grid of a centimetre: over a large parcel what that loses may add up to
    # just over the tolerance, and covered ground is told as without data. Rare, and on the safe side.
    hairs = [fault for fault in tally.faults if re.search(r"no_data told|: 0\.\d+ m² without a plan", fault)]
    assert len({fault.partition(":")[0] for fault in hairs}) <= len(parcels) / 500, hairs
    faults = [fault for fault in tally.faults if fault not in hairs]
    assert not faults, f"{len(faults)} faults, the first: {faults[:5]}"
    assert tally.parcels == len(parcels) == 1990
    assert tally.too_close < 5 * len(parcels) / 20
    met = (tally.straddling, tally.not_governing, tally.not_affected, tally.no_data, tally.slivers)
    assert min(met) > 50, f"the made-up plans no longer test all of it: {tally}"
