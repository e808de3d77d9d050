"""How a dense layer of areas is drawn from afar: dissolved into blocks, kept in ``core.coarse``.

Thousands of parcels in one tile are megabytes and a grey smear; their blocks show the town. The database
keeps three levels of a web mercator grid, each cell's areas in one: 17 (about 300 m), 15 with streets closed
up to 24 m, 13 with gaps closed up to 80 m.
"""

from dataclasses import dataclass

#: Levels of ``core.coarse``, from the finest.
LEVELS = (17, 15, 13)


@dataclass(frozen=True, slots=True)
class Coarse:
    """``below``: the first zoom at which the features themselves are drawn."""

    below: int

    def level(self, zoom: int) -> int | None:
        """The level that a tile of this zoom is made of; None where it is made of the features."""
        if zoom >= self.below:
            return None
        return LEVELS[0] if zoom >= 13 else LEVELS[1] if zoom >= 11 else LEVELS[2]
