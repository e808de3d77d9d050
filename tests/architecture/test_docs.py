"""What can be set, asked, laid out or typed is in the documents; what is in them is there."""

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

import pytest
import typer
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.cli import make_cli
from gis_platform.layer import Layer, installed_layers
from gis_platform.settings import Settings
from tests.support.queries import ROOT

DOCS = ROOT / "docs"


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _rows(text: str, columns: int) -> Iterator[list[str]]:
    """The rows of the tables with so many columns, heads and rules left out."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `") and len(cells) == columns:
            yield cells


def test_every_setting_is_told_with_its_default_and_meaning() -> None:
    told = {cells[0].strip("`"): cells[1:] for cells in _rows(_read("settings.md"), 3)}
    fields = {f"GIS_{name.upper()}": field for name, field in Settings.model_fields.items()}
    assert set(told) == set(fields)
    for name, field in fields.items():
        default, meaning = told[name]
        # Where there is no default the document may say what happens then.
        shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        assert default == f"`{shown}`" or (field.default is None and "`" not in default), name
        assert meaning.startswith(re.split(r"[.;]", str(field.description))[0]), name


def test_every_route_is_told_with_its_verb(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    routes = {(verb.upper(), path) for path, operations in document["paths"].items() for verb in operations}
    told = {(cells[0].strip("`"), cells[1].strip("`")) for cells in _rows(_read("api.md"), 4)}
    assert told == routes


def test_every_layer_is_told_as_it_is() -> None:
    told = {cells[0].strip("`"): cells[1:] for cells in _rows(_read("layers.md"), 5)}
    assert told == {name: _as_told(layer) for name, layer in installed_layers().items()}


def _as_told(layer: Layer) -> list[str]:
    staff = sorted(layer.audience - {Role.PUBLIC})
    audience = (
        "everyone" if Role.PUBLIC in layer.audience else "staff" if len(staff) == 7 else ", ".join(staff)
    )
    cycle = layer.cycle.name.lower().replace("_", " ")
    return [layer.title.en, audience, cycle, "yes" if layer.history else "no"]


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    groups: dict[str, Any] = getattr(command, "commands", {})
    for name, below in groups.items():
        yield from _commands(below, (*path, name))
    if not groups:
        yield " ".join(path)


@pytest.mark.parametrize("command", sorted(_commands(typer.main.get_command(make_cli()))))
def test_every_command_is_told(command: str) -> None:
    assert re.search(rf"`gis-platform {command}\b", _read("operations.md")), command


def test_links_between_documents_lead_somewhere() -> None:
    lost = []
    for file in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", file.read_text(encoding="utf-8")):
            if not (file.parent / target).exists():
                lost.append(f"{file.relative_to(ROOT)}: {target}")
    assert lost == []


def test_what_the_package_says_it_offers_can_be_loaded() -> None:
    for group in ("gis_platform.commands", "gis_platform.layers"):
        for point in entry_points(group=group):
            assert point.load(), point
