"""Holders belong to their parcels and are marked; WKB and JSON made by hand are what the libraries read."""

import json

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import given
from hypothesis import strategies as st

from etl.demo import schema
from etl.demo.city import City
from etl.demo.land_uses import CODES, land_uses
from etl.demo.names import MARK
from etl.demo.owners import holders, owners
from etl.demo.parcels import parcels
from etl.demo.wkb import multipolygons
from tests.etl.demo.conftest import Rows


def test_one_marked_holder_for_each_parcel(city: City) -> None:
    batch = next(iter(parcels(city)))
    held = owners(city.seed, 0, batch)
    assert held.schema == schema.PARCEL_OWNERS
    assert held["parcel_no"] == batch["parcel_no"]
    assert all(name.endswith(MARK) for name in held["holder_name"].to_pylist())
    assert all(number.startswith("SYN") for number in held["id_number"].to_pylist())
    assert held["phone"].null_count == held.num_rows


def test_holders_do_not_depend_on_how_parcels_are_cut_into_batches(lots: Rows) -> None:
    batch = lots.table.slice(5_000, 300).combine_chunks().to_batches()[0]
    whole = pa.Table.from_batches(list(holders(63, 20_000)))
    assert owners(63, 5_000, batch)["holder_name"] == whole["holder_name"].slice(5_000, 300).combine_chunks()


def test_wkb_is_what_shapely_writes() -> None:
    rings = np.array([[0, 0], [4, 0], [4, 3], [9, 9], [12, 9], [12, 11.5], [9, 11]], dtype=float)
    written = multipolygons(rings, np.array([0, 3, 7]))
    shapes = [shapely.MultiPolygon([shapely.Polygon(rings[a:b])]) for a, b in ((0, 3), (3, 7))]
    assert written.to_pylist() == list(shapely.to_wkb(np.array(shapes), byte_order=1))


@given(
    st.lists(
        st.tuples(st.integers(600, 60_000), st.integers(-1, len(CODES) - 1), st.booleans()),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, 2**32),
)
def test_uses_always_add_up(parcels: list[tuple[int, int, bool]], seed: int) -> None:
    tenths, code, urban = (np.array(column) for column in zip(*parcels, strict=True))
    made = land_uses(tenths, code, urban.astype(bool), np.random.default_rng(seed))
    for text, total, kind, in_ward in zip(made.to_pylist(), tenths, code, urban, strict=True):
        uses = json.loads(text)
        assert round(sum(round(use["area_m2"] * 10) for use in uses)) == total
        assert all(use["area_m2"] > 0 for use in uses)
        assert uses[0]["code"] == (("ODT" if in_ward else "ONT") if kind < 0 else CODES[kind])
