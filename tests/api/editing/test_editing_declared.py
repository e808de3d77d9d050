"""What is said of writing: conformance, the OpenAPI document, and the page about it."""

import re

import pytest

from gis_platform.layer import installed_layers
from tests.api.editing.conftest import Desk
from tests.support.queries import ROOT

PART_4 = "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf"


@pytest.mark.parametrize("name", ["create-replace-delete", "update", "features", "optimistic-locking-etags"])
def test_part_4_is_declared(desk: Desk, name: str) -> None:
    assert f"{PART_4}/{name}" in desk.client.get("/ogc/conformance").json()["conformsTo"]


def test_the_document_has_the_writes_beside_the_reads(desk: Desk) -> None:
    paths = desk.client.get("/api/openapi.json").json()["paths"]
    items = paths["/ogc/collections/{collection}/items"]
    one = paths["/ogc/collections/{collection}/items/{feature}"]
    assert set(items) == {"get", "post"}
    assert set(one) == {"get", "put", "patch", "delete"}
    for operation in (items["post"], one["put"], one["patch"], one["delete"]):
        named = {parameter["name"].lower() for parameter in operation["parameters"]}
        assert {"dry_run", "valid_from", "content-crs"} <= named
        assert {"401", "403", "404", "405", "409"} <= set(operation["responses"])
    assert {"412", "428"} <= set(one["patch"]["responses"])
    assert "application/merge-patch+json" in one["patch"]["requestBody"]["content"]


def test_the_page_names_the_editors_of_each_layer() -> None:
    text = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    told: dict[str, str] = {}
    for names, who in re.findall(r"^\| (`[^|]+) \| ([^|:]+)[^|]*\|$", text, re.MULTILINE):
        told |= dict.fromkeys(re.findall(r"`(\w+)`", names), who.strip())
    for name, layer in installed_layers().items():
        roles = sorted(str(role) for role in layer.editors)
        assert sorted(told[name].split(", ")) == (roles or ["nobody by hand"]), name
