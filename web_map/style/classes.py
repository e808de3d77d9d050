"""Expressions that pick something by a feature's class."""

from collections.abc import Callable
from typing import Any

from gis_platform.layer import Layer, StyleClass

DAY = "$day"
"""Stands for a day in the filters of maps of another day."""

Expression = Any
"""A MapLibre expression or a plain value: JSON."""


def belongs(layer: Layer, style_class: StyleClass) -> Expression:
    """True for the features of a class."""
    return ["in", ["get", layer.style.by], ["literal", list(style_class.values)]]


def by_class(
    layer: Layer, pick: Callable[[int, StyleClass], Expression], otherwise: Expression
) -> Expression:
    """What ``pick`` says of each class, by index; ``otherwise`` for features of none.

    As ``match``, which QGIS reads as well; it takes words, each once. Values may also be true and false.
    """
    if not layer.style.classes:
        return otherwise
    values = [value for style_class in layer.style.classes for value in style_class.values]
    branches: list[Expression] = []
    if all(isinstance(value, str) for value in values) and len(values) == len(set(values)):
        for index, style_class in enumerate(layer.style.classes):
            branches += [list(style_class.values), pick(index, style_class)]
        return ["match", ["get", layer.style.by], *branches, otherwise]
    for index, style_class in enumerate(layer.style.classes):
        branches += [belongs(layer, style_class), pick(index, style_class)]
    return ["case", *branches, otherwise]


def colour_of(layer: Layer) -> Expression:
    """The fill, line or circle colour of a feature."""
    return by_class(layer, lambda _, style_class: style_class.color, layer.style.color)


def drawn(layer: Layer) -> list[Expression]:
    """Filter for the features the map draws at all, or nothing when it draws every one."""
    return [["in", ["get", name], ["literal", list(values)]] for name, values in layer.style.drawn.items()]


def filters(layer: Layer, *more: Expression) -> dict[str, Expression]:
    """The ``filter`` member of a style layer; empty when nothing is filtered."""
    conditions = [*drawn(layer), *more]
    return {"filter": ["all", *conditions]} if conditions else {}


def filter_on(layer: Layer, today: Expression) -> Expression | None:
    """The filter on the map of another day, ``DAY`` where the day goes; None where it is that of today."""
    if layer.style.lasts is None:
        return None
    first, last = (["get", name] for name in layer.style.lasts)
    # Days are texts like 2025-06-30, which follow one another as days do; "9" follows them all.
    lasts = [["<=", ["coalesce", first, ""], DAY], [">=", ["coalesce", last, "9"], DAY]]
    return ["all", *lasts, *(today or ["all"])[1 + len(drawn(layer)) :]]
