"""What planned roads do to a parcel: which take of it, and which may yet, since nobody stated their width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_platform.layer.text import Text
from layers.planning.building.ground import Net, Taken
from layers.planning.building.reading import Street


@dataclass(frozen=True, slots=True)
class Roads:
    """``taking`` and ``slight`` are of streets alone, with their ground in m² of the working grid.

    Attributes:
        names: of all that take, zones of plans too, those that take most first.
        unplanned: streets beside the lot whose planned width nobody stated.
    """

    taking: Sequence[tuple[Street, Taken]]
    slight: Sequence[tuple[Street, Taken]]
    names: Sequence[str]
    unplanned: Sequence[Street]
    lot_m2: float


def roads_at(
    net: Net,
    streets: Sequence[Street],
    unplanned: Sequence[Street],
    reserves: Mapping[int, Mapping[str, Any]],
) -> Roads:
    """From the cut-up lot; ``reserves`` are the governing zones of planned roads by their id."""
    by_id = {street.id: street for street in streets}

    def of_streets(takers: Sequence[Taken]) -> list[tuple[Street, Taken]]:
        return [(by_id[one.street], one) for one in takers if one.street is not None]

    most_first = sorted(net.takers, key=lambda taker: -taker.area_m2)
    names = [
        str(reserves[one.zone]["title"]) if one.zone is not None else by_id[one.street or 0].name or "?"
        for one in most_first
    ]
    return Roads(
        taking=of_streets(net.takers),
        slight=of_streets(net.slight),
        names=[*dict.fromkeys(names)],
        unplanned=unplanned,
        lot_m2=float(net.lot.area),
    )


def unplanned_text(streets: Sequence[Street]) -> Text:
    """That the planned width of these streets is not known; a part of a sentence."""
    unnamed = Text("một đường chưa có tên", "a street without a name")
    vi = ", ".join(dict.fromkeys(street.name or unnamed.vi for street in streets))
    en = ", ".join(dict.fromkeys(street.name or unnamed.en for street in streets))
    return Text(f"chưa có bề rộng quy hoạch của {vi}", f"the planned width of {en} is not loaded")
