"""Finding a house by its address, an address by its place, and what somebody is typing."""

from layers.numbering.geocoding.batch import geocode_table
from layers.numbering.geocoding.forward import geocode
from layers.numbering.geocoding.near import nearest
from layers.numbering.geocoding.suggesting import suggest

__all__ = ["geocode", "geocode_table", "nearest", "suggest"]
