"""A table of addresses and numbers: each row is answered as the look-up answers it by itself."""

import csv
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.planning import batch
from api.planning.commands import app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from layers.planning.asking.by_address import SQL, beginnings_of
from layers.planning.asking.question import Times
from layers.planning.building.verdict import LABELS
from layers.references.address import read_address
from tests.layers.planning.asking.conftest import Copy

BATCH, LOOKUP = "/api/planning/batch", "/api/planning/lookup"
_TIERS = {label.vi: tier.value for tier, label in LABELS.items()}
# The addresses of the demo's parcels have no numbers: given along each street, every fourth in an alley. Its
# register has others for these parcels and would come first: see test_at_a_registered_house.py.
_NUMBERS = """
    UPDATE layer.parcels p SET address = n.number || ' ' || p.address
    FROM (SELECT id, CASE WHEN k % 4 = 0 THEN (k / 4) || '/' || (k % 9 + 1) ELSE k::text END AS number
          FROM (SELECT id, row_number() OVER (PARTITION BY split_part(address, ',', 1) ORDER BY id) AS k
                FROM layer.parcels) of_street) n
    WHERE n.id = p.id
"""

Row = dict[str, str]


@pytest.fixture(scope="module")
def numbered(copy_of: Copy, demo_template: str, server: str) -> Logins:
    """The small demo city with house numbers."""
    places = copy_of("batch", psycopg.conninfo.make_conninfo(server, dbname=demo_template))
    with psycopg.connect(places.owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE layer.house_numbers, layer.house_numbers_history")
        connection.execute(_NUMBERS)
        connection.execute("VACUUM ANALYZE layer.parcels")
    return places


@pytest.fixture(scope="module")
def client(numbered: Logins, opened: Callable[[Logins], TestClient]) -> TestClient:
    return opened(numbered)


@pytest.fixture(scope="module")
def parcels(numbered: Logins) -> list[dict[str, Any]]:
    """Some parcels from all over, in the order of their ids."""
    with psycopg.connect(numbered.owner, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute(
            """SELECT id, address, sheet_no, parcel_no, unit_code, identifier FROM layer.parcels
               WHERE id % 23 = 0 ORDER BY id LIMIT 80"""
        ).fetchall()


def _sent(client: TestClient, table: str | bytes, **asked: str) -> list[Row]:
    body = table.encode() if isinstance(table, str) else table
    answer = client.post(BATCH, content=body, params=asked, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _table(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _alone(client: TestClient, asked: dict[str, str]) -> dict[str, Any] | None:
    told = client.get(LOOKUP, params=asked)
    assert told.status_code in (200, 404), told.text
    return told.json() if told.status_code == 200 else None


def _like_the_look_up(row: Row, answer: dict[str, Any] | None) -> None:
    if answer is None:
        assert row["Mức chắc chắn"] == "không tìm thấy", row
        assert row["Ghi chú"], row
        assert row["Mã thửa"] == row["Kết luận"] == "", row
    elif len(answer["parcels"]) > 1:
        assert row["Mức chắc chắn"] == "nhiều thửa", row
        assert row["Kết luận"] == "", row
        assert answer["parcels"][0]["parcel_no"] in row["Ghi chú"], row
    else:
        (parcel,), (entry,) = answer["parcels"], answer["building"]
        assert int(row["Mã thửa"]) == parcel["id"], row
        assert _TIERS[row["Kết luận"]] == entry["verdict"]["tier"], row
        assert row["Nội dung kết luận"] == entry["verdict"]["sentence"], row
        assert row["Chức năng quy hoạch"] == "; ".join(entry["function"]), row
        assert row["Phường, xã hiện nay"] == parcel["unit_now"], row
        for hit in answer["affected"]:
            governs = hit["governs"] and hit["theme"] == "land_function"
            assert not governs or hit["plan"]["name"] in row["Đồ án đang áp dụng"], row


def test_every_address_as_by_itself(client: TestClient, parcels: list[dict[str, Any]]) -> None:
    written: list[str] = []
    for number, parcel in enumerate(parcels):
        house, _, rest = parcel["address"].partition(" ")
        street, _, place = rest.partition(", ")
        written.append(
            (
                parcel["address"],
                f"{house} {street}",
                f"số {house} đường {street}, {place}".lower(),
                f"{house} {street}, Phường 99",
                f"{house}9999 {street}",
                f"{house} Đường Không Có",
                street,
            )[number % 7]
        )
    rows = _sent(client, _table(["Địa chỉ"], *([text] for text in written)))
    assert [row["Địa chỉ"] for row in rows] == written
    for row in rows:
        _like_the_look_up(row, _alone(client, {"address": row["Địa chỉ"]}))
    sure = [row["Mức chắc chắn"] for row in rows]
    assert sure.count("chắc chắn") > 15
    assert sure.count("không tìm thấy") > 15
    assert {row["Kết luận"] for row in rows} >= {
        "Không được xây dựng nhà ở",
        "Chưa đủ dữ liệu để trả lời",
        "",
    }


@pytest.mark.parametrize("name", ["beginning", "beginning_at"])
def test_an_address_alone_is_found_by_its_index(numbered: Logins, name: str) -> None:
    """Joined to the parcels in the order of ids, every address of the city was folded for each beginning."""
    (asked, *_) = read_address("12/5 Hùng Vương")
    parameters = {"beginnings": beginnings_of(asked), "most": 500, **Times().parameters()}
    with psycopg.connect(numbered.public) as connection:
        rows = connection.execute(f"EXPLAIN {SQL[name].text}".encode(), parameters).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Index Scan using parcels_address " in plan, plan
    assert "Seq Scan" not in plan, plan


def test_numbers_and_identifiers_as_by_themselves(client: TestClient, parcels: list[dict[str, Any]]) -> None:
    given = [["Số tờ", "Số thửa", "Phường, xã", "Mã định danh"]]
    asked: list[dict[str, str]] = []
    for number, parcel in enumerate(parcels[:40]):
        if parcel["identifier"] and number % 2:
            given.append(["", "", "", parcel["identifier"]])
            asked.append({"identifier": parcel["identifier"]})
        else:
            unit = parcel["unit_code"] if number % 4 else ""
            given.append([parcel["sheet_no"], parcel["parcel_no"], unit, ""])
            question = {"sheet": parcel["sheet_no"], "parcel": parcel["parcel_no"]}
            asked.append(question | ({"unit": unit} if unit else {}))
    rows = _sent(client, _table(*given))
    for row, question in zip(rows, asked, strict=True):
        _like_the_look_up(row, _alone(client, question))
    assert {row["Mức chắc chắn"] for row in rows} >= {"chắc chắn", "nhiều thửa"}


def test_bad_rows_are_answered_in_their_place(client: TestClient, parcels: list[dict[str, Any]]) -> None:
    good = parcels[0]["address"]
    lines = [
        "stt;Địa chỉ;Số tờ;Số thửa",
        f"1;{good};;",
        "2;;;",
        "",
        "3;;12;",
        '4;"12 Ấp Bắc;;',
        f"5;{'x' * 300};;",
        "6;a;b;c;d;e",
        "7;\x00\x01;;",
        "8;???;;",
        f"9;{good};;",
    ]
    rows = _sent(client, "\r\n".join(lines))
    assert [row["stt"] for row in rows] == ["1", "2", "", "3", "4", "5", "6", "7", "8", "9"]
    assert rows[0]["Mã thửa"] == rows[-1]["Mã thửa"] == str(parcels[0]["id"])
    for row in rows[1:-1]:
        assert row["Mã thửa"] == "", row
        assert row["Ghi chú"], row
    assert "trống" in rows[1]["Ghi chú"]
    assert "số tờ và số thửa" in rows[3]["Ghi chú"]
    assert "200 ký tự" in rows[5]["Ghi chú"]
    assert "ngoặc kép" in rows[6]["Ghi chú"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_tables_as_spreadsheets_save_them(
    client: TestClient, parcels: list[dict[str, Any]], encoding: str, between: str
) -> None:
    address = parcels[1]["address"]
    text = f'Địa chỉ{between}Ghi chú\r\n"{address}"{between}một\r\n'
    if encoding == "cp1258":
        # Letters first, tone marks after them, as that code page has it.
        marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        text = "".join(_toned(c, marks) for c in text)
    rows = _sent(client, text.encode(encoding))
    assert rows[0]["Mã thửa"] == str(parcels[1]["id"]), rows


def _toned(letter: str, marks: set[str]) -> str:
    apart = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in marks))
    return base + "".join(c for c in apart if c in marks)


def test_one_column_takes_addresses_with_commas(client: TestClient, parcels: list[dict[str, Any]]) -> None:
    rows = _sent(client, f"address\n{parcels[2]['address']}\n", lang="en")
    assert rows[0]["Parcel id"] == str(parcels[2]["id"])
    assert rows[0]["How sure"] == "sure"
    assert rows[0]["address"] == parcels[2]["address"]


def test_nothing_that_was_sent_is_run(client: TestClient) -> None:
    row = _sent(client, '"Địa chỉ"\n"=HYPERLINK(""x"")"\n')[0]
    assert row["Địa chỉ"] == '\'=HYPERLINK("x")'


def test_nothing_of_it_is_kept(client: TestClient, parcels: list[dict[str, Any]], numbered: Logins) -> None:
    def kept() -> Any:
        with psycopg.connect(numbered.owner) as connection:
            return connection.execute("SELECT count(*) FROM planning.answer").fetchone()

    before = kept()
    _sent(client, _table(["Địa chỉ"], [parcels[0]["address"]]))
    assert kept() == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "trống"),
        ("Địa chỉ\r\n".encode(), "trống"),
        (b"a,b\r\n1,2\r\n", "Không nhận ra cột nào"),
        ("Số tờ\r\n12\r\n".encode(), "Không nhận ra cột nào"),
        (b"\xff\xfe", "trống"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Không nhận ra cột nào"),
        ("Địa chỉ\r\n".encode() + b"1 A\r\n" * 1_001, "1001 dòng"),
    ],
    ids=["nothing", "heads", "others", "half", "mark", "picture", "long"],
)
def test_what_is_no_table_is_refused_in_words(client: TestClient, body: bytes, words: str) -> None:
    answer = client.post(BATCH, content=body, params={"lang": "vi"})
    assert answer.status_code == 400, answer.text[:300]
    assert words in answer.json()["detail"]


def test_too_many_bytes_are_refused(client: TestClient) -> None:
    assert client.post(BATCH, content=b"x" * (4 * 2**20 + 1)).status_code == 413


def test_a_file_from_the_command_line(
    client: TestClient,
    numbered: Logins,
    base_settings: Settings,
    parcels: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", numbered.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(base_settings.data_dir))
    table = _table(["Địa chỉ"], *([parcel["address"]] for parcel in parcels[:5]))
    given, out = tmp_path / "nha.csv", tmp_path / "ket-qua.csv"
    given.write_text(table, encoding="utf-8")
    outcome = CliRunner().invoke(app, ["batch", str(given), "--out", str(out)])
    assert outcome.exit_code == 0, outcome.output
    assert list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))) == _sent(client, table)


def test_one_table_at_a_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Taken:
        def acquire(self, *, blocking: bool) -> bool:
            return blocking

    monkeypatch.setattr(batch, "_place", Taken())
    answer = client.post(BATCH, content="Địa chỉ\n1 A\n".encode())
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"


def test_the_place_is_given_back(client: TestClient) -> None:
    for _ in range(3):
        assert client.post(BATCH, content="Địa chỉ\n1 A\n".encode()).status_code == 200
