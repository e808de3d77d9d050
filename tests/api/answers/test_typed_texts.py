"""Nothing that was typed beside a question is kept, and what was kept once is shown to nobody."""

import hashlib
import json
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.planning.asking.question import Question
from layers.planning.kept.answers import canonical
from layers.planning.kept.asked import KEEPERS
from tests.api.answers.conftest import Ask

Connection = psycopg.Connection[Any]

LOOKUP = "/api/planning/lookup"
TYPED = "P.5 Nguyen Van A 0901234567"
_UNITS = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, predecessors, source_date,
                                   valid_from, geom)
    SELECT code, name, full_name, 'phuong', generation, predecessors, '2018-12-31', '2018-12-31',
           ST_Multi(ST_MakeEnvelope(567100, 1145100, 567300, 1145300, core.working_srid()))
    FROM (VALUES ('28249', 'Phường 5', 'Phường 5', 2, '{}'::text[]),
                 ('28249', 'Đạo Thạnh', 'Phường Đạo Thạnh', 3, '{28249@2}'),
                 ('28282', 'Đạo Thạnh', 'Xã Đạo Thạnh', 2, '{}'))
         u (code, name, full_name, generation, predecessors)
"""


@pytest.fixture
def wards(ground: Connection) -> Connection:
    """The parcel lies in wards that have names."""
    ground.execute(_UNITS)
    return ground


def _kept(connection: Connection) -> str:
    return "".join(row[0] for row in connection.execute("SELECT document FROM planning.answer").fetchall())


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("P.5", "Phường 5"),
        ("p5", "Phường 5"),
        ("F5", "Phường 5"),
        ("phuong 05", "Phường 5"),
        ("phường 5 cũ", "Phường 5"),
        ("P.5, TP. Mỹ Tho", "Phường 5"),
        ("P.5 Mỹ Tho", "Phường 5"),
        ("Phường 5, TP. Mỹ Tho, Tiền Giang", "Phường 5"),
        ("phường 5, thành phố Mỹ Tho, tỉnh Tiền Giang (cũ)", "Phường 5"),
        ("phường 5 (nay là phường Đạo Thạnh, tỉnh Đồng Tháp)", "Phường 5"),
        ("phường Đạo Thạnh (trước đây: phường 5, TP Mỹ Tho)", "Phường Đạo Thạnh"),
        ("phuong-5-tp-my-tho", "Phường 5"),
        ("Đạo Thạnh, Mỹ Tho", "Đạo Thạnh"),
        ("28249", "28249"),
        ("28249, TP.Mỹ Tho", "28249"),
    ],
)
def test_a_unit_is_kept_as_it_was_understood_and_means_the_same(
    client: TestClient, wards: Connection, written: str, understood: str
) -> None:
    told = client.get(LOOKUP, params={"sheet": "12", "parcel": "45", "unit": written})
    assert told.status_code == 200, told.text
    assert told.json()["query"] == {"sheet": "12", "parcel": "45", "unit": understood}
    if written != understood:
        assert written not in _kept(wards)
    again = client.get(LOOKUP, params=told.json()["query"]).json()
    assert again["id"] == told.json()["id"]
    several = client.post(LOOKUP, json={"parcels": [{"sheet": " 12", "parcel": "45", "unit": written}]})
    assert several.json()["query"] == {"parcels": [{"sheet": "12", "parcel": "45", "unit": understood}]}


@pytest.mark.parametrize(
    "written",
    [
        TYPED,
        "P.5, Nguyễn Văn A",
        "phường 5 0901234567",
        "Phường Đạo Thạnh bà Tư",
        "28249 Nguyễn Văn A",
        "P.5, TP. Mỹ Tho, CCCD 082090001234",
        "P.5 (nay là nhà bà Tư)",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_more_than_a_unit_is_refused_by_what_was_understood(
    client: TestClient, wards: Connection, written: str, language: str
) -> None:
    asked = {"sheet": "12", "parcel": "45", "unit": written}
    ward = "Đạo Thạnh" if "Đạo" in written else "28249" if written.startswith("2") else "5"
    for told in (
        client.get(LOOKUP, params={**asked, "lang": language}),
        client.post(LOOKUP, json={"parcels": [asked], "lang": language}),
    ):
        assert told.status_code == 400, told.text
        assert told.json()["parameter"] in ("unit", "parcels")
        assert f"{ward}”" in told.json()["detail"]
        for typed in ("Nguy", "090", "bà", "CCCD"):
            assert typed not in told.text
    assert _kept(wards) == ""


def test_a_notice_does_not_quote_what_was_typed(client: TestClient, wards: Connection) -> None:
    told = client.get(LOOKUP, params={"sheet": "12", "parcel": "45", "unit": "đạo  thạnh!!"}).json()
    assert told["notices"][0].startswith("“Đạo Thạnh” từng chỉ nhiều đơn vị")
    assert "!!" not in _kept(wards)


def test_every_member_of_a_question_says_how_it_is_kept() -> None:
    assert {"language"} | set(KEEPERS) == set(Question.__dataclass_fields__)


def test_of_positions_no_more_than_the_place_is_kept(client: TestClient, ground: Connection) -> None:
    row = ground.execute(
        "SELECT ST_AsGeoJSON(ST_Transform(ST_Envelope(geom), 4326))::json FROM layer.parcels"
    ).fetchone()
    assert row is not None
    high = [[[*at, 901234567.0] for at in ring] for ring in row[0]["coordinates"]]
    told = client.post(
        LOOKUP, json={"area": {"type": "Polygon", "coordinates": high, "name": "Nguyễn Văn A"}}
    )
    assert told.json()["query"]["area"] == row[0]
    ground.execute("UPDATE layer.parcels SET identifier = 'w3gdumj11fw2'")
    told = client.get(LOOKUP, params={"identifier": " W3GD umj1 1fw2 "})
    assert told.json()["query"] == {"identifier": "w3gdumj11fw2"}


@pytest.fixture
def typed(ask: Ask, wards: Connection) -> dict[str, Any]:
    """An answer as it was kept before: the unit as it was typed, in the question and in a notice."""
    answer = {name: value for name, value in ask().items() if name not in ("id", "receipt")}
    answer["query"] = {
        **answer["query"],
        "unit": TYPED,
        "parcels": [{"sheet": "12", "parcel": "45", "unit": unit} for unit in ("P.5", TYPED)],
    }
    answer["notices"] = [
        "Một thửa.",
        f"“{TYPED}” từng chỉ nhiều đơn vị (Phường 5, Xã 5); kết quả gồm tất cả.",
    ]
    return _keep_as_before(wards, answer)


def _keep_as_before(connection: Connection, document: dict[str, Any]) -> dict[str, Any]:
    text = canonical(document)
    digest = hashlib.sha256(text.encode()).hexdigest()
    connection.execute(
        "INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic)"
        " VALUES (%s, %s, 'vi', %s, %s, false)",
        [digest[:20], digest, text, [parcel["id"] for parcel in document["parcels"]]],
    )
    return {"id": digest[:20], "sha256": digest, "document": document}


@pytest.mark.parametrize("form", ["", ".json", ".html", ".pdf", "/document"])
def test_what_was_typed_before_is_on_no_page(client: TestClient, typed: dict[str, Any], form: str) -> None:
    told = client.get(f"/answers/{typed['id']}{form}")
    assert told.status_code == 200, told.text
    for part in ("Nguyen Van A", "0901234567"):
        assert part.encode() not in told.content
    if form == ".html":
        assert "không được hiển thị" in told.text
    assert "immutable" not in told.headers.get("cache-control", "")


def test_the_receipt_says_what_is_not_shown_and_whoever_knows_it_can_check(
    client: TestClient, typed: dict[str, Any]
) -> None:
    places = ["/query/unit", "/query/parcels/1/unit", "/notices/1"]
    told = client.get(f"/answers/{typed['id']}").json()
    assert told["receipt"]["withheld"]["places"] == places
    assert "SHA-256" in told["receipt"]["withheld"]["reason"]
    assert told["query"]["parcels"][0]["unit"] == "P.5"
    shown = client.get(f"/answers/{typed['id']}/document").json()
    assert shown.pop("withheld")["places"] == places
    assert hashlib.sha256(canonical(shown).encode()).hexdigest() != typed["sha256"]
    shown["query"]["unit"] = shown["query"]["parcels"][1]["unit"] = TYPED
    shown["notices"].insert(1, typed["document"]["notices"][1])
    assert hashlib.sha256(canonical(shown).encode()).hexdigest() == typed["sha256"]


@pytest.mark.parametrize("unit", ["P.5", "phuong dao thanh", "28249"])
def test_what_was_kept_before_and_names_a_unit_alone_is_shown_in_full(
    client: TestClient, wards: Connection, ask: Ask, unit: str
) -> None:
    answer = {name: value for name, value in ask().items() if name not in ("id", "receipt")}
    answer["query"]["unit"] = unit
    kept = _keep_as_before(wards, answer)
    told = client.get(f"/answers/{kept['id']}/document")
    assert hashlib.sha256(told.content).hexdigest() == kept["sha256"]
    assert json.loads(told.content)["query"]["unit"] == unit
    assert "withheld" not in client.get(f"/answers/{kept['id']}").json()["receipt"]


def test_no_role_reads_the_kept_text_itself(database: Logins, typed: dict[str, Any]) -> None:
    assert typed
    with psycopg.connect(database.public) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT document FROM planning.answer")


def test_remarks_are_not_public(client: TestClient, database: Logins, ask: Ask) -> None:
    answer = ask()
    filed = client.post(
        f"/api/planning/answers/{answer['id']}/remarks",
        json={"place": "", "words": "Sai, gọi Nguyen Van A 0901234567"},
    )
    assert filed.status_code == 201
    for form in ("", ".json", ".html", "/document"):
        assert "0901234567" not in client.get(f"/answers/{answer['id']}{form}").text
    assert client.get("/api/planning/remarks").status_code == 401
    with psycopg.connect(database.public) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT words FROM planning.remark")
