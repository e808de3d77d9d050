"""What each source owes: stated in the database, else in the city's profile, else by the layer's cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import psycopg
from psycopg.rows import dict_row
from pydantic import ValidationError

from gis_platform.audit.record import record_sync
from gis_platform.city import City
from gis_platform.errors import BadParameter, NotFound
from gis_platform.freshness.stated import StatedContract
from gis_platform.layer import Layer
from gis_platform.quality import RULES
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)
Origin = Literal["database", "profile"]


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract in force, and where it is stated."""

    layer: str
    source: str
    origin: Origin
    terms: StatedContract


def contracts_in_force(connection: psycopg.Connection[Any], city: City, day: date) -> list[Contract]:
    """Those of one day, by layer and source; the database's hold over the profile's."""
    found = {
        (layer, source): Contract(layer, source, "profile", terms)
        for layer, sources in city.contracts.items()
        for source, terms in sources.items()
        if terms.valid_from is None or terms.valid_from <= day
    }
    with connection.cursor(row_factory=dict_row) as cursor:
        for row in cursor.execute(SQL["in_force"].text, {"day": day}).fetchall():
            layer, source = row.pop("layer"), row.pop("source")
            found[layer, source] = Contract(layer, source, "database", StatedContract(**row))
    return [found[key] for key in sorted(found)]


def contract_of(
    connection: psycopg.Connection[Any], city: City, layer: str, source: str, day: date
) -> Contract | None:
    """The contract of a source on a day; None where nothing but the layer's cycle is agreed."""
    known = contracts_in_force(connection, city, day)
    return next((one for one in known if (one.layer, one.source) == (layer, source)), None)


def state_contract(
    connection: psycopg.Connection[Any],
    layers: Mapping[str, Layer],
    layer: str,
    source: str,
    said: Mapping[str, Any],
    by: str,
) -> Contract:
    """Put a contract in force from ``valid_from`` on, in the place of the one before. Commits nothing.

    Raises:
        BadParameter: it names what is not there, or says what cannot be.
    """
    terms = _valid(said)
    if terms.valid_from is None:
        raise AssertionError("a contract in the database begins on a day")
    _require_known(connection, layers, layer, source, terms)
    asked: dict[str, Any] = terms.model_dump() | {
        "layer": layer,
        "source": source,
        "day": terms.valid_from,
        "area": list(terms.area),
        "fields": list(terms.fields),
        "errors": list(terms.errors),
        "stated_by": by,
    }
    for step in ("drop_later", "end", "state"):
        connection.execute(SQL[step].text, asked)
    told = {name: value for name, value in terms.model_dump(mode="json").items() if value}
    record_sync(connection, "contract.stated", f"{layer}/{source}", told, actor=by)
    return Contract(layer, source, "database", terms)


def end_contract(connection: psycopg.Connection[Any], layer: str, source: str, day: date, by: str) -> None:
    """The contract holds no more from that day on; it stays on record. Commits nothing.

    Raises:
        NotFound: none is stated in the database.
    """
    asked = {"layer": layer, "source": source, "day": day}
    later = connection.execute(SQL["drop_later"].text, asked).rowcount
    if not later and not connection.execute(SQL["end"].text, asked).rowcount:
        raise NotFound(f"No contract of {layer} with {source!r} is stated in the database for {day}.")
    record_sync(connection, "contract.ended", f"{layer}/{source}", {"on": day.isoformat()}, actor=by)


def _valid(said: Mapping[str, Any]) -> StatedContract:
    try:
        return StatedContract(**said)
    except ValidationError as fault:
        first = fault.errors()[0]
        name = str(first["loc"][0])
        raise BadParameter(f"--{name.replace('_', '-')}: {first['msg']}.", parameter=name) from fault


def _require_known(
    connection: psycopg.Connection[Any],
    layers: Mapping[str, Layer],
    name: str,
    source: str,
    terms: StatedContract,
) -> None:
    strange = [code for code in terms.errors if code not in RULES]
    if strange:
        raise BadParameter(
            f"--errors: there is no rule {strange[0]!r}. Rules are listed in docs/deliveries-checks.md.",
            parameter="errors",
        )
    if not source.strip() or len(source) > 200:
        raise BadParameter("The source needs a name of 1 to 200 characters.", parameter="source")
    layer = layers.get(name)
    if layer is None:
        rasters = {row[0] for row in connection.execute(SQL["rasters"].text)}
        if name not in rasters:
            known = ", ".join([*sorted(layers), *sorted(rasters)])
            raise BadParameter(f"There is no layer or raster {name!r}. Known: {known}.", parameter="layer")
        if terms.cycle_days is None or terms.area or terms.fields or terms.tolerance_m or terms.errors:
            raise BadParameter(
                "Of a raster the cycle is agreed (--cycle-days), and no area, fields, tolerance or errors.",
                parameter="layer",
            )
        return
    unknown = set(terms.fields) - {prop.name for prop in layer.properties}
    if unknown:
        raise BadParameter(f"{name} has no {', '.join(sorted(unknown))}.", parameter="fields")
    if terms.area and not layer.scope:
        raise BadParameter(f"Rows of {name} belong to no part that an area could name.", parameter="area")
