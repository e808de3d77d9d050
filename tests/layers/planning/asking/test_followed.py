"""A red book's number through four deliveries: split, merged, renumbered, and its ward merged."""

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
import shapely
from starlette.testclient import TestClient

from etl.delivery.deliver import deliver
from etl.delivery.rollback import rollback
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.layers.planning.asking.conftest import Copy
from tests.support.delivered import EAST, NORTH, Sample, request, write_sample
from tests.support.problems import problem

LOOKUP = "/api/planning/lookup"
SURVEYED, SPLIT, MERGED, RENUMBERED, MERGER = (
    date(2018, 12, 31),
    date(2020, 9, 1),
    date(2022, 3, 1),
    date(2024, 6, 1),
    date(2025, 7, 1),
)
Lot = tuple[str, str, str, float, float]
"""Unit, sheet, number, western and eastern edge in metres from the first corner."""

FIRST: list[Lot] = [
    ("28249", "12", "45", 0, 30),
    ("28249", "12", "46", 30, 40),
    ("28249", "12", "47", 40, 50),
    ("28249", "12", "48", 60, 70),
    ("28249", "12", "49", 80, 90),
]
#: 45 into 45 and 51, east of which 46 still lies.
AFTER_SPLIT: list[Lot] = [
    ("28249", "12", "45", 0, 18),
    ("28249", "12", "51", 18, 30),
    *FIRST[1:],
]
#: 51 and 46 into 52.
AFTER_MERGE: list[Lot] = [AFTER_SPLIT[0], ("28249", "12", "52", 18, 40), *FIRST[2:]]
#: The sheet became 112: every number is another.
AFTER_RENUMBERING: list[Lot] = [
    ("28249", "112", "1", 0, 18),
    ("28249", "112", "2", 18, 40),
    ("28249", "112", "3", 40, 50),
    ("28249", "112", "4", 60, 70),
    ("28249", "112", "5", 80, 90),
]
STATES = [(FIRST, SURVEYED), (AFTER_SPLIT, SPLIT), (AFTER_MERGE, MERGED), (AFTER_RENUMBERING, RENUMBERED)]


def _sample(lots: list[Lot]) -> Sample:
    return Sample(
        {
            "unit_code": [lot[0] for lot in lots],
            "sheet_no": [lot[1] for lot in lots],
            "parcel_no": [lot[2] for lot in lots],
        },
        [shapely.box(EAST + west, NORTH, EAST + east, NORTH + 20) for *_, west, east in lots],
    )


_UNIT = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, existed_from, existed_to,
                                   predecessors, source_date, valid_from, geom)
    VALUES ('28249', %(name)s, 'Phường ' || %(name)s, 'phuong', %(generation)s, %(since)s, %(until)s,
            %(made_of)s, '2025-07-01', '2018-01-01',
            ST_Multi(ST_MakeEnvelope(566000, 1144000, 568000, 1146000, 9210)))
