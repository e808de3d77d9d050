"""Geometry on its way in: there, of the right type, finite, in the city, valid; then in the working grid.

Validity is judged in the grid in which the geometry is stored, and told in the coordinates of the file.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows, refuse
from etl.delivery.recognise.grids import grid_finding, grid_json, grid_text, guess_grids
from gis_platform.geometry.crs import Geometries, transform_geometries
from gis_platform.geometry.envelope import MARGIN, Bounds, Verdict, envelope_in, guess_axis_swap
from gis_platform.layer import Geometry, Text
from gis_platform.vietnamese_numbers import format_number

#: shapely's type ids that fit a layer: the type itself, and what becomes it by itself.
_FITTING = {Geometry.POINT: (0, 4), Geometry.MULTILINESTRING: (1, 5), Geometry.MULTIPOLYGON: (3, 6)}
_NAMES = ("point", "line", "ring", "polygon", "multipoint", "multiline", "multipolygon", "collection")
_WANTED = {Geometry.POINT: "points", Geometry.MULTILINESTRING: "lines", Geometry.MULTIPOLYGON: "polygons"}
_REASONS_VI = {
    "Self-intersection": "ranh tự cắt",
    "Ring Self-intersection": "vòng ranh tự chạm",
    "Hole lies outside shell": "lỗ nằm ngoài vùng",
    "Holes are nested": "lỗ nằm trong lỗ",
    "Nested shells": "phần nằm trong phần khác",
    "Interior is disconnected": "phần trong bị chia cắt",
    "Duplicate Rings": "vòng ranh lặp lại",
    "Too few points in geometry component": "quá ít đỉnh",
}
_POINT, _MULTIPOINT = 0, 4
#: So many times as wide as the city is no area of it in a wrong grid.
_FAR_BIGGER = 3.0

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Takes in the geometries of one file, from its grid to the city's.

    The envelope of the city, and that of what is in force in it, are in WGS 84.
    """

    kind: Geometry
    from_srid: int
    to_srid: int
    envelope: Bounds
    faults: Faults
    in_force: Bounds | None = None

    def take(self, wkb: pa.Array, rows: Rows) -> pa.Array:
        """WKB in the working grid, without a third dimension; a geometry at fault becomes null."""
        with np.errstate(invalid="ignore"):  # NaN is looked for below, and told as a fault of its row
            return self._take(wkb, rows)

    def _take(self, wkb: pa.Array, rows: Rows) -> pa.Array:
        read = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False), on_invalid="ignore")
        shapes = np.asarray(shapely.force_2d(read) if shapely.has_z(read).any() else read, dtype=object)
        good = self._there(wkb, shapes, rows)
        good &= self._of_type(shapes, rows, good)
        good &= self._finite(shapes, rows, good)
        good &= self._in_city(shapes, rows, good)
        shapes[~good] = None
        if self.kind is Geometry.POINT:
            shapes = _alone(shapes)
        moved = shapes
        if self.from_srid != self.to_srid:
            moved = transform_geometries(shapes, self.from_srid, self.to_srid)
        self._valid(shapes, moved, rows, good)
        return pa.array(shapely.to_wkb(moved), pa.large_binary())

    def _there(self, wkb: pa.Array, shapes: Geometries, rows: Rows) -> Mask:
        none = np.asarray(wkb.is_null())
        unreadable = ~none & shapely.is_missing(shapes)
        empty = shapely.is_empty(shapes)
        for code, where, text in (
            ("missing_geometry", none, "there is no geometry, or none that can be read."),
            ("broken_geometry", unreadable, "the geometry cannot be read: a curve, or broken bytes."),
            ("empty_geometry", empty, "the geometry is empty: it has no coordinates, or only NaN."),
        ):
            self.faults.in_rows(code, rows, where, lambda _, text=text: text)  # type: ignore[misc]
        return ~(none | unreadable | empty)

    def _of_type(self, shapes: Geometries, rows: Rows, good: Mask) -> Mask:
        kinds = shapely.get_type_id(shapes)
        fitting = np.isin(kinds, _FITTING[self.kind])
        if self.kind is Geometry.POINT:
            fitting &= shapely.get_num_geometries(shapes) == 1
        wanted = _WANTED[self.kind]
        self.faults.in_rows(
            "wrong_geometry_type",
            rows,
            good & ~fitting,
            lambda at: f"the geometry is a {_NAMES[int(kinds[at])]}, and the layer holds {wanted}.",
        )
        return fitting

    def _finite(self, shapes: Geometries, rows: Rows, good: Mask) -> Mask:
        coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
        broken = np.zeros(len(shapes), bool)
        broken[owner[~np.isfinite(coordinates).all(axis=1)]] = True
        self.faults.in_rows(
            "not_finite", rows, good & broken, lambda _: "a coordinate is not a number (NaN or infinite)."
        )
        return ~broken

    def _in_city(self, shapes: Geometries, rows: Rows, good: Mask) -> Mask:
        west, south, east, north = envelope_in(self.from_srid, self.envelope)
        x_room, y_room = (east - west) * MARGIN, (north - south) * MARGIN
        box = np.array([west - x_room, south - y_room, east + x_room, north + y_room])
        bounds = shapely.bounds(shapes)
        inside = (bounds[:, :2] >= box[:2]).all(axis=1) & (bounds[:, 2:] <= box[2:]).all(axis=1)
        outside = good & ~inside
        if outside.any() and not (good & inside).any():
            self._refuse_all(bounds[outside], rows, np.flatnonzero(outside))
        bigger = outside & (self._times_as_wide(bounds) > 0)
        self.faults.in_rows(
            "outside_city",
            rows,
            bigger,
            lambda at: self._far_bigger(bounds[at : at + 1]).en,
            lambda at: self._far_bigger(bounds[at : at + 1]).vi,
        )
        self.faults.in_rows(
            "outside_city", rows, outside & ~bigger, lambda at: self._guess(bounds[at : at + 1])[1]
        )
        return np.asarray(inside)

    def _times_as_wide(self, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many times as wide as the city each is that holds all of it and much more; 0 for others."""
        city = np.array(envelope_in(self.from_srid, self.envelope))
        holds = (bounds[:, :2] <= city[:2]).all(axis=1) & (bounds[:, 2:] >= city[2:]).all(axis=1)
        times = ((bounds[:, 2:] - bounds[:, :2]) / (city[2:] - city[:2])).max(axis=1)
        return np.asarray(np.where(holds & (times >= _FAR_BIGGER), times, 0.0))

    def _far_bigger(self, bounds: NDArray[np.float64]) -> Text:
        """Of a frame, a country, the world: no grid mends that."""
        times = round(float(self._times_as_wide(bounds).max()))
        return Text(
            f"Đối tượng trùm cả thành phố và rộng gấp khoảng {format_number(times)} lần: có thể là khung bản "
            "vẽ hoặc ranh cả nước. Hãy bỏ đối tượng đó rồi tải lại.",
            f"it covers the whole city and is about {times:,} times as wide: perhaps a frame or a country. "
            "Leave it out and send the file again.",
        )

    def _refuse_all(self, bounds: NDArray[np.float64], rows: Rows, positions: NDArray[np.intp]) -> None:
        """No row of a batch lies in the city: that is one fault of the file, not of each row."""
        code, sentence = self._guess(bounds)
        first, last = rows.name(int(positions[0])), rows.name(int(positions[-1]))
        which = first if first == last else f"{first} to {last}"
        if (self._times_as_wide(bounds) > 0).any():
            bigger = self._far_bigger(bounds)
            raise refuse(self.faults.file_name, "outside_city", f"{which}: {bigger.en}", bigger.vi)
        guesses = guess_grids(bounds, self.envelope, self.to_srid, self.in_force)
        fits_vi = grid_text(guesses, self.from_srid).vi
        told_vi = f"Theo hệ đã khai báo, cả {len(bounds)} đối tượng đã đọc đều nằm ngoài thành phố. {fits_vi}"
        refusal = refuse(self.faults.file_name, code, f"{which}: {sentence}", told_vi)
        if guesses:
            finding = grid_finding(guesses, self.from_srid, len(bounds))
            refusal.extra["findings"] = [*refusal.extra["findings"], finding]
            refusal.extra["grid"] = grid_json(guesses, self.from_srid)
        raise refusal

    def _guess(self, bounds: NDArray[np.float64]) -> tuple[str, str]:
        least, most = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
        whole = (float(least[0]), float(least[1]), float(most[0]), float(most[1]))
        check = guess_axis_swap(whole, self.envelope, self.from_srid)
        sentence = check.sentence
        if check.verdict is Verdict.OTHER_CRS and not check.swapped:
            likely = " or ".join(f"`--crs EPSG:{srid} --override-crs`" for srid in check.likely_srids)
            sentence = f"{sentence.partition(' Declare ')[0]} If that is its grid, add {likely}."
        return "outside_city" if check.fits else check.verdict.value, sentence

    def _valid(self, shapes: Geometries, moved: Geometries, rows: Rows, good: Mask) -> None:
        broken = good & ~np.asarray(shapely.is_valid(moved))

        def say(at: int) -> str:
            told = shapes[at] if not shapely.is_valid(shapes[at]) else moved[at]
            reason = shapely.is_valid_reason(told)
            return f"the geometry is broken: {reason}. Mend it in the source and deliver again."

        def say_vi(at: int) -> str:
            reason, _, place = shapely.is_valid_reason(moved[at]).partition("[")
            where = f" tại toạ độ [{place}" if place else ""
            return f"Hình học không hợp lệ: {_REASONS_VI.get(reason, reason)}{where}."

        self.faults.in_rows("broken_geometry", rows, broken, say, say_vi)


def _alone(shapes: Geometries) -> Geometries:
    """Multipoints of one point as points."""
    multi = np.flatnonzero(shapely.get_type_id(shapes) == _MULTIPOINT)
    shapes[multi] = shapely.get_geometry(shapes[multi], 0)
    return shapes
