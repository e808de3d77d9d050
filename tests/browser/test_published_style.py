"""A style of the API, opened by MapLibre on a bare page that knows nothing else of the platform."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit
from web_map.assets.vendor import vendor_files

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="%(css)s">
<body style="margin:0" data-state="loading"><div id="map" style="width:900px;height:700px"></div>
<script type="module">
import * as maplibre from "%(module)s";
maplibre.setWorkerUrl?.("%(worker)s");
const faults = [];
const map = new maplibre.Map({container: "map", style: %(style)s, center: %(centre)s, zoom: 16});
map.on("error", (event) => faults.push(String(event.error?.message ?? event)));
map.on("styleimagemissing", (event) => faults.push("missing picture " + event.id));
map.on("idle", () => {
  window.drawn = map.queryRenderedFeatures().map((feature) => feature.layer.id);
  window.faults = faults;
  document.body.dataset.state = "idle";
});
</script>"""


@pytest.mark.parametrize("name", ["city", "hotspots", "zoning"])
def test_a_published_style_draws_without_a_fault(new_visit: NewVisit, name: str) -> None:
    visit = new_visit()
    page: Page = visit.page
    spot = visit.fetch("/ogc/collections/hotspots/items", limit="1")["features"][0]
    shelf = vendor_files()
    bare = PAGE % {
        "css": shelf.address("maplibre-gl.css"),
        "module": shelf.address("maplibre-gl.mjs"),
        "worker": shelf.address("maplibre-gl-worker.mjs"),
        "style": json.dumps(f"{visit.url}/ogc/styles/{name}"),
        "centre": json.dumps(spot["geometry"]["coordinates"]),
    }
    page.route("**/bare", lambda route: route.fulfill(body=bare, content_type="text/html"))
    page.goto(f"{visit.url}/bare")
    expect(page.locator("body")).to_have_attribute("data-state", "idle")
    assert page.evaluate("window.faults") == []
    drawn = set(page.evaluate("window.drawn"))
    expected = {"city": "parcels-fill", "hotspots": "hotspots-sign", "zoning": "zoning-fill"}[name]
    assert expected in drawn
    visit.keep(f"published-{name}", drawn=False)
