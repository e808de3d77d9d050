"""Every layer with every role, for tests that go over all of them."""

from collections.abc import Iterable

import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer, installed_layers

LAYERS = tuple(installed_layers().values())


def each_layer(layers: Iterable[Layer] = LAYERS) -> pytest.MarkDecorator:
    """Runs a test once for each of the layers, as ``layer``."""
    return pytest.mark.parametrize("layer", list(layers), ids=lambda layer: layer.name)


def each_view(*, seen: bool) -> pytest.MarkDecorator:
    """Runs a test for each layer and each role that sees it (or that it is hidden from)."""
    pairs = [(layer, role) for layer in LAYERS for role in Role if (role in layer.audience) is seen]
    return pytest.mark.parametrize(("layer", "role"), pairs, ids=[f"{la.name}-{role}" for la, role in pairs])


def each_pair() -> pytest.MarkDecorator:
    """Runs a test for each layer and each role, whether it sees it or not."""
    pairs = [(layer, role) for layer in LAYERS for role in Role]
    return pytest.mark.parametrize(("layer", "role"), pairs, ids=[f"{la.name}-{role}" for la, role in pairs])


def each_outsider() -> pytest.MarkDecorator:
    """Runs a test for each layer and each role that may not write it."""
    pairs = [(layer, role) for layer in LAYERS for role in Role if role not in layer.editors]
    return pytest.mark.parametrize(("layer", "role"), pairs, ids=[f"{la.name}-{role}" for la, role in pairs])
