"""The service worker: asked for anew each time, changed by every deployment, knowing nothing of anybody."""

import json
import re
from typing import Any

from starlette.testclient import TestClient

from gis_platform.layer import Registry
from web_map.assets.files import MapFiles
from web_map.assets.shelf import Shelf
from web_map.assets.vendor import NODE_MODULES
from web_map.worker import worker_script


def _shell(script: str) -> dict[str, Any]:
    found = re.match(r"const SHELL = (\{.*\});\n", script)
    assert found
    return dict(json.loads(found[1]))


def test_it_is_never_kept_and_speaks_for_the_whole_host(map_client: TestClient) -> None:
    answer = map_client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["content-security-policy"]


def test_all_that_it_keeps_is_there(map_client: TestClient) -> None:
    shell = _shell(map_client.get("/sw.js").text)
    for address in [*shell["files"], *(a for many in shell["documents"].values() for a in many)]:
        answer = map_client.get(address)
        assert answer.status_code == 200, address
    for address in shell["files"]:
        assert "immutable" in map_client.get(address).headers["cache-control"], address
    map_client.cookies.clear()


def test_it_keeps_nothing_of_staff(map_client: TestClient, enforcement_client: TestClient) -> None:
    script = map_client.get("/sw.js").text
    assert script == enforcement_client.get("/sw.js").text
    assert "staff" not in json.dumps(_shell(script))
    assert 'credentials: "omit"' in script
    assert list(_shell(script)["documents"]) == ["/", "/map/style.json", "/map/legend.json"]


def test_a_file_that_changes_is_another_worker(layers: Registry) -> None:
    files, changed = (MapFiles(layers.values(), NODE_MODULES) for _ in range(2))
    before = _shell(worker_script(files))
    script = files.own.read("js/main.js") + b"\n// one line more\n"
    changed.own = Shelf("/static", {**files.own.contents, "js/map-page.js": script})
    after = _shell(worker_script(changed))
    assert before["version"] != after["version"]
    assert set(before["files"]) != set(after["files"])
    assert before == _shell(worker_script(files))
