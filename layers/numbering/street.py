"""A street as it is numbered: direction, alleys, houses, and the lines beside it without a direction."""

from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.address import format_path
from layers.references.house_path import path_of

SQL = named_queries(__file__)

#: Centre lines that open into each other meet, or stop at the edge of the wider one.
_OPENS_WITHIN_M = 15.0
_MOST_AXES, _MOST_HOUSES, _MOST_LINES = 500, 3_000, 200


async def street_numbered(work: UnitOfWork, street: int, language: Language) -> dict[str, Any]:
    """Everything to be drawn of a street, geometries in WGS 84; each axis begins where its numbers begin.

    Of more than 500 axes, 3,000 houses or 200 lines the first are told, and ``cut`` names what is.

    Raises:
        NotFound: there is no such street, and no house was ever numbered along it.
    """
    row = await work.row(SQL["street"], street=street)
    axes = await work.rows(SQL["axes"], street=street, most=_MOST_AXES)
    if row is None and not axes:
        told = Text(f"Không có đường mã {street}.", f"There is no street {street}.")
        raise refusal(NotFound, told, language, parameter="street")
    houses = await work.rows(SQL["houses"], street=street, most=_MOST_HOUSES)
    lines = await work.rows(
        SQL["without_direction"], street=street, within_m=_OPENS_WITHIN_M, most=_MOST_LINES
    )
    limits = {"axes": (axes, _MOST_AXES), "houses": (houses, _MOST_HOUSES), "lines": (lines, _MOST_LINES)}
    return {
        "street": dict(row) if row else {"id": street, "name": None, "kind": None, "width_m": None},
        "axes": [
            {
                "axis": one["id"],
                "line": one["line_id"],
                "alley": format_path(path_of(one["alley_path"])) or None,
                **{name: one[name] for name in ("basis", "document", "stated_at", "length_m", "geometry")},
            }
            for one in axes
        ],
        "houses": houses,
        "lines": lines,
        "cut": [name for name, (rows, most) in limits.items() if len(rows) >= most],
    }
