"""Two dated states of the real wards of Đồng Tháp: 26 of 102 differ, and the rest does not."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from pyogrio.raw import read
from shapely.geometry.base import BaseGeometry

from gis_platform.database.server import Logins
from gis_platform.geometry.crs import transform_geometries
from gis_platform.settings import Settings
from tests.support.compared import Comparer, holds_together
from tests.support.delivered import GRID, Sample, shared_file

FILE = "admin_new.gpkg"
LATE, EARLY = "dong_thap_wards_2025", "dong_thap_wards_2025_snapshot_2026_03_11"
#: Ground that two states must not share before they are said to differ in SOURCES.md, in m2.
DIFFER_M2 = 100


def _wards(layer: str, code: str) -> Sample:
    meta, _, geometry, fields = read(shared_file(FILE), layer=layer)
    columns = dict(zip(meta["fields"], fields, strict=True))
    shapes = transform_geometries(shapely.from_wkb(geometry), 4326, GRID)
    names = [str(name) for name in columns["fullName"]]
    return Sample(
        {
            "code": [str(value) for value in columns[code]],
            "name": [name.partition(" ")[2] for name in names],
            "full_name": names,
            "kind": ["phuong" if name.startswith("Phường") else "xa" for name in names],
            "generation": [3] * len(names),
        },
        [_mended(shape) for shape in shapes],
        GRID,
    )


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """As a sender would: in the working grid some rings of the real file touch themselves."""
    if shape.is_valid:
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


@pytest.fixture
def comparer(settings: Settings, database: Logins, tmp_path: Path) -> Comparer:
    """Of a city as large as the province, for all of its wards are in the file."""
    wide = Comparer(settings, database.owner, tmp_path, "admin_units")
    province = wide.city.envelope.model_copy(
        update={"west": 105.0, "south": 10.0, "east": 107.0, "north": 11.0}
    )
    wide.city = wide.city.model_copy(update={"envelope": province})
    return wide


def _differing(early: Sample, late: Sample) -> set[str]:
    """By name, by shapely alone: the ground that is in one state and not in the other."""
    before = dict(zip(early.columns["full_name"], early.shapes, strict=True))
    found = set()
    for name, shape in zip(late.columns["full_name"], late.shapes, strict=True):
        other = before[name]
        assert shape is not None
        assert other is not None
        if shapely.symmetric_difference(shape, other).area > DIFFER_M2:
            found.add(name)
    return found


def test_by_code_just_the_known_26_changed(comparer: Comparer) -> None:
    early, late = _wards(EARLY, "code"), _wards(LATE, "code")
    known = _differing(early, late)
    assert len(known) == 26
    comparer.in_force(early)
    found = comparer(late.shuffled())
    holds_together(found)
    counts = found.counts
    assert (counts.read, counts.added, counts.renumbered, counts.split, counts.merged) == (102, 0, 0, 0, 0)
    large = {
        found.features[c["id"]]["full_name"]
        for c in found.of_kind("changed_geometry")
        if _moved_m2(c["evidence"]) > DIFFER_M2
    }
    assert large == known


def test_without_a_code_in_common_each_finds_its_own_place(comparer: Comparer) -> None:
    early = _wards(EARLY, "code")
    early = early.with_column("code", [f"{90_000 + n}" for n in range(102)])
    comparer.in_force(early)
    found = comparer(_wards(LATE, "code").shuffled(5))
    holds_together(found)
    assert (found.counts.renumbered, found.counts.added, found.counts.vanished) == (102, 0, 0)
    assert all(
        found.features[c["id"]]["full_name"] == found.rows[c["row_no"]]["full_name"] for c in found.changes
    )
    assert found.counts.doubtful == 0


def test_wards_of_another_generation_are_other_wards(comparer: Comparer) -> None:
    early = _wards(EARLY, "code")
    comparer.in_force(early)
    older = early.with_column("generation", [2] * 102).with_column("code", [f"{n:05}" for n in range(102)])
    found = comparer(older)
    assert (found.counts.added, found.counts.renumbered) == (102, 0)


def _moved_m2(evidence: dict[str, float]) -> float:
    before, after, iou = (float(evidence[n]) for n in ("size_before", "size_after", "iou"))
    common = iou * (before + after) / (1 + iou)
    return float(np.round(before + after - 2 * common))
