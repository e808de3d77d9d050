"""A draft drawn by a program: what becomes a zone, what it is for, and a word on every other element."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.drafts import draft_row, draft_rows, drafted
from tests.support.dxf import Drawing

EAST, NORTH = 567_200.0, 1_145_100.0


def _box(at: int, size: float = 40.0) -> shapely.Polygon:
    west = EAST + 60.0 * at
    return shapely.box(west, NORTH, west + size, NORTH + size)


def _middle(shape: shapely.Polygon) -> tuple[float, float]:
    return float(shape.centroid.x), float(shape.centroid.y)


@pytest.fixture(scope="module")
def drawing() -> tuple[Drawing, dict[str, str]]:
    drawn, names = Drawing(), {}
    hole = [(EAST + x, NORTH + y) for x, y in ((70, 10), (80, 10), (80, 20), (70, 20))]
    holed = shapely.Polygon(_box(1).exterior, [hole])
    names["by_layer"] = drawn.area("QH_ODT", _box(0))
    names["hatch"] = drawn.hatch("DKV", holed)
    names["by_text"] = drawn.area("RANH_O", _box(2))
    names["text"] = drawn.text("CHU", _middle(_box(2)), "TMD-05")
    names["figures"] = drawn.text(
        "CHU", (_middle(_box(2))[0], NORTH + 5), "MĐXD: 55,5 %  Tầng cao: 2-9  HSSDĐ: 4,5"
    )
    names["road"] = drawn.area("LO GIOI", _box(3))
    names["corridor"] = drawn.area("HANH LANG KENH", _box(4))
    names["unknown"] = drawn.area("LOP_12", _box(5))
    names["hatch_first"] = drawn.hatch("TO_MAU", _box(6))
    names["edge_of_it"] = drawn.area("ONT", _box(6))
    names["open"] = drawn.line(
        "QH_ODT", [(EAST, NORTH + 50), (EAST + 9, NORTH + 50), (EAST + 9, NORTH + 59)], closed=False
    )
    names["frame"] = drawn.area("KHUNG_TEN", shapely.box(EAST - 90, NORTH - 90, EAST + 900, NORTH + 300))
    names["paper"] = drawn.line("ODT", [(0.0, 0.0), (420.0, 0.0), (420.0, 297.0)], paper=True)
    names["alone"] = drawn.text("CHU", (EAST, NORTH + 200), "Sơ đồ vị trí")
    names["body"] = drawn.other("3DSOLID", "ODT")
    names["bow"] = drawn.line(
        "ODT", [(EAST, NORTH + 80), (EAST + 9, NORTH + 89), (EAST + 9, NORTH + 80), (EAST, NORTH + 89)]
    )
    return drawn, names


@pytest.fixture(scope="module")
def read(
    drawing: tuple[Drawing, dict[str, str]],
    draft_settings: Settings,
    draft_city: Logins,
    tmp_path_factory: pytest.TempPathFactory,
) -> int:
    file = drawing[0].write(tmp_path_factory.mktemp("drawn") / "bản vẽ.dxf")
    draft = drafted(draft_settings, draft_city, file)
    row = draft_row(draft_city, draft)
    assert row["state"] == "done", row["reason"]
    return draft


@pytest.fixture(scope="module")
def zones(read: int, draft_city: Logins) -> dict[str, dict[str, Any]]:
    rows = draft_rows(
        draft_city, "SELECT *, ST_Area(geom) AS area FROM planning.draft_zone WHERE draft_id = %s", read
    )
    return {row["element"]: row for row in rows}


def test_closed_lines_and_hatches_are_zones(
    zones: dict[str, dict[str, Any]], drawing: tuple[Drawing, dict[str, str]]
) -> None:
    names = drawing[1]
    wanted = ("by_layer", "hatch", "by_text", "road", "corridor", "unknown", "edge_of_it")
    assert set(zones) == {names[each] for each in wanted}
    assert zones[names["by_layer"]]["area"] == pytest.approx(1600, abs=0.01)
    assert zones[names["hatch"]]["area"] == pytest.approx(1500, abs=0.01)


@pytest.mark.parametrize(
    ("name", "kind", "code", "origin", "known"),
    [
        ("by_layer", "zone", "ODT", "layer", True),
        ("hatch", "zone", "DKV", "layer", True),
        ("by_text", "zone", "TMD", "text", True),
        ("road", "road", None, "none", False),
        ("corridor", "waterway_corridor", None, "none", False),
        ("unknown", "zone", None, "none", False),
        ("edge_of_it", "zone", "ONT", "layer", True),
    ],
)
def test_what_a_zone_is_for(
    zones: dict[str, dict[str, Any]],
    drawing: tuple[Drawing, dict[str, str]],
    name: str,
    kind: str,
    code: str | None,
    origin: str,
    known: bool,
) -> None:
    row = zones[drawing[1][name]]
    told = (row["kind"], row["function_code"], row["function_from"], row["function_known"])
    assert told == (kind, code, origin, known)


def test_figures_are_read_under_their_labels(
    zones: dict[str, dict[str, Any]], drawing: tuple[Drawing, dict[str, str]]
) -> None:
    row = zones[drawing[1]["by_text"]]
    assert (row["max_density_pct"], row["floors_max"], row["far_max"]) == (55.5, 9, 4.5)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("open", "not_closed", "cách nhau"),
        ("frame", "frame", "khung"),
        ("paper", "on_paper", "trang in"),
        ("alone", "text_alone", "không nằm trong vùng"),
        ("body", "kind_unknown", "3DSOLID"),
        ("hatch_first", "drawn_twice", "Trùng khít"),
        ("bow", "broken_geometry", "tự cắt"),
    ],
)
def test_every_other_element_is_told_with_its_reason(
    read: int, draft_city: Logins, drawing: tuple[Drawing, dict[str, str]], name: str, code: str, words: str
) -> None:
    rows = draft_rows(draft_city, "SELECT * FROM planning.draft_unread WHERE draft_id = %s", read)
    (row,) = [row for row in rows if row["element"] == drawing[1][name]]
    assert row["code"] == code
    assert words in row["text_vi"]


def test_nothing_is_dropped_without_a_word(
    read: int, draft_city: Logins, zones: dict[str, dict[str, Any]], drawing: tuple[Drawing, dict[str, str]]
) -> None:
    rows = draft_rows(draft_city, "SELECT element FROM planning.draft_unread WHERE draft_id = %s", read)
    told = [*zones, *(row["element"] for row in rows)]
    labels = {drawing[1]["text"], drawing[1]["figures"]}
    assert sorted([*told, *labels]) == sorted(drawing[1].values())


def test_its_grid_is_recognised_and_said_so(read: int, draft_city: Logins) -> None:
    row = draft_row(draft_city, read)
    assert row["read_as"]["grid"]["srid"] == 9210
    assert row["read_as"]["grid"]["how"] == "recognised"
    (finding,) = [each for each in row["findings"] if each["code"] == "grid_recognised"]
    assert "EPSG:9210" in finding["text_vi"]


def test_layers_that_are_no_zones_are_left_out_on_request(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    drawn = Drawing()
    drawn.area("ODT", _box(0))
    left = drawn.area("NHÀ HIỆN TRẠNG", _box(0, size=10))
    draft = drafted(draft_settings, draft_city, drawn.write(folder / "a.dxf"), leave_out=["NHÀ HIỆN TRẠNG"])
    (zone,) = draft_rows(draft_city, "SELECT * FROM planning.draft_zone WHERE draft_id = %s", draft)
    assert zone["file_layer"] == "ODT"
    (row,) = draft_rows(draft_city, "SELECT * FROM planning.draft_unread WHERE draft_id = %s", draft)
    assert (row["element"], row["code"]) == (left, "left_out")


def test_a_text_in_two_areas_belongs_to_the_smaller(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    drawn = Drawing()
    outer = drawn.area("A", _box(0, size=50))
    inner = drawn.area("B", shapely.box(EAST + 5, NORTH + 5, EAST + 25, NORTH + 25))
    drawn.text("CHU", (EAST + 10, NORTH + 10), "DGD")
    drawn.text("CHU", (EAST + 40, NORTH + 40), "ODT")
    draft = drafted(draft_settings, draft_city, drawn.write(folder / "hai ô.dxf"))
    rows = draft_rows(draft_city, "SELECT * FROM planning.draft_zone WHERE draft_id = %s", draft)
    assert {row["element"]: row["function_code"] for row in rows} == {outer: "ODT", inner: "DGD"}


def test_a_drawing_without_areas_is_refused_in_words(
    draft_settings: Settings, draft_city: Logins, folder: Path
) -> None:
    drawn = Drawing()
    drawn.line("ODT", [(EAST, NORTH), (EAST + 9, NORTH), (EAST + 9, NORTH + 9)], closed=False)
    draft = drafted(draft_settings, draft_city, drawn.write(folder / "hở.dxf"))
    row = draft_row(draft_city, draft)
    assert row["state"] == "refused"
    assert "khép kín" in row["reason"]["vi"]
    assert row["reason"]["unread"] == {"not_closed": 1}
    stored = (
        "SELECT (SELECT count(*) FROM planning.draft_zone WHERE draft_id = d.id)"
        " + (SELECT count(*) FROM planning.draft_unread WHERE draft_id = d.id)"
        " + (SELECT count(*) FROM planning.draft_parcel WHERE draft_id = d.id) AS rows"
        " FROM planning.draft d WHERE id = %s"
    )
    assert draft_rows(draft_city, stored, draft) == [{"rows": 0}]
