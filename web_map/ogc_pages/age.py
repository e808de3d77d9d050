"""How old the features of a page are, against the cycle of their layer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.freshness import is_overdue


def age_of_features(layer: Layer, features: Iterable[Mapping[str, Any]], city: City) -> dict[str, Any] | None:
    """Date and age of the oldest source; None where no feature tells a date."""
    told = [feature["properties"].get("source_date") for feature in features]
    days = [date.fromisoformat(day) for day in told if isinstance(day, str) and day[:4].isdigit()]
    if not days:
        return None
    today = city.today()
    oldest = min(days)
    return {
        "source_date": oldest,
        "newest_source_date": oldest,
        "age_days": (today - oldest).days,
        "overdue": is_overdue(layer, oldest, today),
    }
