"""What layers say of their checks cannot contradict itself or the layer."""

from dataclasses import replace

import pytest

from gis_platform.layer import Checks, Codes, Coverage, Lying, Successor, installed_layers
from layers.references.land_use_codes import OLDER_CODES, land_use_codes

POINTS = [layer for layer in installed_layers().values() if layer.geometry.dimension == 0]


def test_checks_name_properties_of_the_layer() -> None:
    with pytest.raises(ValueError, match=r"checks name no property: \['acreage'\]"):
        replace(installed_layers()["parcels"], checks=Checks(stated_areas=("acreage",)))


@pytest.mark.parametrize("layer", POINTS, ids=[layer.name for layer in POINTS])
def test_only_areas_make_a_coverage(layer: object) -> None:
    with pytest.raises(ValueError, match="a coverage is of areas"):
        replace(layer, checks=Checks(coverage=Coverage(scale=500)))  # type: ignore[type-var]


def test_what_features_lie_in_is_a_layer_with_those_properties() -> None:
    layers = installed_layers()
    for lying in [layer.checks.lying for layer in layers.values()]:
        if isinstance(lying, Lying):
            named = {lying.code, lying.generation, lying.since, lying.until, lying.title}
            assert named <= {p.name for p in layers[lying.layer].properties}


def test_a_code_is_of_one_list_and_becomes_a_known_one() -> None:
    with pytest.raises(ValueError, match="of today and older"):
        Codes(property="use", known=frozenset({"A"}), older={"A": Successor(codes=("A",))})
    with pytest.raises(ValueError, match="become unknown"):
        Codes(property="use", known=frozenset({"A"}), older={"B": Successor(codes=("C",))})


def test_the_table_of_land_uses_is_unverified_and_says_where_a_person_decides() -> None:
    codes = land_use_codes("land_uses")
    assert not any(successor.verified for successor in OLDER_CODES.values())
    assert {code for code, successor in OLDER_CODES.items() if not successor.sure} == {
        "COC", "DTS", "SKT", "SKX", "SMN", "TTN", "CTS", "CDG", "KĐD"
    }  # fmt: skip
    assert {"ODT", "ONT", "CLN", "LUC"} <= codes.known
