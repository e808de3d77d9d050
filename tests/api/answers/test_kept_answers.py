"""An answer opens again as it was given, can be checked, and says what has changed since."""

import hashlib
import json
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.api.answers.conftest import Ask

Connection = psycopg.Connection[Any]

_SHIFT = "UPDATE layer.parcels SET valid_from = '2025-06-01', geom = ST_Translate(geom, 1, 0)"
_SPLIT = """
    WITH made AS (
        INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
        SELECT unit_code, sheet_no, n::text, '2025-06-01', '2025-06-01', ST_Multi(ST_MakeEnvelope(
               567200 + 5 * (n - 91), 1145150, 567205 + 5 * (n - 91), 1145170, core.working_srid()))
        FROM layer.parcels, generate_series(91, 92) n WHERE parcel_no = '45' RETURNING id
    ), delivered AS (
        INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid,
                                   received_by, status, counts)
        VALUES ('parcels', 'Sở', '2025-06-01', 'a.gpkg', sha256(''), 1, 9210, 'test', 'applied', '{}')
        RETURNING id
    )
    INSERT INTO core.lineage (layer, predecessor, successor, kind, delivery_id, valid_from, area_m2)
    SELECT 'parcels', p.id, made.id, 'split', delivered.id, '2025-06-01', 100
    FROM made, delivered, layer.parcels p WHERE p.parcel_no = '45'
"""
_NEW_ROAD = """
    INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, decision_no,
                              decision_date, source_date, valid_from, geom)
    VALUES ('R1', 'Đường số 1', 'road_reserve', 'QHC2', 'Quy hoạch 2', 'chi_tiet', '2/QĐ-UBND', '2026-01-01',
            '2026-01-01', '2026-01-01',
            ST_Multi(ST_MakeEnvelope(567100, 1145100, 567203, 1145300, core.working_srid())))
"""

_STREET = """
    INSERT INTO layer.streets (name, kind, width_m, planned_width_m, source_date, geom)
    VALUES ('Lê Lợi', 'duong_chinh', 4, 12, '2025-01-01', ST_Multi(ST_SetSRID(ST_MakeLine(
            ST_MakePoint(567195, 1145148), ST_MakePoint(567215, 1145148)), core.working_srid())))
"""


def _opened(client: TestClient, answer: dict[str, Any], **asked: str) -> dict[str, Any]:
    told = client.get(f"/answers/{answer['id']}", params=asked)
    assert told.status_code == 200, told.text
    return dict(told.json())


def test_it_opens_again_as_it_was_given(client: TestClient, ask: Ask) -> None:
    answer = ask()
    again = _opened(client, answer)
    assert again.pop("since")["unchanged"]
    assert again == answer
    assert again["receipt"]["url"].endswith(f"/answers/{answer['id']}")
    files = again["receipt"]["files"]
    assert files == {kind: f"{again['receipt']['url']}.{kind}" for kind in ("pdf", "html", "json")}


def test_anybody_can_check_a_copy(client: TestClient, ask: Ask) -> None:
    answer = ask()
    kept = client.get(f"/answers/{answer['id']}/document")
    assert hashlib.sha256(kept.content).hexdigest() == answer["receipt"]["sha256"]
    assert answer["receipt"]["sha256"].startswith(answer["id"])
    said = {name: value for name, value in answer.items() if name not in ("id", "receipt")}
    assert json.loads(kept.content) == said


def test_the_same_answer_is_kept_once(ask: Ask, ground: Connection) -> None:
    assert ask() == ask()
    row = ground.execute("SELECT count(*) FROM planning.answer").fetchone()
    assert row == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE planning.answer SET language = 'en'",
        "DELETE FROM planning.answer",
        "TRUNCATE planning.answer CASCADE",
    ],
)
def test_not_even_the_owner_alters_it(ask: Ask, ground: Connection, statement: str) -> None:
    ask()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ground.execute(statement.encode())


