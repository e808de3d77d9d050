"""What is odd and yet allowed gets an answer; nothing that can be typed into an address makes a 500."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.support.problems import MEDIA_TYPE, problem

ITEMS = "/ogc/collections/parcels/items"
LOOKUP = "/api/planning/lookup"
SUMMARY = "/api/violations/summary"

ODD: list[tuple[str, dict[str, str]]] = [
    (ITEMS, {"bbox": "-180,-90,180,90", "limit": "1"}),
    (ITEMS, {"bbox": "170,-10,-170,10"}),
    (ITEMS, {"bbox": "106.3656,10.3548,106.3656,10.3548"}),
    (ITEMS, {"bbox": "106.3656,10.35,106.3656,10.36"}),
    (ITEMS, {"bbox": "106.36,10.35,0,106.37,10.36,100", "limit": "1"}),
    (ITEMS, {"after": str(2**63 - 1)}),
    (ITEMS, {"as_of": "1800-01-01"}),
    (ITEMS, {"as_of": "2999-12-31", "limit": "1"}),
    (ITEMS, {"known_at": "1800-01-01T00:00:00+14:00"}),
    (ITEMS, {"legal_area_m2": "1e99"}),
    (ITEMS, {"address": "' OR 1=1 --"}),
    (ITEMS, {"address": "%"}),
    (SUMMARY, {"stream": "traffic", "from": "1800-01-01", "to": "2999-12-31"}),
    (SUMMARY, {"stream": "urban_order", "from": "2022-05-01", "to": "2022-05-01"}),
    ("/api/search", {"q": "%"}),
    ("/api/search", {"q": "_"}),
    ("/api/search", {"q": "\\"}),
    ("/api/search", {"q": "'; DROP TABLE layer.parcels; --"}),
    ("/api/search", {"q": "\u0301\u200b\ufeff"}),
    ("/api/search", {"q": "😀" * 200}),
    ("/api/search", {"q": "tờ 999999999999 thửa 999999999999"}),
    ("/", {"utm_source": "zalo"}),
]


@pytest.mark.parametrize(("path", "asked"), ODD)
def test_odd_is_answered(city_client: TestClient, path: str, asked: dict[str, str]) -> None:
    answer = city_client.get(path, params=asked)
    assert answer.status_code == 200, answer.text[:300]


@pytest.mark.parametrize("point", ["0,90", "0,-90", "-74.25,0", "15.75,0", "180,0", "-180,0", "285e-1,-45"])
def test_the_other_side_of_the_earth_holds_no_parcel(city_client: TestClient, point: str) -> None:
    answer = city_client.get(LOOKUP, params={"point": point})
    assert answer.status_code == 404, answer.text[:300]


_TEXTS = st.text(max_size=60) | st.sampled_from(
    ["nan", "1e308", "-0", "٣", "null", "true", "{}", "%00", "\x00", "é"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("layer", ["parcels", "hotspots", "nothing"])
def test_no_route_falls_over(city_client: TestClient, layer: str, data: Any) -> None:
    """Every route that reads, with anything in any of its parameters."""
    paths = city_client.get("/api/openapi.json").json()["paths"]
    path = data.draw(st.sampled_from(sorted(p for p in paths if "get" in paths[p] and "oidc" not in p)))
    asked = {}
    for parameter in paths[path]["get"].get("parameters", []):
        if parameter["in"] == "query":
            if parameter.get("required") or data.draw(st.booleans()):
                asked[parameter["name"]] = data.draw(_TEXTS)
        else:
            value = layer if parameter["name"] == "collection" else data.draw(_TEXTS)
            path = path.replace(f"{{{parameter['name']}}}", quote(value, safe="") or "-")
    answer = city_client.get(path, params=asked)
    told = f"{path} {asked}: {answer.text[:300]}"
    assert answer.status_code < 500, told
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == MEDIA_TYPE, told


def _known_at(moment: datetime) -> dict[str, str]:
    return {"known_at": moment.isoformat(), "limit": "1"}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("known_at", ["2999-12-31", "2999-12-31T23:59:59-12:00", "2100-01-01T00:00:00Z"])
def test_what_will_be_known_is_not_asked_for(city_client: TestClient, lang: str, known_at: str) -> None:
    """Answered with what is known now, it would be told as what was known then."""
    answer = city_client.get(ITEMS, params={"known_at": known_at}, headers={"Accept-Language": lang})
    told = problem(answer, 400, "known_at")
    assert {"vi": "hãy dùng as_of", "en": "asked for with as_of"}[lang] in told["detail"]


def test_all_that_is_known_until_now_is(city_client: TestClient) -> None:
    """Today in every zone, and a moment of a clock that runs a little ahead of ours."""
    now = datetime.now(UTC)
    for asked in (_known_at(now), _known_at(now + timedelta(minutes=2))):
        assert city_client.get(ITEMS, params=asked).status_code == 200
    for zone in (-11, 0, 7, 14):
        today = (now + timedelta(hours=zone)).date().isoformat()
        assert city_client.get(ITEMS, params={"known_at": today, "limit": "1"}).status_code == 200
