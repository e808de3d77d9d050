"""What a draft would change, against an independent computation: shapely, from what is in force."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.drafts import (
    draft_row,
    draft_rows,
    drafted,
    parcel_shapes,
    plan,
    random_zones,
    write_plan,
)

CODES = ("ODT", "ODT", "ODT", "TMD", "DKV", "DGT", "XYZ", "HL")
RANK = {"chi_tiet": 0, "phan_khu": 1, "chung": 2}
Key = tuple[int, int, str, int | None]


@pytest.fixture(scope="module")
def compared(
    draft_settings: Settings, draft_city: Logins, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Logins]:
    zones = random_zones(draft_city, 60, seed=11)
    rng = np.random.default_rng(5)
    codes = [CODES[int(rng.integers(len(CODES)))] for _ in zones]
    sample = plan(
        zones,
        codes,
        title=[("Hành lang kênh" if code == "HL" else f"Ô {code}") for code in codes],
        max_density_pct=[float(rng.choice([60, 70, 80])) if code == "ODT" else None for code in codes],
        floors_max=[int(rng.integers(2, 8)) if code == "ODT" else None for code in codes],
    )
    file = write_plan(tmp_path_factory.mktemp("oracle") / "đồ án.gpkg", sample)
    return drafted(draft_settings, draft_city, file), draft_city


class Oracle:
    """The parcels, the zones in force with the ground on which each governs, and the zones of the draft."""

    def __init__(self, places: Logins, draft: int) -> None:
        self.parcels = parcel_shapes(places)
        force = draft_rows(
            places,
            "SELECT id, theme, plan_level, plan_themes, function_code, max_density_pct, floors_max, "
            "height_max_m, far_max, ST_AsBinary(geom) AS geom FROM layer.zoning ORDER BY id",
        )
        self.force = [(row, shapely.from_wkb(row["geom"])) for row in force]
        self.detailed: dict[tuple[str, int], list[BaseGeometry]] = defaultdict(list)
        for row, shape in self.force:
            for theme in {row["theme"], *row["plan_themes"]}:
                self.detailed[theme, RANK[row["plan_level"]]].append(shape)
        zones = draft_rows(
            places, "SELECT *, ST_AsBinary(geom) AS wkb FROM planning.draft_zone WHERE draft_id = %s", draft
        )
        self.zones = [(row, shapely.from_wkb(row["wkb"])) for row in zones]
        self.tree = shapely.STRtree([shape for _, shape in self.force])

    def law(self, parcel: BaseGeometry) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Zones in force on a parcel, each with the ground that no more detailed plan treats."""
        told = []
        for at in self.tree.query(parcel, predicate="intersects"):
            row, shape = self.force[int(at)]
            shared = shape.intersection(parcel)
            over = [
                each
                for rank in range(RANK[row["plan_level"]])
                for each in self.detailed[row["theme"], rank]
                if each.intersects(shared)
            ]
            left = shared.difference(shapely.union_all(over)) if over else shared
            if left.area > 1e-6:
                told.append((row, left))
        return told

    def pieces(self, parcel: BaseGeometry, tolerance: float) -> dict[tuple[int, str, int | None], float]:
        """By zone of the draft, change and zone in force: m², those of map error left out."""
        law = self.law(parcel)
        on = [(row, shape.intersection(parcel)) for row, shape in self.zones if shape.intersects(parcel)]
        slivers = [(row, ground) for row, ground in on if 0 < ground.area <= tolerance]
        on = [(row, ground) for row, ground in on if ground.area > tolerance]
        roads = _union(g for row, g in law if row["theme"] == "road_reserve" or row["function_code"] == "DGT")
        planned = _union(g for row, g in on if row["kind"] == "road")
        found: dict[tuple[int, str, int | None], float] = defaultdict(float)
        for row, ground in on:
            number = row["zone_no"]
            if row["kind"] == "zone":
                land = [(r, g) for r, g in law if r["theme"] == "land_function"]
                for r, g in land:
                    found[number, _change(row, r), r["id"]] += ground.intersection(g).area
                found[number, "new", None] += ground.difference(_union(g for _, g in land)).area
                found[number, "road_lifted", None] += ground.intersection(roads).difference(planned).area
            else:
                held = roads
                if row["kind"] != "road":
                    held = _union(g for r, g in law if r["theme"] == row["kind"])
                name = "road" if row["kind"] == "road" else "corridor"
                found[number, name, None] += ground.difference(held).area
                found[number, "same", None] += ground.intersection(held).area
        told = {key: area for key, area in found.items() if area > tolerance}
        return told | {(row["zone_no"], "sliver", None): ground.area for row, ground in slivers}


def _union(shapes: Any) -> BaseGeometry:
    return shapely.union_all(list(shapes))


def _change(draft: dict[str, Any], force: dict[str, Any]) -> str:
    if draft["function_code"] != force["function_code"]:
        return "function" if draft["function_known"] else "unknown"
    figures = ("max_density_pct", "floors_max", "height_max_m", "far_max")
    other = any(draft[name] is not None and draft[name] != force[name] for name in figures)
    return "limits" if other else "same"


