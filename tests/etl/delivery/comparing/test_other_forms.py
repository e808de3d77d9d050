"""The same rows from another hand: another order, form, grid or encoding is no difference."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyogrio.raw import write

from etl.delivery.request import Counts
from gis_platform.geometry.crs import transform_geometries
from tests.support.compared import LATER, Comparer
from tests.support.delivered import GRID, Sample, parcels, request, write_csv, write_sample
from tests.support.derived import FRENCH_GRID, french_parcels

TEXTS = ["Thửa ở ngõ Trần Hưng Đạo, cạnh rạch Bảo Định", "đường Nguyễn Trãi (số 12/3)", "Ấp Mỹ Phú"]


def _turned(sample: Sample, seed: int) -> Sample:
    """Rings that begin elsewhere and run the other way, parts in another order, points on the lines."""
    draw = np.random.default_rng(seed)

    def turned(shape: shapely.geometry.base.BaseGeometry) -> shapely.MultiPolygon:
        parts = []
        for part in shapely.get_parts(shape)[::-1]:
            ring = list(part.exterior.coords)[:-1]
            start = int(draw.integers(len(ring)))
            ring = (ring[start:] + ring[:start])[:: -1 if draw.random() < 0.5 else 1]
            holes = [list(hole.coords)[::-1] for hole in part.interiors][::-1]
            parts.append(shapely.Polygon(ring, holes))
        return shapely.MultiPolygon(parts)

    return replace(sample, shapes=[turned(shape) for shape in sample.shapes if shape is not None])


def _gridded(sample: Sample, srid: int, back: int | None = None) -> Sample:
    """Brought into another grid, and back where it says so."""
    assert sample.srid is not None
    shapes = transform_geometries(np.array(sample.shapes, dtype=object), sample.srid, srid)
    if back is not None:
        shapes = transform_geometries(shapes, srid, back)
    return replace(sample, shapes=list(shapes), srid=back or srid)


def _named(sample: Sample, **new: str) -> Sample:
    return replace(sample, columns={new.get(n, n): v for n, v in sample.columns.items()})


@pytest.mark.parametrize(
    "saved",
    [
        lambda s: s.shuffled(3),
        lambda s: _turned(s, 4).shuffled(4),
        lambda s: _gridded(s, 4326).shuffled(5),
        lambda s: _gridded(s, 4326, FRENCH_GRID),
        lambda s: _gridded(_turned(s, 6), 3857),
    ],
    ids=["shuffled", "turned", "WGS 84", "there and back", "Mercator"],
)
def test_another_order_or_grid_is_no_difference(
    cadastre: Comparer, saved: Callable[[Sample], Sample]
) -> None:
    found = cadastre(saved(french_parcels()))
    assert not found.changes
    assert (found.counts.read, found.counts.unchanged) == (1990, 1990)


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".geojson", ".shp", ".csv"])
def test_another_form_is_no_difference(cadastre: Comparer, ending: str, tmp_path: Path) -> None:
    sample = french_parcels().shuffled(8)
    file = tmp_path / f"again{ending}"
    columns = {}
    if ending == ".csv":
        empty = ["" if v is None else v for v in sample.columns["measured_area_m2"]]
        write_csv(file, sample.with_column("measured_area_m2", empty))
    elif ending == ".shp":
        # A DBF holds ten characters of a name.
        columns = {"legal_area_m2": "DTPL_M2", "measured_area_m2": "DTDD_M2"}
        write_sample(file, _named(sample, **columns))
    elif ending == ".geojson":
        write_sample(file, _gridded(sample, 4326))
    else:
        write_sample(file, sample)
    crs = f"EPSG:{FRENCH_GRID}" if ending == ".csv" else None
    found = cadastre(request(file, day=LATER, crs=crs, columns=columns))
    assert not found.changes
    assert (found.counts.read, found.counts.unchanged) == (1990, 1990)


@pytest.mark.parametrize("codec", ["cp1258", "utf-8"])
def test_another_encoding_is_no_difference(comparer: Comparer, codec: str, tmp_path: Path) -> None:
    sample = parcels(90).with_column("address", [TEXTS[n % 3] for n in range(90)])
    comparer.in_force(sample)
    file = tmp_path / "again.shp"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        write(
            str(file),
            np.array([shapely.to_wkb(shape) for shape in sample.shapes], dtype=object),
            [np.array(values, dtype=object) for values in sample.columns.values()],
            list(sample.columns),
            driver="ESRI Shapefile",
            geometry_type="Polygon",
            crs=f"EPSG:{GRID}",
            encoding=codec,
        )
    found = comparer(request(file, day=LATER))
    assert found.counts == Counts(read=90, unchanged=90)


def test_a_text_that_a_form_cuts_off_is_left_out(comparer: Comparer, tmp_path: Path) -> None:
    long = parcels(3).with_column("address", ["Ấp Mỹ Phú, " * 40] * 3)
    comparer.in_force(long)
    file = write_sample(tmp_path / "again.shp", long.shuffled())
    found = comparer(request(file, day=LATER, ignore=("address",)))
    assert found.counts == Counts(read=3, unchanged=3)


def test_what_differs_by_more_than_noise_is_a_change(comparer: Comparer) -> None:
    sample = parcels(4).with_column("legal_area_m2", [100 + n / 7 for n in range(4)])
    comparer.in_force(sample)
    areas = list(sample.columns["legal_area_m2"])
    noisy = sample.with_column("legal_area_m2", [areas[0] * (1 + 5e-7), areas[1] * (1 + 5e-6), *areas[2:]])
    shape = sample.shapes[2]
    assert shape is not None
    moved = noisy.with_shape(3, shapely.transform(shape, lambda c: c + 0.0005))
    moved = moved.with_shape(4, shapely.transform(moved.shapes[3], lambda c: c + 0.002))
    found = comparer(moved)
    assert found.counts == Counts(read=4, changed_geometry=1, changed_attributes=1, unchanged=2)
    assert found.numbers("changed_attributes") == {("2", "2")}
    assert found.numbers("changed_geometry") == {("4", "4")}
