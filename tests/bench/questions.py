"""What is asked of every server, in no server's own words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """A vector tile of the parcels, WebMercatorQuad."""

    z: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of parcels from anywhere: so many go before it, the last of which is ``after``."""

    offset: int
    after: int
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Box:
    """The parcels in a small box of WGS 84 degrees."""

    west: float
    south: float
    east: float
    north: float
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One parcel by its id."""

    id: int


@dataclass(frozen=True, slots=True)
class Here:
    """What lies at a point: the parcel, and the zones that share ground with it."""

    lon: float
    lat: float


Question = Tile | Page | Box | Item | Here


def numbers(*values: float) -> str:
    """Coordinates as an address holds them."""
    return ",".join(f"{value:.8f}" for value in values)


def speck(place: Here) -> str:
    """A box of a few millimetres around a point, for servers that can only be asked by box."""
    return numbers(place.lon - 2e-8, place.lat - 2e-8, place.lon + 2e-8, place.lat + 2e-8)
