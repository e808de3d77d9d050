"""Real answers of every way of asking fit the published schema; a damaged one does not."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from layers.planning.schema import ADDRESS
from tests.api.answers.conftest import Ask, SignIn
from tests.api.answers.test_kept_answers import _SPLIT

LOOKUP = "/api/planning/lookup"
NAMED = {"id", "parcels", "affected", "not_affected", "no_data", "verdict", "sources", "rules"}


def _validator(client: TestClient) -> Draft202012Validator:
    told = client.get(ADDRESS)
    assert told.headers["content-type"] == "application/schema+json"
    Draft202012Validator.check_schema(told.json())
    return Draft202012Validator(told.json(), format_checker=FormatChecker())


@pytest.fixture(scope="module")
def valid(city_client: TestClient) -> Draft202012Validator:
    return _validator(city_client)


def _faults(valid: Draft202012Validator, answer: Any) -> list[str]:
    return [f"{list(fault.absolute_path)}: {fault.message[:300]}" for fault in valid.iter_errors(answer)]


@pytest.fixture(scope="module")
def parcels(small_city: Logins) -> list[dict[str, Any]]:
    """Parcels of every kind of zone, those along roads and in corridors among them."""
    with psycopg.connect(small_city.owner) as connection:
        rows = connection.execute(
            """
            SELECT DISTINCT ON (z.theme, z.function_code, n) p.id, p.sheet_no, p.parcel_no, p.unit_code,
                   p.identifier, p.address, ST_X(i.point), ST_Y(i.point)
            FROM layer.zoning z JOIN layer.parcels p ON ST_Intersects(p.geom, z.geom),
                 LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS point) i,
                 LATERAL (SELECT p.id %% 3 AS n) part
            ORDER BY z.theme, z.function_code, n, p.id
            """.replace("%%", "%")
        ).fetchall()
    names = ("id", "sheet", "parcel", "unit", "identifier", "address", "lon", "lat")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _asked(parcels: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Bodies of every way of asking, over the parcels in turn."""
    for place, one in enumerate(parcels):
        yield {"id": one["id"], "lang": ("vi", "en")[place % 2]}
        yield {"point": f"{one['lon']},{one['lat']}"}
        yield {"sheet": one["sheet"], "parcel": one["parcel"], "unit": one["unit"], "issued": "2026-06-01"}
        if one["identifier"]:
            yield {"identifier": one["identifier"], "as_of": "2027-01-02", "lang": "en"}
        if one["address"]:
            yield {"address": one["address"]}
        lon, lat, d = one["lon"], one["lat"], 0.0002
        ring = [
            [lon - d, lat - d],
            [lon + d, lat - d],
            [lon + d, lat + d],
            [lon - d, lat + d],
            [lon - d, lat - d],
        ]
        yield {"area": {"type": "Polygon", "coordinates": [ring]}}
    yield {"parcels": [{"id": one["id"]} for one in parcels[:6]]}
    yield {"id": parcels[0]["id"], "known_at": datetime.now(UTC).isoformat()}
    yield {"id": parcels[0]["id"], "as_of": "2026-11-01"}


def test_answers_of_every_way_of_asking(
    city_client: TestClient, valid: Draft202012Validator, parcels: list[dict[str, Any]]
) -> None:
    assert len(parcels) > 20
    answered, reached = 0, set()
    for body in _asked(parcels):
        told = city_client.post(LOOKUP, json=body)
        if told.status_code == 404:
            continue  # a day before the data, an address of two readings: a problem, and no answer
        assert told.status_code == 200, (body, told.text)
        answer = told.json()
        assert _faults(valid, answer) == [], body
        answered += 1
        reached |= {name for name in answer if answer[name] not in ([], None)}
        reached |= {f"tier {answer['verdict']['tier']}"}
        reached |= {line["code"] for entry in answer["building"] for line in entry["lines"]}
    assert answered > 100
    assert {"ground", "affected", "not_affected", "slivers", "known_at", "corridor", "red_line"} <= reached


def test_a_table_of_corners(city_client: TestClient, valid: Draft202012Validator, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom) FROM layer.parcels LIMIT 1"
        ).fetchone()
    assert row is not None
    west, south, east, north = row
    corners = [(north, west), (north, east), (south, east), (south, west)]
    table = "\n".join(f"{place} {x:.2f} {y:.2f}" for place, (x, y) in enumerate(corners, 1))
    told = city_client.post(LOOKUP, json={"corners": table, "crs": "EPSG:9210"})
    assert told.status_code == 200, told.text
    assert _faults(valid, told.json()) == []
    assert told.json()["query"]["crs"] == "EPSG:9210"


def test_a_parcel_on_which_nothing_is_known(
    client: TestClient, ask: Ask, ground: psycopg.Connection[Any]
) -> None:
    ground.execute("DELETE FROM layer.zoning")
    answer = ask()
    assert answer["affected"] == []
    assert answer["no_data"]
    assert _faults(_validator(client), answer) == []


def test_a_number_that_was_split_one_opened_later_one_signed(
    client: TestClient, ask: Ask, ground: psycopg.Connection[Any], sign_in: SignIn
) -> None:
    valid = _validator(client)
    first = ask()
    signature = {"officer": "Lê Văn Kiểm, Phó Trưởng phòng", "office": "Phòng Kinh tế, Hạ tầng và Đô thị"}
    signed = client.post(
        f"/api/planning/answers/{first['id']}/statement", json=signature, headers=sign_in(Role.PLANNER)
    )
    assert signed.status_code == 201, signed.text
    ground.execute(_SPLIT)
    ground.execute("DELETE FROM layer.parcels WHERE parcel_no = '45'")
    split = ask()
    assert "split" in {step["kind"] for step in split["path"]}
    opened = client.get(f"/answers/{first['id']}").json()
    assert opened["since"]["changes"]
    assert opened["receipt"]["statement"]["office"] == signature["office"]
    file = client.get(f"/answers/{first['id']}.json").json()
    for answer in (split, opened, file):
        assert _faults(valid, answer) == []