def test_a_text_without_its_hash_is_not_kept(ask: Ask, ground: Connection) -> None:
    answer = ask()
    with pytest.raises(psycopg.errors.CheckViolation):
        ground.execute(
            "INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic) "
            "SELECT reverse(id), reverse(id) || right(sha256, 44), language, document || ' ', parcels, "
            "synthetic FROM planning.answer WHERE id = %s",
            [answer["id"]],
        )


def test_a_changed_parcel_is_told(client: TestClient, ask: Ask, ground: Connection) -> None:
    answer = ask()
    ground.execute(_SHIFT)
    since = _opened(client, answer)["since"]
    assert not since["unchanged"]
    assert [change["kind"] for change in since["changes"]] == ["parcel_changed"]
    assert "45" in since["changes"][0]["sentence"]


def test_a_parcel_that_was_split_names_its_successors(
    client: TestClient, ask: Ask, ground: Connection
) -> None:
    answer = ask()
    ground.execute(_SPLIT)
    ground.execute("DELETE FROM layer.parcels WHERE parcel_no = '45'")
    successors = [row[0] for row in ground.execute("SELECT id FROM layer.parcels ORDER BY id").fetchall()]
    changes = _opened(client, answer, lang="en")["since"]["changes"]
    (ended,) = [change for change in changes if change["kind"] == "parcel_ended"]
    assert len(successors) == 2
    assert ended["successors"] == successors
    assert ended["sentence"] == "Parcel 45 (12) is no longer on the cadastral map; 2 parcels came of it."


def test_a_new_plan_is_told(client: TestClient, ask: Ask, ground: Connection) -> None:
    answer = ask()
    ground.execute(_NEW_ROAD)
    changes = _opened(client, answer)["since"]["changes"]
    assert [change["kind"] for change in changes] == ["affected_new", "verdict_changed"]
    assert changes[0]["sentence"] == "Có thêm Đường số 1 (Quy hoạch 2) trên thửa đất."


def test_a_plan_that_ended_or_says_something_else_is_told(
    client: TestClient, ask: Ask, ground: Connection
) -> None:
    answer = ask()
    ground.execute("UPDATE layer.zoning SET valid_from = '2026-01-01', max_density_pct = 60")
    assert [c["kind"] for c in _opened(client, answer)["since"]["changes"]] == ["affected_changed"]
    ground.execute("DELETE FROM layer.zoning")
    assert [c["kind"] for c in _opened(client, answer)["since"]["changes"]] == ["affected_ended"]


def test_a_street_that_takes_ground_is_told_though_no_plan_changed(
    client: TestClient, ask: Ask, ground: Connection
) -> None:
    answer = ask()
    ground.execute(_STREET)
    changes = _opened(client, answer)["since"]["changes"]
    assert "verdict_changed" in [change["kind"] for change in changes]


def test_of_a_drawing_the_shape_alone_is_kept(client: TestClient, ground: Connection) -> None:
    row = ground.execute(
        "SELECT ST_AsGeoJSON(ST_Transform(ST_Envelope(geom), 4326))::json FROM layer.parcels"
    ).fetchone()
    assert row is not None
    area = {"type": "Feature", "properties": {"note": "Nguyễn Văn A, 0901234567"}, "geometry": row[0]}
    told = client.post("/api/planning/lookup", json={"area": area})
    assert told.status_code == 200, told.text
    assert told.json()["query"]["area"] == row[0]
    assert "Nguyễn" not in client.get(f"/answers/{told.json()['id']}/document").text


@pytest.mark.parametrize("wrong", ["0" * 20, "x", "…", "0" * 41, "%00", "..%2f..%2fetc"])
def test_what_names_none_is_not_found(client: TestClient, wrong: str) -> None:
    told = client.get(f"/answers/{wrong}")
    assert told.status_code in (400, 404)
    assert told.headers["content-type"] == "application/problem+json"
