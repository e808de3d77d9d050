"""Everything written can be read: contrast at least as WCAG 2.2 AA asks, by day and in dark mode."""

import re
from pathlib import Path

import pytest

import web_map
from gis_platform.layer import Registry
from web_map.style.colour import AA_TEXT, contrast, mix, readable
from web_map.style.labels import label_colour
from web_map.style.palette import GROUND, HALO, SELECTED

GRAPHIC = 3.0
"""Least contrast of signs and edges (success criterion 1.4.11)."""

PAIRS = [
    (ink, ground)
    for ground in ("--paper", "--paper-deep")
    for ink in ("--ink", "--ink-soft", "--accent", "--warn", "--bad", "--good")
] + [
    ("--warn", "--warn-ground"),
    ("--bad", "--bad-ground"),
    ("--good", "--good-ground"),
    ("--none", "--none-ground"),
    ("--accent-ink", "--accent"),
    ("--accent", "--accent-soft"),
    ("--ink", "--accent-soft"),
    ("--ink-soft", "--accent-soft"),
    *(("--ink", f"--{kind}-ground") for kind in ("warn", "bad", "good", "none")),
    *(("--ink-soft", f"--{kind}-ground") for kind in ("good", "none")),
]


def _schemes() -> dict[str, dict[str, str]]:
    sheet = (Path(web_map.__file__).parent / "static/css/colours.css").read_text()
    day, _, dark = sheet.partition("prefers-color-scheme: dark")

    def colours(text: str) -> dict[str, str]:
        return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", text))

    return {"day": colours(day), "dark": colours(day) | colours(dark)}


@pytest.mark.parametrize("scheme", ["day", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_the_page_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= AA_TEXT


def test_labels_of_every_layer_can_be_read_on_their_halo_and_on_paper(layers: Registry) -> None:
    for layer in layers.values():
        if layer.style.label:
            assert contrast(label_colour(layer), HALO) >= AA_TEXT, layer.name
            assert contrast(label_colour(layer), mix(GROUND, HALO, 0.5)) >= AA_TEXT - 0.3, layer.name


def test_white_signs_stand_out_from_their_disc(layers: Registry) -> None:
    for layer in layers.values():
        if layer.style.icon:
            for colour in (layer.style.color, *(c.color for c in layer.style.classes)):
                assert contrast("#ffffff", colour) >= GRAPHIC, layer.name


def test_classes_alike_in_brightness_differ_by_hatching_or_hue(layers: Registry) -> None:
    for layer in layers.values():
        looks = [(c.color, c.pattern) for c in layer.style.classes]
        assert len(looks) == len(set(looks)), layer.name


def test_what_was_asked_for_is_the_loudest_thing_on_the_map(layers: Registry) -> None:
    for layer in layers.values():
        if layer.geometry.dimension == 2 and layer.style.opacity:
            assert contrast(SELECTED, layer.style.color) >= GRAPHIC, layer.name


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast(readable("#ffe9a8", "#ffffff"), "#ffffff") >= AA_TEXT


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a #rrggbb"):
        contrast("red", "#ffffff")
