"""Filters over the layers of the city, compiled as the API compiles them."""

from gis_platform.access.roles import Role
from gis_platform.filtering import FilterLanguage, compile_filter
from gis_platform.layer import installed_layers
from gis_platform.serving.condition import Condition

GRID = 9210


def compiled(
    text: str,
    layer: str = "parcels",
    role: Role = Role.PUBLIC,
    language: FilterLanguage = "cql2-text",
    srid: int | None = None,
) -> Condition:
    """A filter over a layer of the city."""
    return compile_filter(
        text, language, installed_layers()[layer], role, filter_srid=srid, working_srid=GRID
    )
