"""From the grid of a file into the working grid; one that cannot be right is told, with the one that fits."""

from typing import NoReturn

import numpy as np
import shapely

from etl.delivery.recognise.grids import GridGuess, bounds_of, guess_grids
from etl.footprints.outline import Held, Outline, refuse
from gis_platform.city import City
from gis_platform.geometry.crs import (
    VN2000_GEOGRAPHIC,
    WGS84,
    Geometries,
    UnknownCrs,
    is_vn2000,
    transform_geometries,
)
from gis_platform.geometry.envelope import MARGIN, envelope_in
from gis_platform.layer.text import Text
from layers.planning.asking.grids import grid_told

_MILLIMETRES, _LOCAL_M = 1000.0, 100_000.0


def placed(held: Held, asked: int | None, city: City) -> tuple[list[Outline], int]:
    """The outlines that lie in the city, in its working grid, and the grid they were read in.

    ``asked`` is what a person says of the grid, which comes before what the file says. Raises BadParameter.
    """
    srid = _grid(held, asked, city)
    shapes = np.array([outline.shape for outline in held.outlines], dtype=object)
    inside = _inside(shapes, srid, city)
    if not inside.any():
        _wrong_grid(shapes, srid, city, declared=asked is not None or held.srid not in (None, WGS84))
    strayed = int((~inside).sum())
    if strayed:
        held.notices.append(
            Text(
                f"{strayed} vùng nằm ngoài thành phố và được bỏ qua.",
                f"{strayed} areas lie outside the city and are left out.",
            )
        )
    moved = transform_geometries(shapes[inside], srid, city.working_srid)
    kept = [outline for outline, there in zip(held.outlines, inside, strict=True) if there]
    return [outline.moved(shape) for outline, shape in zip(kept, moved, strict=True)], srid


def _grid(held: Held, asked: int | None, city: City) -> int:
    srid = asked if asked is not None else held.srid if held.srid is not None else city.working_srid
    usable = srid in (city.working_srid, WGS84) or (is_vn2000(srid) and srid != VN2000_GEOGRAPHIC)
    if not usable:
        refuse(
            Text(
                f"EPSG:{srid} không phải lưới VN-2000 hay WGS 84. Hãy chọn lưới của tệp, ví dụ "
                f"{grid_told(city.working_srid).vi}.",
                f"EPSG:{srid} is neither a grid of VN-2000 nor WGS 84. Choose the grid of the file, such as "
                f"{grid_told(city.working_srid).en}.",
            )
        )
    return srid


def _inside(shapes: Geometries, srid: int, city: City) -> np.ndarray:
    try:
        box = np.array(envelope_in(srid, city.envelope.as_tuple()))
    except UnknownCrs:
        return np.zeros(len(shapes), bool)
    room = (box[2:] - box[:2]) * MARGIN
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        within = (bounds[:, :2] >= box[:2] - room).all(axis=1) & (bounds[:, 2:] <= box[2:] + room).all(axis=1)
    return np.asarray(within & np.isfinite(bounds).all(axis=1))


def _wrong_grid(shapes: Geometries, srid: int, city: City, *, declared: bool) -> NoReturn:
    bounds = bounds_of(shapes)
    guesses = guess_grids(bounds, city.envelope.as_tuple(), city.working_srid)
    said = grid_told(srid)
    head = Text(
        f"Toạ độ trong tệp không nằm trong thành phố theo {'lưới đã khai báo' if declared else 'lưới'} "
        f"{said.vi}.",
        f"The coordinates do not lie in the city in {'the declared grid' if declared else 'the grid'} of "
        f"{said.en}.",
    )
    what = _advice(guesses) or _scaled(bounds, city) or _nowhere(bounds, city)
    likely = [guess.srid for guess in guesses if not guess.swapped]
    refuse(Text(f"{head.vi} {what.vi}", f"{head.en} {what.en}"), likely_crs=likely)


def _advice(guesses: tuple[GridGuess, ...]) -> Text | None:
    if not guesses:
        return None
    first = guesses[0]
    told = grid_told(first.srid)
    if first.swapped:
        return Text(
            f"Chúng khớp {told.vi} khi đổi chỗ hai trục: trong tệp X là hướng Đông, Y là hướng Bắc, ngược "
            "với bảng "
            "toạ độ trên giấy chứng nhận. Hãy đổi chỗ X và Y trong bản vẽ rồi gửi lại.",
            f"They fit {told.en} with the axes exchanged: in a file X is the easting and Y the northing, "
            "other than "
            "in the tables of certificates. Exchange X and Y in the drawing and send it again.",
        )
    return Text(
        f"Chúng khớp {told.vi}. Nếu đúng, hãy chọn lưới này (crs={first.srid}) rồi gửi lại.",
        f"They fit {told.en}. If that is right, choose that grid (crs={first.srid}) and send it again.",
    )


def _scaled(bounds: np.ndarray, city: City) -> Text | None:
    """A drawing in millimetres, or one that lies at the zero of its paper."""
    finite = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(finite):
        return None
    in_metres = guess_grids(finite / _MILLIMETRES, city.envelope.as_tuple(), city.working_srid)
    if any(guess.srid != WGS84 and not guess.swapped for guess in in_metres):
        return Text(
            "Bản vẽ có vẻ dùng milimét. Hãy thu nhỏ 1000 lần (SCALE 0.001) về mét rồi gửi lại.",
            "The drawing seems to be in millimetres. Scale it by 0.001 into metres and send it again.",
        )
    if np.abs(finite).max() < _LOCAL_M:
        told = grid_told(city.working_srid)
        return Text(
            "Bản vẽ đặt ở gốc toạ độ của trang vẽ, không theo VN-2000, nên không biết công trình ở đâu. "
            "Hãy dời bản "
            f"vẽ về toạ độ VN-2000 ({told.vi}, đơn vị mét), hoặc vẽ trên bản đồ.",
            "The drawing lies at the zero of its own sheet, not in VN-2000, so that nobody knows where the "
            "building "
            f"is. Move it to its place in VN-2000 ({told.en}, in metres), or draw it on the map.",
        )
    return None


def _nowhere(bounds: np.ndarray, city: City) -> Text:
    if not np.isfinite(bounds).all():
        return Text(
            "Có toạ độ không phải là số. Hãy sửa bản vẽ rồi gửi lại.",
            "Some of them are no numbers. Mend the drawing and send it again.",
        )
    x0, y0, x1, y1 = envelope_in(city.working_srid, city.envelope.as_tuple())
    told = grid_told(city.working_srid)
    return Text(
        f"Chúng không khớp lưới nào đã biết. Theo {told.vi}, X (hướng Đông) phải từ {x0:.0f} đến {x1:.0f}, "
        "Y (hướng "
        f"Bắc) từ {y0:.0f} đến {y1:.0f}. Hãy kiểm tra tệp có đúng của thành phố này không.",
        f"They fit no grid that is known. By {told.en}, X (easting) must be {x0:.0f} to {x1:.0f} and Y "
        "(northing) "
        f"{y0:.0f} to {y1:.0f}. See whether the file is of this city.",
    )
