"""Files of buildings: what becomes a footprint, and in what words the rest is refused."""

import json
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import pytest
import shapely

from etl.footprints.work import footprint_of
from gis_platform.city import load_city
from gis_platform.errors import BadParameter
from tests.support.dxf import Drawing

CITY = load_city("my_tho")
E, N = 567_200.0, 1_145_100.0
CORNERS = [(E, N), (E + 5, N), (E + 5, N + 9), (E, N + 9)]
RING = [[x, y] for x, y in [*CORNERS, CORNERS[0]]]
Read = Callable[..., dict[str, Any]]
Draw = Callable[[Drawing], object]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read bytes as the file of a building."""

    def made(content: bytes, crs: int | None = None, layer: str | None = None) -> dict[str, Any]:
        path = tmp_path / "footprint.dxf"
        path.write_bytes(content)
        return footprint_of(path, CITY, crs, layer)

    return made


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[[Draw], bytes]:
    """The bytes of a drawing."""

    def made(draw: Draw) -> bytes:
        drawing = Drawing()
        draw(drawing)
        return drawing.write(tmp_path / "drawn.dxf").read_bytes()

    return made


def _box(x: float, y: float, across: float, along: float) -> shapely.Polygon:
    return shapely.box(E + x, N + y, E + x + across, N + y + along)


def _dxf(*entities: str) -> bytes:
    head = ["0", "SECTION", "2", "HEADER", "9", "$ACADVER", "1", "AC1021", "0", "ENDSEC"]
    lines = [*head, "0", "SECTION", "2", "ENTITIES", *entities, "0", "ENDSEC", "0", "EOF", ""]
    return "\n".join(lines).encode()


def _line(corners: list[tuple[float, float]], head: tuple[str, ...] = (), bulge: str = "") -> list[str]:
    told = ["0", "LWPOLYLINE", "5", "A1", "100", "AcDbEntity", "8", "NHA", "100", "AcDbPolyline"]
    told += ["90", str(len(corners)), "70", "1", *head]
    for at, (x, y) in enumerate(corners):
        told += ["10", str(x), "20", str(y), *(["42", bulge] if bulge and at == 1 else [])]
    return told


def _geojson(ring: Any = RING, **more: Any) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": [ring], **more}).encode()


def _named(code: int) -> dict[str, Any]:
    return {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}}


def _refused(read: Read, content: bytes, **more: Any) -> BadParameter:
    with pytest.raises(BadParameter) as caught:
        read(content, **more)
    fault = caught.value
    assert fault.parameter == "file"
    assert fault.detail_vi
    assert fault.detail_vi != fault.detail
    return fault


def test_a_closed_line_is_the_footprint(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    found = read(drawn(lambda d: d.area("NHA", _box(0, 0, 5, 9))))
    assert (found["area_m2"], found["crs"], found["notices"]) == (45.0, 9210, [])
    shape = shapely.geometry.shape(found["footprint"])
    assert shape.geom_type == "Polygon"
    assert shape.is_valid
    assert CITY.envelope.contains(*shape.representative_point().coords[0])


@pytest.mark.parametrize(
    ("content", "crs"),
    [
        (_geojson(), 9210),
        (_geojson(**_named(9210)), None),
        (json.dumps({"type": "Feature", "geometry": json.loads(_geojson())}).encode(), 9210),
        (b"\xef\xbb\xbf \n" + _geojson(), 9210),
        (
            json.dumps({"type": "FeatureCollection", "features": [
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}},
                {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[RING]]}},
            ]}).encode(),
            9210,
        ),
        (_geojson([[*at, 3.5] for at in RING]), 9210),
    ],
    ids=["crs", "declared", "feature", "byte order mark", "collection", "heights"],
)  # fmt: skip
def test_geojson_of_any_form_gives_the_same(read: Read, content: bytes, crs: int | None) -> None:
    assert read(content, crs=crs)["area_m2"] == 45.0


def test_without_a_word_geojson_is_wgs84(read: Read) -> None:
    moved = read(_geojson(), crs=9210)["footprint"]
    again = read(json.dumps(moved).encode())
    assert (again["crs"], again["area_m2"]) == (4326, pytest.approx(45, abs=0.05))


@pytest.mark.parametrize(
    ("content", "crs", "said"),
    [
        (_geojson(), None, "crs=9210"),
        (_geojson(), 5897, "EPSG:5897"),
        (_geojson(**_named(5897)), None, "crs=9210"),
        (_dxf(*_line(CORNERS)), 5897, "105°45'"),
        (_dxf(*_line([(y, x) for x, y in CORNERS])), None, "đổi chỗ"),
        (_dxf(*_line([(x * 1000, y * 1000) for x, y in CORNERS])), None, "milimét"),
        (_dxf(*_line([(x - E, y - N) for x, y in CORNERS])), None, "gốc toạ độ"),
        (_dxf(*_line([(1e300, N), *CORNERS[1:]])), None, "không khớp lưới nào"),
        (_geojson([[1e300, 0], [1, 1e300], [2, 2], [1e300, 0]]), None, "không khớp lưới nào"),
        (_geojson(), 32648, "không phải lưới VN-2000"),
    ],
    ids=["metres", "other", "other declared", "drawing", "axes", "mm", "local", "huge", "huge json", "utm"],
)
def test_a_grid_that_cannot_be_is_told(read: Read, content: bytes, crs: int | None, said: str) -> None:
    fault = _refused(read, content, crs=crs)
    assert said in str(fault.detail_vi)


def test_the_grid_that_fits_is_named_for_a_program_too(read: Read) -> None:
    assert _refused(read, _geojson(), crs=5897).extra["likely_crs"][0] == 9210


def test_several_areas_are_listed_and_a_layer_chooses(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    def both(drawing: Drawing) -> None:
        drawing.area("NHA", _box(0, 0, 5, 9))
        drawing.area("RANH_THUA", _box(-1, -1, 8, 12))

    fault = _refused(read, drawn(both))
    for words in ("2 vùng", "RANH_THUA (96,0 m²)", "NHA (45,0 m²)", "layer=NHA"):
        assert words in str(fault.detail_vi)
    assert fault.extra["layers"] == ["NHA", "RANH_THUA"]
    assert read(drawn(both), layer="nha")["area_m2"] == 45.0
    assert "NHA, RANH_THUA" in str(_refused(read, drawn(both), layer="MAI").detail_vi)


def test_areas_apart_are_no_one_building(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    def apart(drawing: Drawing) -> None:
        drawing.area("NHA", _box(0, 0, 5, 9))
        drawing.area("NHA", _box(7, 0, 5, 9))

    assert "đối tượng 101" in str(_refused(read, drawn(apart)).detail_vi)


def test_parts_that_adjoin_are_one_building(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    def parts(drawing: Drawing) -> None:
        drawing.area("NHA", _box(0, 0, 5, 9))
        drawing.area("NHA", _box(5.004, 0, 3, 4))
        drawing.hatch("NHA", _box(0, 0, 5, 9))

    found = read(drawn(parts))
    assert found["area_m2"] == pytest.approx(57, abs=0.05)
    assert "2 phần liền nhau" in found["notices"][0]["vi"]


def test_a_court_is_left_open(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    holed = shapely.Polygon(_box(0, 0, 9, 9).exterior, [_box(3, 3, 2, 2).exterior.coords])
    found = read(drawn(lambda d: d.hatch("NHA", holed)))
    assert found["area_m2"] == 77.0
    assert "1 khoảng trống" in found["notices"][0]["vi"]


def test_frames_and_printed_sheets_are_no_building(read: Read, drawn: Callable[[Draw], bytes]) -> None:
    def sheet(drawing: Drawing) -> None:
        drawing.area("NHA", _box(0, 0, 5, 9))
        drawing.area("KHUNG_TEN", _box(-50, -50, 200, 100))
        drawing.line("NHA", [(0.0, 0.0), (420.0, 0.0), (420.0, 297.0)], paper=True)

    assert read(drawn(sheet))["area_m2"] == 45.0


@pytest.mark.parametrize(
    ("entities", "area", "said"),
    [
        (_line(CORNERS, bulge="0.5"), 45 + 14.15, "Cung tròn"),
        (["0", "CIRCLE", "5", "A2", "100", "AcDbEntity", "8", "NHA", "100", "AcDbCircle", "10", str(E), "20",
          str(N), "40", "4"], pi * 16, "Cung tròn"),
        (_line(CORNERS, head=("38", "2.5")), 45.0, "Cao độ"),
    ],
    ids=["bulge", "circle", "elevation"],
)  # fmt: skip
def test_arcs_and_heights_are_read_and_told(read: Read, entities: list[str], area: float, said: str) -> None:
    found = read(_dxf(*entities))
    assert found["area_m2"] == pytest.approx(area, rel=0.002)
    assert said in found["notices"][0]["vi"]


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda d: d.line("NHA", CORNERS, closed=False), "1 đường chưa khép kín"),
        (lambda d: d.text("CHU", (E, N), "Nhà ở"), "1 chữ"),
        (lambda d: d.other("3DSOLID", "NHA"), "1 đối tượng 3DSOLID không đọc được"),
        (lambda d: d.line("NHA", [(E, N), (E + 5, N + 9), (E + 5, N), (E, N + 9)]), "tự cắt"),
        (lambda d: d.line("NHA", [(E, N), (E + 5, N), (E + 9, N)]), "không tạo thành khu đất"),
        (lambda d: d.area("NHA", _box(0, 0, 0.5, 0.5)), "quá nhỏ"),
        (lambda d: d.area("NHA", _box(0, 0, 900, 900)), "tối đa 50 ha"),
        (lambda _: None, "không có đối tượng nào"),
        (lambda d: d.line("NHA", [(E + 20 * cos(a / 500), N + 20 * sin(a / 500)) for a in range(3141)]),
         "tối đa 2000"),
    ],
    ids=["open", "text", "solid", "bow", "straight", "tiny", "huge", "empty", "corners"],
)  # fmt: skip
def test_a_drawing_without_one_sound_area_says_what_it_has(
    read: Read, drawn: Callable[[Draw], bytes], draw: Draw, said: str
) -> None:
    assert said in str(_refused(read, drawn(draw)).detail_vi)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b" \r\n\t", "rỗng"),
        (b"PK\x03\x04" + b"\0" * 30, "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"AC1032\0\0", "DWG"),
        (b"AutoCAD Binary DXF\r\n\x1a\0", "nhị phân"),
        (b"MZ\x90\0", "4d 5a 90"),
        (b"#!/bin/sh\nrm -rf /", "văn bản"),
        (b"<svg onload=alert(1)>", "XML"),
        (b"0\nSECTION\n2\nENTITIES\n0\nLWPOL", "không có đối tượng nào"),
        (b'{"type":"Polygon","coordinates":[[[', "dòng 1"),
        (b'{"a":' * 100_000, "lồng quá nhiều"),
        (b'{"type":"Topology"}', "không phải GeoJSON"),
        (b'{"type":"Polygon"}', "toạ độ"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5],[1,1]]]}', "toạ độ"),
        (b'{"type":"Polygon","coordinates":[[["1",1],[2,3],[4,5],[1,1]]]}', "toạ độ"),
        (b'{"type":"Polygon","coordinates":[[[1,1],[1,1],[1,1],[1,1]]]}', "ít hơn 3 điểm"),
        (b'{"type":"LineString","coordinates":[[1,1],[2,2]]}', "LineString"),
        (b'{"type":"FeatureCollection","features":[null,{"type":"Feature","geometry":null}]}', "Không có"),
        (b'{"type":"Polygon","coordinates":[[[1' + b"0" * 5000 + b",1],[2,3],[4,5]]]}", "không đọc được"),
        ('\ufeff{"type":"Polygon"}'.encode("utf-16-le"), "UTF-16"),
        (b'{"type":"Polygon","ten":"\xff"}', "UTF-8"),
    ],
)
def test_what_is_no_such_file_is_told_in_words(read: Read, content: bytes, said: str) -> None:
    assert said in str(_refused(read, content).detail_vi)


def test_half_a_character_in_a_name_is_replaced(read: Read) -> None:
    (a, b, c, d, _) = RING
    feature = {
        "type": "Feature",
        "properties": {"name": "nh\ud800"},
        "geometry": {"type": "Polygon", "coordinates": [[a, c, b, d, a]]},
    }
    fault = _refused(read, json.dumps(feature).encode(), crs=9210)
    assert "“nh\N{REPLACEMENT CHARACTER}”" in str(fault.detail_vi)
    assert "nh\N{REPLACEMENT CHARACTER}" in str(fault.detail)


@pytest.mark.parametrize("half", ["\\U+D800", "\\M+1D800", "\udcff"])
def test_half_a_character_in_a_layer_is_told_as_any_other(read: Read, half: str) -> None:
    bow = [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]]
    told = [f"NHA{half}" if part == "NHA" else part for part in _line(bow)]
    lines = _dxf(*["?" if "NHA" in part else part for part in told]).split(b"?")
    content = f"NHA{half}".encode(errors="surrogateescape").join(lines)
    fault = _refused(read, content)
    assert "tự cắt" in str(fault.detail_vi)
    json.dumps(fault.detail_vi, ensure_ascii=False).encode()
    fault = _refused(read, content, layer="MAI")
    json.dumps([fault.detail_vi, fault.detail, fault.extra], ensure_ascii=False).encode()
