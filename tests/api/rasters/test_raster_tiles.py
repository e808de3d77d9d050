"""Map tiles: right colours in the right place, transparent elsewhere, kept by clients, refused in words."""

from collections.abc import Mapping

import numpy as np
import psycopg
import pytest
from starlette.testclient import TestClient

from api.ogc.rasters.tiles import tile_bounds
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.geometry.crs import transformer
from gis_platform.raster.drawing import Picture, draw
from gis_platform.raster.entry import Kind, RasterEntry
from gis_platform.settings import Settings
from tests.support.problems import MEDIA_TYPE as PROBLEM
from tests.support.rasters import BOX, MIDDLE, add, pixels, real, request
from tests.support.staff import Headers

HERE = "/ogc/collections"
BLUE_GREEN = (0xA1, 0xDA, 0xB4)  # 2 to 4 dS/m
BLUE = (0x2C, 0x7F, 0xB8)  # below 2
ORANGE = (0xFD, 0x8D, 0x3C)  # 8 to 16


def _numbers(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    x, y = transformer(4326, 3857).point(lon, lat)
    west, _, east, north = tile_bounds(0, 0, 0)
    side = (east - west) / 2**z
    return z, int((north - y) / side), int((x - west) / side)


def _path(name: str, lon: float, lat: float, z: int, suffix: str = "") -> str:
    z, row, column = _numbers(lon, lat, z)
    return f"{HERE}/{name}/map/tiles/WebMercatorQuad/{z}/{row}/{column}{suffix}"


SOUTH_EAST = (MIDDLE[0] + 0.01, MIDDLE[1] - 0.005)
NORTH_WEST = (MIDDLE[0] - 0.01, MIDDLE[1] + 0.005)


@pytest.mark.parametrize("suffix", [".png", ".webp"])
@pytest.mark.parametrize(
    ("day", "colour"), [("2025-01-31", BLUE_GREEN), ("2025-02-28", BLUE), ("2099-01-01", ORANGE)]
)
def test_a_value_has_the_colour_of_its_step(
    rasters: TestClient, suffix: str, day: str, colour: tuple[int, ...]
) -> None:
    answer = rasters.get(_path("soil_salinity", *SOUTH_EAST, 17, suffix), params={"datetime": day})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == f"image/{suffix[1:]}"
    picture = pixels(answer.content)
    assert picture.shape == (4, 256, 256)
    assert {tuple(map(int, p)) for p in picture.reshape(4, -1).T} == {(*colour, 255)}


def test_no_data_and_all_around_it_are_transparent(rasters: TestClient) -> None:
    for place in (NORTH_WEST, (107.5, 11.5), (-70.0, -33.0)):
        picture = pixels(rasters.get(_path("soil_salinity", *place, 17)).content)
        assert not picture[3].any()


@pytest.mark.parametrize("z", [0, 5, 11, 12, 13, 24])
def test_every_zoom_has_its_tiles(rasters: TestClient, z: int) -> None:
    assert rasters.get(_path("soil_salinity", *SOUTH_EAST, z)).status_code == 200


def test_the_edge_of_a_raster_lies_where_it_is_to_a_pixel(rasters: TestClient) -> None:
    """The tile over the south-east corner: shown to the north-west of the corner alone."""
    z, row, column = _numbers(BOX[2], BOX[1], 16)
    west, south, east, north = tile_bounds(z, column, row)
    x, y = transformer(4326, 3857).point(BOX[2], BOX[1])
    alpha = pixels(rasters.get(_path("soil_salinity", BOX[2], BOX[1], 16)).content)[3] > 0
    last_column, last_row = alpha.any(axis=0).sum(), alpha.any(axis=1).sum()
    assert abs(last_column - (x - west) / (east - west) * 256) <= 1
    assert abs(last_row - (north - y) / (north - south) * 256) <= 1


def test_an_orthophoto_is_shown_as_it_is_with_its_holes(rasters: TestClient) -> None:
    east, west = (MIDDLE[0] + 0.01, MIDDLE[1]), (MIDDLE[0] - 0.01, MIDDLE[1])
    shown = pixels(rasters.get(_path("orthophoto", *east, 17, ".png")).content)
    assert tuple(map(int, shown[:, 128, 128])) == (200, 100, 50, 255)
    assert not pixels(rasters.get(_path("orthophoto", *west, 17, ".png")).content)[3].any()
    lossy = pixels(rasters.get(_path("orthophoto", *east, 17, ".webp")).content)[:3].astype(int)
    assert np.abs(lossy - shown[:3]).max() < 12


def test_twice_the_pixels(rasters: TestClient) -> None:
    answer = rasters.get(_path("soil_salinity", *SOUTH_EAST, 17, "@2x.webp"))
    assert pixels(answer.content).shape == (4, 512, 512)


@pytest.mark.parametrize(
    ("accept", "asked", "kind"),
    [
        ("*/*", {}, "png"),
        ("image/avif,image/webp,image/*", {}, "webp"),
        ("image/webp", {"f": "png"}, "png"),
        ("image/png", {"f": "image/webp"}, "webp"),
    ],
)
def test_the_format_follows_f_and_then_accept(
    rasters: TestClient, accept: str, asked: dict[str, str], kind: str
) -> None:
    answer = rasters.get(_path("soil_salinity", *SOUTH_EAST, 17), params=asked, headers={"Accept": accept})
    assert answer.headers["content-type"] == f"image/{kind}"
    assert "Accept" in answer.headers["vary"]


def test_a_client_that_has_it_gets_304_and_another_version_is_another(rasters: TestClient) -> None:
    path = _path("soil_salinity", *SOUTH_EAST, 17)
    first = rasters.get(path, params={"datetime": "2025-01-31"})
    assert first.headers["cache-control"] == "public, no-cache"
    again = rasters.get(
        path, params={"datetime": "2025-01-31"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    newer = rasters.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert newer.status_code == 200
    assert newer.headers["content-datetime"] == "2025-03-28"


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("soil_salinity/map/tiles/WebMercatorQuad/30/1/1", 404, None),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/8/1", 404, None),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/9999999999", 404, None),
        ("soil_salinity/map/tiles/WebMercatorQuad/-1/1/1", 400, "z"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/-1/1", 400, "y"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/-1", 400, "x"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/1.gif", 400, "x"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/1?f=gif", 400, "f"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/1?datetime=yesterday", 400, "datetime"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/1?datetime=2024-01-01", 404, "datetime"),
        ("soil_salinity/map/tiles/WebMercatorQuad/3/1/1?when=2024-01-01", 400, "when"),
        ("nothing/map/tiles/WebMercatorQuad/3/1/1", 404, "collection"),
        ("parcels/map/tiles/WebMercatorQuad/3/1/1", 404, "collection"),
        ("land_cover/map/tiles/WebMercatorQuad/3/1/1", 404, "collection"),
        ("land_cover/map/tiles/WebMercatorQuad", 404, "collection"),
        ("%2Fvsicurl%2Fhttp:%2F%2Fx%2Fa.tif/map/tiles/WebMercatorQuad/3/1/1", 404, None),
    ],
)
def test_what_cannot_be_drawn_is_told(
    rasters: TestClient, path: str, status: int, parameter: str | None
) -> None:
    answer = rasters.get(f"{HERE}/{path}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json().get("parameter") == parameter


def test_what_is_for_staff_is_shown_to_them_alone(
    rasters: TestClient, raster_staff: Mapping[Role, Headers]
) -> None:
    path = _path("land_cover", *MIDDLE, 16)
    planner = rasters.get(path, headers=raster_staff[Role.PLANNER])
    assert planner.status_code == 200
    assert planner.headers["cache-control"] == "private, no-cache"
    assert rasters.get(path, headers=raster_staff[Role.OPERATOR]).status_code == 404
    assert rasters.get(path).status_code == 404


def test_the_database_itself_hides_what_is_for_staff(raster_places: Logins) -> None:
    with psycopg.connect(raster_places.public) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM core.raster")}
        assert names == {"soil_salinity", "orthophoto"}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM core.raster")


@pytest.mark.parametrize("harm", ["gone", "cut off", "another"])
def test_a_damaged_file_is_a_503_that_says_so(
    rasters: TestClient, raster_settings: Settings, harm: str
) -> None:
    file = next((raster_settings.data_dir / "rasters" / "my_tho").glob("orthophoto-*.tif"))
    whole, path = file.read_bytes(), _path("orthophoto", MIDDLE[0] + 0.012, MIDDLE[1], 17)
    try:
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(whole[: len(whole) // 3] if harm == "cut off" else b"no raster")
        for asked in (path, f"/api/rasters/orthophoto/value?point={MIDDLE[0] + 0.01},{MIDDLE[1]}"):
            answer = rasters.get(asked)
            assert answer.status_code == 503, answer.text
            assert "orthophoto of 2025-01-31 cannot be read" in answer.json()["detail"]
            assert str(raster_settings.data_dir) not in answer.text
    finally:
        file.write_bytes(whole)
    assert rasters.get(path).status_code == 200


def test_a_photo_of_another_country_in_its_own_grid(database: Logins, settings: Settings) -> None:
    """New Zealand's grid and an alpha band: drawn where its own coordinates put it."""
    added = add(
        database,
        settings,
        request(real("nz_aerial_rgba_2m.tif"), kind=Kind.ORTHOPHOTO, unit=None, name="aerial"),
    )
    with psycopg.connect(database.owner, row_factory=psycopg.rows.dict_row) as connection:
        row = connection.execute("SELECT * FROM core.raster").fetchone()
    assert row is not None
    entry = RasterEntry.from_row(row)
    assert (entry.srid, entry.bands, added.status) == (2193, 4, "added")
    middle = transformer(2193, 3857).point(1_795_744, 5_925_505)
    box = (middle[0] - 100, middle[1] - 100, middle[0] + 100, middle[1] + 100)
    picture = pixels(draw(settings.data_dir / "rasters" / "my_tho", entry, Picture(box, 3857, 64, 64, "png")))
    assert picture[3].min() == 255
    assert picture[:3].std() > 5