"""


def _lay_units(connection: psycopg.Connection[Any]) -> None:
    """Phường 5 until the merger, and phường Đạo Thạnh, which has its code, since."""
    for name, generation, since, until, made_of in (
        ("5", 2, "2018-01-01", "2025-06-30", []),
        ("Đạo Thạnh", 3, "2025-07-01", None, ["28249@2"]),
    ):
        connection.execute(
            _UNIT,
            {
                "name": name,
                "generation": generation,
                "since": since,
                "until": until,
                "made_of": made_of,
            },
        )


@pytest.fixture(scope="module")
def cadastre(copy_of: Copy, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Logins:
    """A cadastre that was delivered four times."""
    places = copy_of("followed", None)
    folder = tmp_path_factory.mktemp("followed")
    for number, (lots, day) in enumerate(STATES):
        file = write_sample(folder / f"{number}.gpkg", _sample(lots))
        result = deliver(base_settings, request(file, day=day), places.owner)
        assert result.status == "applied", result
    with psycopg.connect(places.owner) as connection:
        _lay_units(connection)
    return places


@pytest.fixture(scope="module")
def changed(copy_of: Copy, cadastre: Logins) -> Logins:
    """A copy of it for the tests that change something: each changes what is its own."""
    return copy_of("followed_on", cadastre.owner)


@pytest.fixture(scope="module")
def undone(copy_of: Copy, cadastre: Logins, base_settings: Settings) -> Logins:
    """A copy of it whose last delivery was rolled back."""
    places = copy_of("followed_undone", cadastre.owner)
    with psycopg.connect(places.owner) as connection:
        row = connection.execute("SELECT max(id) FROM core.delivery").fetchone()
    assert row is not None
    rollback(base_settings, row[0], places.owner, by="test")
    return places


@pytest.fixture(scope="module")
def told(
    changed: Logins, undone: Logins, cadastre: Logins, opened: Callable[[Logins], TestClient]
) -> TestClient:
    """The application over the cadastre, of which the copies are made before anybody is connected to it."""
    assert len({changed, undone, cadastre}) == 3
    return opened(cadastre)


@pytest.fixture(scope="module")
def told_after(changed: Logins, opened: Callable[[Logins], TestClient]) -> TestClient:
    """The application over the copy."""
    return opened(changed)


def _ask(client: TestClient, **asked: str) -> Any:
    answer = client.get(LOOKUP, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _numbers(answer: Any) -> list[tuple[str, str]]:
    return sorted((parcel["sheet_no"], parcel["parcel_no"]) for parcel in answer["parcels"])


def _path(answer: Any) -> list[tuple[str, str | None]]:
    return [(step["kind"], step["on"]) for step in answer["path"]]


def test_a_number_of_2018_is_followed_to_the_parcels_of_today(told: TestClient) -> None:
    answer = _ask(told, sheet="12", parcel="45", unit="Phường 5", issued="2015-06-01")
    assert _numbers(answer) == [("112", "1"), ("112", "2")]
    assert answer["ambiguous"] is False
    kinds = _path(answer)
    assert kinds[:2] == [("split", SPLIT.isoformat()), ("merged", MERGED.isoformat())]
    assert ("renumbered", RENUMBERED.isoformat()) in kinds
    assert kinds[-1] == ("unit_merged", MERGER.isoformat())


def test_each_step_says_from_what_to_what_and_what_says_so(told: TestClient) -> None:
    steps = _ask(told, sheet="12", parcel="45", issued="2019-01-01")["path"]
    split, merged = steps[0], steps[1]
    assert (split["from"]["sheet"], split["from"]["parcel"]) == ("12", "45")
    assert split["from"]["unit"] == "Phường 5"
    assert {(to["parcel"], to["share"]) for to in split["to"]} == {("45", 0.6), ("51", 0.4)}
    assert merged["from"]["parcel"] == "51"
    assert [to["parcel"] for to in merged["to"]] == ["52"]
    assert [other["parcel"] for other in merged["also_from"]] == ["46"]
    assert "giao nộp" in split["basis"]
    assert split["delivery_id"] is not None
    last = steps[-1]
    assert (last["from"]["unit"], last["to"][0]["unit"]) == ("Phường 5", "Phường Đạo Thạnh")


def test_a_number_that_went_into_another_is_found_at_the_other(told: TestClient) -> None:
    answer = _ask(told, sheet="12", parcel="46")
    assert _numbers(answer) == [("112", "2")]
    assert [step["kind"] for step in answer["path"]] == ["merged", "renumbered", "unit_merged"]


def test_without_its_day_a_number_means_all_that_it_ever_meant(told: TestClient) -> None:
    answer = _ask(told, sheet="12", parcel="45")
    assert _numbers(answer) == [("112", "1"), ("112", "2")]
    assert answer["ambiguous"] is True
    assert any("ngày cấp giấy" in notice for notice in answer["notices"])
    later = _ask(told, sheet="12", parcel="45", issued="2021-01-01")
    assert (_numbers(later), later["ambiguous"]) == ([("112", "1")], False)


@pytest.mark.parametrize(
    ("as_of", "numbers"),
    [
        ("2019-06-01", [("12", "45")]),
        ("2021-06-01", [("12", "45"), ("12", "51")]),
        ("2023-06-01", [("12", "45"), ("12", "52")]),
    ],
)
def test_the_day_asked_about_ends_the_path(
    told: TestClient, as_of: str, numbers: list[tuple[str, str]]
) -> None:
    answer = _ask(told, sheet="12", parcel="45", issued="2018-12-31", as_of=as_of)
    assert _numbers(answer) == numbers
    assert answer["as_of"] == as_of
    assert all(step["on"] is None or step["on"] <= as_of for step in answer["path"])


def test_a_number_of_today_asked_for_before_it_was_is_found_by_its_ground(told: TestClient) -> None:
    answer = _ask(told, sheet="112", parcel="1", as_of="2019-06-01")
    assert _numbers(answer) == [("12", "45")]


@pytest.mark.parametrize("unit", ["P.5", "phuong dao thanh", "28249", "Đạo Thạnh"])
def test_the_ward_may_be_the_old_one_or_the_new(told: TestClient, unit: str) -> None:
    assert _numbers(_ask(told, sheet="12", parcel="47", unit=unit)) == [("112", "3")]


def test_what_was_known_before_the_delivery_is_asked_for_by_its_moment(
    told: TestClient, cadastre: Logins
) -> None:
    with psycopg.connect(cadastre.owner) as connection:
        moments = connection.execute(
            "SELECT applied_moments[1] FROM core.delivery WHERE status = 'applied' ORDER BY id"
        ).fetchall()
    between = moments[0][0].isoformat()
    answer = _ask(told, sheet="12", parcel="45", known_at=between)
    assert (_numbers(answer), answer["path"]) == (
        [("12", "45")],
        [step for step in answer["path"] if step["kind"] == "unit_merged"],
    )


def test_an_undone_delivery_is_on_no_path(undone: Logins, opened: Callable[[Logins], TestClient]) -> None:
    answer = _ask(opened(undone), sheet="12", parcel="46")
    assert _numbers(answer) == [("12", "52")]
    assert [step["kind"] for step in answer["path"]] == ["merged", "unit_merged"]


def test_what_ended_without_a_record_is_found_by_its_ground(told_after: TestClient, changed: Logins) -> None:
    with psycopg.connect(changed.owner) as connection:
        connection.execute("SELECT set_config('gis.valid_from', '2025-01-01', true)")
        connection.execute("DELETE FROM layer.parcels WHERE sheet_no = '112' AND parcel_no = '4'")
        for number, west, east in (("901", 60, 66), ("902", 66, 80)):
            connection.execute(
                "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)"
                " VALUES ('28249', '200', %s, '2025-01-01', '2025-01-01',"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210)))",
                [number, EAST + west, NORTH, EAST + east, NORTH + 20],
            )
    answer = _ask(told_after, sheet="12", parcel="48")
    assert _numbers(answer) == [("200", "901"), ("200", "902")]
    [step] = [step for step in answer["path"] if step["kind"] == "overlap"]
    assert {(to["parcel"], to["share"]) for to in step["to"]} == {("901", 0.6), ("902", 0.4)}
    assert "không phải hồ sơ biến động" in step["basis"]
    assert any("60,0%" in notice for notice in answer["notices"])


def test_what_is_gone_with_its_ground_is_said(told_after: TestClient, changed: Logins) -> None:
    with psycopg.connect(changed.owner) as connection:
        connection.execute("DELETE FROM layer.parcels WHERE sheet_no = '112' AND parcel_no = '5'")
    body = problem(told_after.get(LOOKUP, params={"sheet": "12", "parcel": "49"}), 404)
    assert "Có hồ sơ của thửa 49" in body["detail"]


def test_a_day_before_the_data_is_said(told: TestClient) -> None:
    asked = {"sheet": "12", "parcel": "45", "as_of": "2010-01-01", "lang": "en"}
    body = problem(told.get(LOOKUP, params=asked), 404)
    assert "2010-01-01" in body["detail"]


def test_several_numbers_of_any_day_make_one_site(told: TestClient) -> None:
    parts = [
        {"sheet": "12", "parcel": "46"},
        {"sheet": "112", "parcel": "1"},
        {"sheet": "12", "parcel": "51"},
    ]
    answer = told.post(LOOKUP, json={"parcels": parts})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert _numbers(body) == [("112", "1"), ("112", "2")]
    assert body["site"]["computed_area_m2"] == pytest.approx(800.0)
    assert body["site"]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert any("trùng" in notice for notice in body["notices"])


def test_the_part_of_a_site_that_is_unknown_is_named(told: TestClient) -> None:
    parts = [{"sheet": "12", "parcel": "46"}, {"sheet": "12", "parcel": "999"}]
    body = problem(told.post(LOOKUP, json={"parcels": parts}), 404)
    assert body["item"] == 2
    assert "Thửa thứ 2" in body["detail"]
