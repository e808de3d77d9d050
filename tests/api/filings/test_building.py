"""The building of a permit that is filed on line: handed in with the key, and seen by officers."""

import json
from typing import Any

from api.body import MOST_BYTES
from gis_platform.casework.keys import new_key
from tests.support.citizen import Citizen
from tests.support.office import Office
from tests.support.permit_desk import DESPITE, EAST, NORTH, PAPERS, SIGNED, building
from tests.support.problems import problem

PERMIT = {"workflow": "building_permit", "details": {"kind": "new", "use": "house"}}


def _hand_in(office: Office, filed: Any, body: Any, key: str | None = None) -> Any:
    return office.client.post(
        f"/api/permits/filings/{filed['code']}/building",
        json=body,
        headers={"X-Filing-Key": filed["key"] if key is None else key},
    )


def test_officers_find_what_the_citizen_handed_in(citizen: Citizen, office: Office) -> None:
    filed = citizen.file(**PERMIT)
    answer = _hand_in(office, filed, building())
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["submission"], told["made_by"], told["floors"]) == (1, "(online)", 3)
    assert "no-store" in answer.headers["cache-control"]
    assert _hand_in(office, filed, building(floors=2)).json()["submission"] == 2
    seen = office.get(f"/api/permits/cases/{filed['code']}/building").json()
    assert (seen["submission"], seen["floors"]) == (2, 2)
    assert {line["code"] for line in seen["check"]["lines"]} >= {"inside_parcel", "density", "permits"}
    case = citizen.case(filed)
    assert [one["action"] for one in case["journal"]].count("building.submitted") == 2
    office.moved(case, "take_up")
    problem(_hand_in(office, filed, building()), 409)


def test_the_key_alone_opens_it(citizen: Citizen, office: Office) -> None:
    filed, other = citizen.file(**PERMIT), citizen.file(**PERMIT, feature=office.parcels[1])
    for key in ("", new_key(), other["key"]):
        problem(_hand_in(office, filed, building(), key), 404)
    assert office.get(f"/api/permits/cases/{filed['code']}/building").status_code == 404
    house = citizen.file(feature=office.parcels[2])
    problem(_hand_in(office, house, building()), 404, "code")


def test_what_is_no_building_is_told_and_nothing_is_kept(citizen: Citizen, office: Office) -> None:
    filed = citizen.file(**PERMIT)
    wrong: list[Any] = [{"floors": 1, "height_m": 3}, building(floors=0), building(corners="1 a b"), [], None]
    for body in wrong:
        problem(_hand_in(office, filed, body), 400)
    extension = citizen.file(
        workflow="building_permit",
        details={"kind": "extension", "use": "house", "permit": "15/GPXD"},
        feature=office.parcels[1],
    )
    problem(_hand_in(office, extension, building()), 409)
    assert office.get(f"/api/permits/cases/{filed['code']}/building").status_code == 404


def test_it_may_be_changed_often_and_not_without_end(citizen: Citizen, office: Office) -> None:
    filed = citizen.file(**PERMIT)
    for _ in range(20):
        assert _hand_in(office, filed, building()).status_code == 201
    assert "20 lần" in problem(_hand_in(office, filed, building()), 409)["detail_vi"]
    assert office.get(f"/api/permits/cases/{filed['code']}/building").json()["submission"] == 20


def test_what_officers_say_among_themselves_is_not_the_applicants(citizen: Citizen, office: Office) -> None:
    filed = citizen.file(**PERMIT)
    assert _hand_in(office, filed, building(inset=-1)).json()["check"]["outcome"] == "fail"
    for paper in PAPERS:
        citizen.add(filed, paper)
    case = office.moved(citizen.case(filed), "take_up")
    case = office.moved(case, "propose", given=DESPITE)
    office.moved(case, "issue", given=SIGNED)
    assert "why_despite" in [one["name"] for one in citizen.case(filed)["results"]]
    seen = citizen.seen(filed)
    assert [one["name"] for one in seen["results"]] == ["permit_no", "paper", "start_by"]
    assert DESPITE["why_despite"] not in citizen.read(filed).text


def test_a_building_of_two_thousand_corners_is_taken_as_by_the_check(
    citizen: Citizen, office: Office
) -> None:
    west, south = EAST + 22, NORTH + 2
    there = [[west + 6 * n / 949, south] for n in range(950)]
    ring = [*there, *([x, south + 16] for x, _ in reversed(there)), there[0]]
    drawn = json.dumps({"type": "Polygon", "coordinates": [ring]})
    read = office.client.post("/api/permits/footprint?crs=9210", content=drawn)
    assert read.status_code == 200, read.text
    [corners] = read.json()["footprint"]["coordinates"]
    exact = [[x + 1.23e-13, y + 1.23e-13] for x, y in corners]
    body = {"footprint": {"type": "Polygon", "coordinates": [exact]}, "floors": 3, "height_m": 11.5}
    assert len(json.dumps(body)) > MOST_BYTES
    filed = citizen.file(**PERMIT)
    assert office.client.post("/api/permits/check", json=body).status_code == 200
    online = _hand_in(office, filed, body)
    assert online.status_code == 201, online.text[:300]
    desk = office.post(f"/api/permits/cases/{filed['code']}/building", body)
    assert desk.status_code == 201, desk.text[:300]
