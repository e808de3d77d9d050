"""What the machines that look after the platform are told."""

import json
import logging
import time
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from starlette.testclient import TestClient

from gis_platform.settings import Settings
from gis_platform.telemetry.logs import configure_logs


def test_alive_and_ready(city_client: TestClient) -> None:
    assert city_client.get("/healthz").text == "ok"
    ready = city_client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "city": "my_tho"}


def test_an_empty_database_is_not_ready_and_says_why(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "gis-platform demo" in answer.json()["detail"]
    assert answer.headers["retry-after"] == "5"


def test_requests_are_counted_by_route_and_not_by_address(city_client: TestClient) -> None:
    city_client.get("/ogc/collections/parcels/items", params={"limit": 1})
    city_client.get("/api/planning/lookup", params={"point": "106.135791,10.024683"})
    text = city_client.get("/metrics").text
    assert 'route="/ogc/collections/{collection}/items",status="200"' in text
    assert 'route="/api/planning/lookup",status="404"' in text
    assert "135791" not in text


def test_the_document_has_the_hot_paths_and_the_page_shows_them(city_client: TestClient) -> None:
    paths = city_client.get("/api/openapi.json").json()["paths"]
    hot = "/ogc/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}"
    assert "400" in paths[hot]["get"]["responses"]
    page = city_client.get("/api/docs")
    assert page.status_code == 200
    assert hot in page.text
    assert "http://" not in page.text.replace("http://www.w3.org", "")


def test_every_answer_has_a_request_id(city_client: TestClient) -> None:
    ids = {city_client.get("/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.fixture
def json_logs(base_settings: Settings) -> Iterator[StringIO]:
    before = structlog.get_config()
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    written = StringIO()
    configure_logs(base_settings.model_copy(update={"log_format": "json", "log_level": "info"}), written)
    yield written
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)
    structlog.configure(**before)


def test_log_lines_are_json_and_keep_to_themselves_what_was_asked(
    city_client: TestClient, json_logs: StringIO
) -> None:
    city_client.get("/api/search", params={"q": "Nguyễn Văn Bí Mật"})
    for _ in range(100):  # the line is written after the answer has left
        if "/api/search" in json_logs.getvalue():
            break
        time.sleep(0.05)
    lines = [json.loads(text) for text in json_logs.getvalue().splitlines()]
    [line] = [entry for entry in lines if entry.get("path") == "/api/search"]
    assert line["status"] == 200
    assert line["request_id"]
    assert "Bí Mật" not in json_logs.getvalue()
    assert "B%C3%AD" not in json_logs.getvalue()
