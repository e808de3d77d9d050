"""How far apart two borders or two areas may be, by the scale of the map they were drawn for.

Borders: the greatest error of a point on a parcel's border that a digital cadastral map may have, Circular
25/2014/TT-BTNMT article 7.3 (Circular 26/2024/TT-BTNMT article 8 keeps the rule). Areas: 0.0004 M sqrt(P), P
the area in m2 and M the scale's denominator, as cadastral practice has it. Neither was read on the official
gazette: both are unverified, and configuration.
"""

#: Scale's denominator to metres.
BORDERS_M = {200: 0.05, 500: 0.07, 1_000: 0.15, 2_000: 0.30, 5_000: 1.50, 10_000: 3.00}
#: Metres of area tolerance for each unit of the denominator and each metre of the area's root.
AREA_FACTOR = 0.0004
#: Of the tolerance: two sides of a border that are no farther apart are drawn as one.
ONE_BORDER = 0.1
#: Nearer than this, two vertices or rings are one.
PRECISION_M = 0.001


def border_tolerance(scale: int) -> float:
    """Metres; of a scale between two of the table that of the coarser."""
    return next((metres for known, metres in BORDERS_M.items() if scale <= known), scale * 0.0003)