def test_the_file_is_the_answer_and_leads_to_the_schema(client: TestClient, ask: Ask) -> None:
    answer = ask()
    kept = client.get(f"/answers/{answer['id']}.json")
    told = kept.json()
    assert told.pop("$schema") == client.get(ADDRESS).json()["$id"]
    assert told == answer
    for link in (
        kept.headers["link"],
        client.get(f"/answers/{answer['id']}").headers["link"],
        client.get(LOOKUP, params={"sheet": "12", "parcel": "45"}).headers["link"],
        client.post(LOOKUP, json={"sheet": "12", "parcel": "45"}).headers["link"],
    ):
        assert f'{ADDRESS}>; rel="describedby"' in link


def test_the_openapi_document_leads_to_it(city_client: TestClient) -> None:
    document = city_client.get("/api/openapi.json").json()
    shape = document["components"]["schemas"]["planningAnswer"]
    assert shape["externalDocs"]["url"] == ADDRESS
    assert set(shape["required"]) == NAMED
    for path, verb in ((LOOKUP, "get"), (LOOKUP, "post"), ("/answers/{answer_id}.json", "get")):
        content = document["paths"][path][verb]["responses"]["200"]["content"]["application/json"]
        assert content["schema"] == {"$ref": "#/components/schemas/planningAnswer"}


def _members(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every member of an answer, of lists by their first item."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield (*way, name)
            yield from _members(one, (*way, name))
    elif isinstance(value, list) and value:
        yield from _members(value[0], (*way, 0))


def _without(answer: Any, way: tuple[Any, ...], other: str | None) -> Any:
    """A copy without one member, or with it under another name."""
    damaged = copy.deepcopy(answer)
    at = damaged
    for step in way[:-1]:
        at = at[step]
    held = at.pop(way[-1])
    if other is not None:
        at[other] = held
    return damaged


@pytest.fixture(scope="module")
def full(city_client: TestClient, parcels: list[dict[str, Any]]) -> Any:
    """An answer with something in every bucket, where there is one."""
    answers = [city_client.post(LOOKUP, json={"id": one["id"]}).json() for one in parcels]
    answers.sort(key=lambda a: (bool(a["affected"]), bool(a["slivers"]), len(str(a))), reverse=True)
    return answers[0]


def test_a_member_that_is_missing_or_misspelt_is_found(valid: Draft202012Validator, full: Any) -> None:
    assert full["affected"]
    assert _faults(valid, full) == []
    # What was asked holds what was given; a line names its places; a use what was registered of it.
    free = {("query", name) for name in full["query"]}
    sometimes = {"street_id", "feature_id", "stated", "plan", "decision_no", "decision_date", "legal_basis"}
    sometimes |= {"area_m2", "term", "origin", "code_version", "holds_for", "not_for_building_m2"}
    missing_unseen, misspelt_unseen = [], []
    for way in _members(full):
        if not _faults(valid, _without(full, way, f"{way[-1]}x")):
            misspelt_unseen.append(way)
        may_miss = way in free or (way[0] in ("building", "parcels") and way[-1] in sometimes)
        may_miss |= way[0] == "affected" and way[-1] == "basis"
        may_miss |= way[0] == "path" and way[-1] in ("parcel_id", "share", "also_from")
        # Files that were saved before receipts named it must stay valid.
        may_miss |= way == ("receipt", "files")
        if not may_miss and not _faults(valid, _without(full, way, None)):
            missing_unseen.append(way)
    assert misspelt_unseen == []
    assert missing_unseen == []


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("affected", 0, "share"), 1.5),
        (("affected", 0, "area_m2"), "12,5"),
        (("affected", 0, "theme"), "road"),
        (("affected", 0, "layer"), "parcels"),
        (("affected", 0, "legal_basis"), 3),
        (("verdict", "tier"), "maybe"),
        (("as_of",), "30/11/2026"),
        (("parcels", 0, "geometry", "type"), "Point"),
        (("parcels", 0, "geometry", "coordinates", 0, 0, 0), [567218.3, 1145161.6]),
        (("sources", 0, "overdue"), "no"),
        (("id",), "x"),
        (("building",), None),
    ],
)
def test_a_wrong_value_is_found(
    valid: Draft202012Validator, full: Any, way: tuple[Any, ...], value: Any
) -> None:
    damaged = copy.deepcopy(full)
    at = damaged
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    assert _faults(valid, damaged)


def test_every_member_is_told_in_words(city_client: TestClient) -> None:
    document = city_client.get(ADDRESS).json()
    silent: list[str] = []

    def look(name: str, one: Any) -> None:
        if not isinstance(one, dict):
            return
        for member, told in one.get("properties", {}).items():
            if not ("description" in told or "const" in told):
                silent.append(f"{name}.{member}")
            if (
                member.endswith(("_m2",))
                and "m²" not in f"{told.get('description')} {one.get('description')}"
            ):
                silent.append(f"{name}.{member}: no unit")
            look(f"{name}.{member}", told)
            look(f"{name}.{member}[]", told.get("items"))
            for other in told.get("anyOf", ()):
                look(f"{name}.{member}", other)

    look("", document)
    for name, one in document["$defs"].items():
        if name != "ground":
            look(name, one)
        for other in one.get("oneOf", ()):
            look(name, other)
    assert silent == []
