"""A draft from its file to what it would change, on the small demo city."""

from pathlib import Path

import shapely

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.drafts import draft_row, draft_rows, drafted, parcel_shapes, plan, random_zones, write_plan


def test_a_geopackage_tells_what_it_would_change(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    zones = random_zones(draft_city, 6, seed=3)
    file = write_plan(folder / "khu dân cư.gpkg", plan(zones, ["ODT", "DGT", "DKV", "TMD", "HL", "XYZ"]))
    draft = drafted(draft_settings, draft_city, file)
    row = draft_row(draft_city, draft)
    assert row["state"] == "done", row["reason"]
    assert row["read_as"]["grid"] == {"srid": 9210, "how": "declared", "others": []}
    ground = shapely.union_all(zones)
    told = {
        r["parcel_id"]: r
        for r in draft_rows(draft_city, "SELECT * FROM planning.draft_parcel WHERE draft_id = %s", draft)
    }
    hit = {
        k: s.intersection(ground).area for k, s in parcel_shapes(draft_city).items() if s.intersects(ground)
    }
    assert {k for k, area in hit.items() if area > 0.5} <= set(told)
    assert all(abs(told[k]["area_m2"] - area) < 0.01 for k, area in hit.items() if area > 3)
