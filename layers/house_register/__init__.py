"""The register of house numbers, asked by the address of a house: for whoever finds houses, and for plans."""

from layers.house_register.registered import Registered, in_bounds, own, registered, spelt, standing_of

__all__ = ["Registered", "in_bounds", "own", "registered", "spelt", "standing_of"]
