"""What a proposal stands on: the lot and its gate, the ways around, and what is numbered along them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries
from layers.numbering.between import Side
from layers.numbering.directed import shape_of
from layers.numbering.placed import Placed
from layers.planning.building.frontage import frontages
from layers.planning.building.reading import Street
from layers.references.address import Number
from layers.references.house_path import members_of, path_of

SQL = named_queries(__file__)

#: No way is looked for whose centre line is farther from the lot.
REACH_M = 60.0
_MOST_LOTS = 2_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is asked for: a lot, a gate, or both. Geometries in the working grid."""

    parcel_id: int | None
    lot: BaseGeometry | None
    place: BaseGeometry | None
    address: str | None
    called: str

    @property
    def ground(self) -> BaseGeometry:
        """Where ways are looked for around: the gate where one was given."""
        found = self.place if self.place is not None else self.lot
        assert found is not None  # noqa: S101  # reading.py makes no subject without both
        return found


@dataclass(frozen=True, slots=True)
class Way:
    """A street or an alley near the subject; ``axis`` is None where no direction is stated for it."""

    street: Street
    axis: int | None
    street_id: int | None
    street_name: str | None
    path: tuple[Number, ...]
    basis: str | None


@dataclass(frozen=True, slots=True)
class Axis:
    """A line to number along, from the end where its numbers begin. ``path`` is that of an alley."""

    street_id: int
    street_name: str
    path: tuple[Number, ...]
    line: BaseGeometry
    basis: str
    width_m: float | None
    id: int | None = None
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Where a house opens: metres along the axis, the side, WGS 84, its unit of today, and EWKB as hex."""

    at_m: float
    side: Side | None
    point: tuple[float, float]
    away_m: float
    unit_code: str | None
    ewkb: str


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot without a current number, with the gate it would have."""

    parcel_id: int
    shape: BaseGeometry
    gate: Gate


async def subject_of_parcel(work: UnitOfWork, parcel: int) -> Subject | None:
    """The lot with that id; None where there is none."""
    row = await work.row(SQL["of_parcel"], parcel=parcel)
    return None if row is None else _subject(row)


async def subject_of_place(work: UnitOfWork, lon: float, lat: float) -> Subject:
    """A gate, WGS 84 degrees, with the lot it stands on where there is one."""
    row = await work.row(SQL["of_place"], lon=lon, lat=lat)
    assert row is not None  # noqa: S101  # a place is always there
    return _subject(row)


def _subject(row: Any) -> Subject:
    number = f"tờ {row['sheet_no']} thửa {row['parcel_no']}" if row["parcel_id"] else ""
    return Subject(
        parcel_id=row["parcel_id"],
        lot=None if row["lot"] is None else shape_of(row["lot"]),
        place=None if row["place"] is None else shape_of(row["place"]),
        address=row["address"],
        called=number,
    )


async def ways_around(work: UnitOfWork, ground: BaseGeometry, reach: float = REACH_M) -> list[Way]:
    """Streets and alleys whose centre line comes that near, by id."""
    rows = await work.rows(SQL["ways"], ground=shapely.to_wkb(ground), reach=reach)
    return [_way(row) for row in rows]


def _way(row: Any) -> Way:
    line = shapely.line_merge(shape_of(row["line"]))
    names = ("id", "name", "kind", "width_m", "planned_width_m", "source_date", "synthetic")
    return Way(
        street=Street(line=line, **{name: row[name] for name in names}),
        axis=row["axis_id"],
        street_id=row["street_id"],
        street_name=row["street_name"],
        path=path_of(row["alley_path"] or ()),
        basis=row["basis"],
    )


async def axis_of(work: UnitOfWork, axis: int) -> Axis | None:
    """The axis with that id; None where there is none."""
    row = await work.row(SQL["axis"], axis=axis)
    if row is None:
        return None
    return Axis(
        street_id=row["street_id"],
        street_name=row["street_name"] or "",
        path=path_of(row["alley_path"]),
        line=shape_of(row["line"]),
        basis=row["basis"],
        width_m=row["width_m"],
        id=row["id"],
        line_id=row["line_id"],
    )


async def gate_on(work: UnitOfWork, subject: Subject, line: BaseGeometry) -> Gate:
    """The gate of the subject on a line; the place that was given, else the boundary nearest to the line."""
    row = await work.row(
        SQL["gate"],
        directed=shapely.to_wkb(line),
        lot=None if subject.lot is None else shapely.to_wkb(subject.lot),
        place=None if subject.place is None else shapely.to_wkb(subject.place),
    )
    assert row is not None  # noqa: S101  # the subject has a lot or a place
    return Gate(
        row["at_m"], row["side"], (row["lon"], row["lat"]), row["away_m"], row["unit_code"], row["gate"]
    )


async def numbered_along(work: UnitOfWork, axis: Axis) -> list[Placed]:
    """The houses of a street or alley in the order of its line, retired numbers left out."""
    rows = await work.rows(
        SQL["along"],
        directed=shapely.to_wkb(axis.line),
        street=axis.street_id,
        alleys=json.dumps(members_of(axis.path)),
    )
    return [
        Placed(
            id=row["id"],
            number=(row["number"], row["suffix"]),
            at_m=row["at_m"],
            side=row["side"],
            state=row["state"],
            parcel_id=row["parcel_id"],
            address=row["address"],
            point=(row["lon"], row["lat"]),
        )
        for row in rows
    ]


async def vacant_lots(
    work: UnitOfWork, axis: Axis, from_m: float = 0.0, to_m: float | None = None
) -> list[Lot]:
    """Lots without a reserved or issued number that front on this way before all others they face."""
    stretch_to = shapely.length(axis.line) if to_m is None else to_m
    if stretch_to <= from_m:
        return []
    rows = await work.rows(
        SQL["lots_near"],
        directed=shapely.to_wkb(axis.line),
        from_m=from_m,
        to_m=stretch_to,
        near_m=(axis.width_m or 8.0) / 2 + 2.5,
        most=_MOST_LOTS,
    )
    if not rows:
        return []
    shapes = [shape_of(row["lot"]) for row in rows]
    ways = await ways_around(work, shapely.union_all([shapely.box(*shape.bounds) for shape in shapes]), 25.0)
    return [
        Lot(row["parcel_id"], shape, _gate_of(row))
        for row, shape in zip(rows, shapes, strict=True)
        if _fronts_here(shape, ways, axis)
    ]


def _gate_of(row: Any) -> Gate:
    return Gate(row["at_m"], row["side"], (row["lon"], row["lat"]), 0.0, None, row["gate"])


def _fronts_here(shape: BaseGeometry, ways: Sequence[Way], axis: Axis) -> bool:
    near = [way.street for way in ways if way.street.line.distance(shape) <= REACH_M]
    faced = frontages(shape, near)
    if not faced:
        return False
    main = max(faced, key=lambda one: (one.street.width_m or 0.0, one.length_m))
    return main.street.id == axis.line_id
