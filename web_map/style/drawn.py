"""What the map draws of a layer that holds more than one map, as a filter of ``/items`` (CQL2): for lists."""

from gis_platform.layer import Layer
from web_map.style.classes import DAY


def only_today(layer: Layer) -> str | None:
    """The condition of the features drawn today; None where every one is."""
    conditions = [
        f"{name} IN ({', '.join(map(_literal, values))})" for name, values in layer.style.drawn.items()
    ]
    return " AND ".join(conditions) or None


def only_on(layer: Layer) -> str | None:
    """The condition of those drawn on another day, ``DAY`` where it goes; else that of today."""
    if layer.style.lasts is None:
        return only_today(layer)
    first, last = layer.style.lasts
    day = f"DATE('{DAY}')"
    return f"({first} IS NULL OR {first} <= {day}) AND ({last} IS NULL OR {last} >= {day})"


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
