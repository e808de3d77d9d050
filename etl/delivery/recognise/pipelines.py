"""The wrong ways from one grid to another that are met in practice, each as a movement of correct places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Transformer
from pyproj.enums import TransformDirection

from gis_platform.geometry.crs import (
    VN2000_GEOGRAPHIC,
    VN2000_SRIDS,
    WGS84,
    Coordinates,
    is_vn2000,
    transform_coordinates,
)
from gis_platform.layer.text import Text

Move = Callable[[Coordinates], Coordinates]

#: Seven parameters in coordinate-frame sense: metres, arc seconds, parts per million.
_OFFICIAL = "+x=-191.90441429 +y=-39.30318279 +z=-111.45032835"
_TURNED = "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278"
_HELMERTS: dict[str, tuple[str | None, Text]] = {
    "no_datum_shift": (
        None,
        Text(
            "không chuyển hệ quy chiếu giữa VN-2000 và WGS 84 (coi hai hệ là một)",
            "no datum shift between VN-2000 and WGS 84 at all (the two taken for one)",
        ),
    ),
    "library_default": (
        "+x=-192.873 +y=-39.382 +z=-111.202 +rx=0.00205 +ry=0.0005 +rz=-0.00335 +s=0.0188 "
        "+convention=coordinate_frame",
        Text(
            "bộ tham số mặc định của thư viện (EPSG:5194) thay cho bộ 7 tham số chính thức (EPSG:6960)",
            "the library's default (EPSG:5194) in place of the official 7-parameter set (EPSG:6960)",
        ),
    ),
    "rotation_sign": (
        f"{_OFFICIAL} {_TURNED} +convention=position_vector",
        Text(
            "bộ 7 tham số chính thức (EPSG:6960) với dấu góc xoay ngược",
            "the official 7-parameter set (EPSG:6960) with the rotations' sign reversed",
        ),
    ),
    "translation_only": (
        _OFFICIAL,
        Text(
            "chỉ dùng 3 tham số tịnh tiến của EPSG:6960, thiếu góc xoay và tỷ lệ",
            "only the 3 translations of EPSG:6960, without rotations and scale",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A wrong way by name; ``move`` takes correct places of the working grid to where they then lie."""

    code: str
    name: Text
    move: Move


def suspects(working_srid: int, declared_srid: int) -> Iterator[Suspect]:
    """Every wrong way known for a city's working grid and the grid a file says; none outside VN-2000."""
    if not is_vn2000(working_srid):
        return
    for code, (helmert, name) in _HELMERTS.items():
        yield Suspect(code, name, _to_wgs84_by(helmert, working_srid))
        yield Suspect(code, name, _from_wgs84_by(helmert, working_srid))
    # A grid read as another one: of the coordinates as delivered, or by whoever converted them before.
    grids = sorted(VN2000_SRIDS - {VN2000_GEOGRAPHIC})
    read_as = declared_srid if declared_srid in grids else working_srid
    for grid in grids:
        if grid != read_as:
            words = Text(
                f"toạ độ của EPSG:{grid} bị đọc là EPSG:{read_as}",
                f"coordinates of EPSG:{grid} read as EPSG:{read_as}",
            )
            yield Suspect("other_grid", words, _misread(working_srid, grid, read_as))
    for scale in ("0.9996", "1"):
        words = Text(
            f"tỷ lệ tại kinh tuyến trục {scale} thay cho 0,9999",
            f"a scale of {scale} on the meridian in place of 0.9999",
        )
        yield Suspect("other_scale", words, _scaled(float(scale) / 0.9999))


def _to_wgs84_by(helmert: str | None, working: int) -> Move:
    """VN-2000 taken to WGS 84 in the wrong way, and back in the right one."""

    def move(places: Coordinates) -> Coordinates:
        here = transform_coordinates(places, working, VN2000_GEOGRAPHIC)
        return transform_coordinates(_shifted(helmert, here, back=False), WGS84, working)

    return move


def _from_wgs84_by(helmert: str | None, working: int) -> Move:
    """WGS 84 taken to VN-2000 in the wrong way."""

    def move(places: Coordinates) -> Coordinates:
        there = transform_coordinates(places, working, WGS84)
        return transform_coordinates(_shifted(helmert, there, back=True), VN2000_GEOGRAPHIC, working)

    return move


def _misread(working: int, grid: int, read_as: int) -> Move:
    def move(places: Coordinates) -> Coordinates:
        return transform_coordinates(transform_coordinates(places, working, grid), read_as, working)

    return move


def _scaled(factor: float) -> Move:
    # False easting 500,000 m and false northing 0: the same in every VN-2000 grid.
    def move(places: Coordinates) -> Coordinates:
        return (places - (500_000.0, 0.0)) * factor + (500_000.0, 0.0)

    return move


def _shifted(helmert: str | None, lonlat: Coordinates, *, back: bool) -> Coordinates:
    if helmert is None:
        return lonlat
    direction = TransformDirection.INVERSE if back else TransformDirection.FORWARD
    moved = lonlat.copy()
    moved[:, 0], moved[:, 1] = _transformer(helmert).transform(
        lonlat[:, 0], lonlat[:, 1], direction=direction
    )
    return moved


@lru_cache(maxsize=16)
def _transformer(helmert: str) -> Transformer:
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
        f"+step +proj=cart +ellps=WGS84 +step +proj=helmert {helmert} +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
