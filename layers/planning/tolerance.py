"""How far two maps of the same ground may differ before it means something."""

# Two maps never agree to the centimetre: less shared ground than this is a sliver, listed and not hidden.
TOLERANCE_M2 = 0.5


def tolerance_on(area_m2: float) -> float:
    """The tolerance on ground of that size: never so large that all of a small parcel would be map error."""
    return min(TOLERANCE_M2, area_m2 / 2)
