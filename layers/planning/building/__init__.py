"""What may be built on a parcel, by the plans and by the rules of the day asked about."""

from layers.planning.building.building import Building, building_for

__all__ = ["Building", "building_for"]