def test_hits_pieces_and_areas_agree_with_shapely(compared: tuple[int, Logins]) -> None:
    draft, places = compared
    assert draft_row(places, draft)["state"] == "done"
    oracle = Oracle(places, draft)
    effects: dict[int, dict[tuple[int, str, int | None], float]] = defaultdict(dict)
    for row in draft_rows(places, "SELECT * FROM planning.draft_effect WHERE draft_id = %s", draft):
        key = (row["zone_no"], row["change"], row["feature_id"])
        assert key not in effects[row["parcel_id"]], "one line a piece"
        effects[row["parcel_id"]][key] = row["area_m2"]
    seen: set[str] = set()
    for number, parcel in oracle.parcels.items():
        tolerance = min(0.5, parcel.area / 2)
        expected = oracle.pieces(parcel, tolerance)
        told = effects.pop(number, {})
        # Only what lies on the very edge of the tolerance may fall on either side of it.
        for key in expected.keys() ^ told.keys():
            area = expected.get(key, told.get(key, 0.0))
            assert area == pytest.approx(tolerance, abs=0.01) or area < 1e-6, (number, key, area)
        for key in expected.keys() & told.keys():
            assert told[key] == pytest.approx(expected[key], abs=0.01), (number, key)
            seen.add(key[1])
    assert not effects
    assert {"function", "limits", "same", "road", "unknown", "sliver", "corridor"} <= seen


def test_a_parcel_counts_shared_ground_once(compared: tuple[int, Logins]) -> None:
    draft, places = compared
    oracle = Oracle(places, draft)
    rows = draft_rows(places, "SELECT * FROM planning.draft_parcel WHERE draft_id = %s", draft)
    assert len(rows) > 300
    several = 0
    for row in rows:
        parcel = oracle.parcels[row["parcel_id"]]
        tolerance = min(0.5, parcel.area / 2)
        grounds = [(z, shape.intersection(parcel)) for z, shape in oracle.zones if shape.intersects(parcel)]
        real = [(z, ground) for z, ground in grounds if ground.area > tolerance]
        whole = _union(ground for _, ground in real)
        if real:
            assert row["area_m2"] == pytest.approx(whole.area, abs=0.01)
            assert row["share"] == pytest.approx(min(whole.area / parcel.area, 1), abs=1e-4)
        roads = _union(ground for z, ground in real if z["kind"] == "road")
        assert row["road_m2"] == pytest.approx(roads.area, abs=0.01)
        several += len(real) > 1
    assert several > 10


def test_totals_are_the_sums_of_the_lines(compared: tuple[int, Logins]) -> None:
    draft, places = compared
    totals = draft_row(places, draft)["totals"]
    rows = draft_rows(places, "SELECT * FROM planning.draft_parcel WHERE draft_id = %s", draft)
    real = [row for row in rows if row["changes"] != ["sliver"]]
    assert totals["parcels"] == len(real)
    assert totals["changed"] == sum(row["changed"] for row in real)
    assert totals["parcels_m2"] == pytest.approx(sum(row["area_m2"] for row in real), abs=0.02)
    assert totals["houses"] == sum(
        bool(re.match(r"\s*(số\s+)?\d", row["address"] or "", re.IGNORECASE)) for row in real
    )
    assert totals["changed"] + totals["unchanged"] + totals["undecided"] == totals["parcels"]
    lines = draft_rows(places, "SELECT * FROM planning.draft_effect WHERE draft_id = %s", draft)
    for change, told in totals["changes"].items():
        of_kind = [line for line in lines if line["change"] == change]
        assert told["parcels"] == len({line["parcel_id"] for line in of_kind})
        assert told["area_m2"] == pytest.approx(sum(line["area_m2"] for line in of_kind), abs=0.02)


def test_houses_are_those_of_the_register_first(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    """A lot whose number the register alone knows, and one that has none but in the cadastre."""
    numbered = draft_rows(
        draft_city,
        """
        SELECT h.parcel_id AS id, ST_AsBinary(p.geom) AS geom,
               numbering.painted(h.alley_path, h.number, h.suffix) AS painted
        FROM layer.house_numbers h JOIN layer.parcels p ON p.id = h.parcel_id
        WHERE h.state IN ('reserved', 'issued') AND h.street_id IS NOT NULL
          AND NOT coalesce(p.address ~* '^[[:space:]]*(số[[:space:]]+)?[0-9]', false)
          AND (SELECT count(*) FROM layer.house_numbers o WHERE o.parcel_id = p.id) = 1 ORDER BY h.id LIMIT 5
        """,
    )
    assert numbered
    zones = [shapely.from_wkb(row["geom"]).convex_hull for row in numbered]
    file = write_plan(folder / "nha.gpkg", plan(zones, ["DGT"] * len(zones)))
    draft = drafted(draft_settings, draft_city, file)
    rows = draft_rows(draft_city, "SELECT * FROM planning.draft_parcel WHERE draft_id = %s", draft)
    by_id = {row["parcel_id"]: row for row in rows}
    for row in numbered:
        assert by_id[row["id"]]["house"] is True
        assert by_id[row["id"]]["address"].startswith(f"{row['painted']} ")
    assert draft_row(draft_city, draft)["totals"]["houses"] >= len(numbered)


def test_nothing_in_force_is_touched(
    compared: tuple[int, Logins], draft_settings: Settings, folder: Path
) -> None:
    _, places = compared
    state = "SELECT core.layer_state('layer.parcels') AS p, core.layer_state('layer.zoning') AS z"
    before = draft_rows(places, state)
    file = write_plan(folder / "a.gpkg", plan(random_zones(places, 3, seed=2), ["ODT", "DGT", "TMD"]))
    drafted(draft_settings, places, file)
    assert draft_rows(places, state) == before
