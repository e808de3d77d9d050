"""Does a delivery keep the contract of its source? What breaks it is told; a steward decides."""

from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql

from etl.delivery.composing import compose
from etl.delivery.reading import Reader
from etl.delivery.request import Finding
from etl.watch.contracts import Contract, contract_of
from gis_platform.city import City
from gis_platform.clock.now import SystemClock, civil_date
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CODE = "contract_broken"
#: In how many rows, and in what way.
Broken = tuple[int, Text]


def check_contract(
    connection: psycopg.Connection[Any],
    city: City,
    reader: Reader,
    source: str,
    *,
    sender: str | None = None,
    shift_m: float | None = None,
) -> tuple[Finding, ...]:
    """One warning for each way in which the rows in ``staged`` break the contract in force today.

    shift_m: how far the features lie from where they lay before, in metres, where that was measured.
    """
    today = civil_date(SystemClock().now(), ZoneInfo(city.timezone))
    contract = contract_of(connection, city, reader.layer.name, source, today)
    if contract is None:
        return ()
    found = [
        *_fields(contract, reader),
        *_area(connection, contract, reader),
        *_sender(contract, sender),
        *_place(contract, shift_m),
    ]
    return tuple(
        Finding(
            CODE,
            "warning",
            count,
            f"{source} does not keep its contract: {text.en}",
            f"{source} giao trái với thoả thuận: {text.vi}",
        )
        for count, text in found
    )


def _fields(contract: Contract, reader: Reader) -> list[Broken]:
    missing = [name for name in contract.terms.fields if name not in reader.properties]
    known = {p.name for p in reader.layer.properties}
    titles = [reader.layer.property_named(name).title.vi if name in known else name for name in missing]
    text = Text(
        f"thiếu thông tin phải giao: {', '.join(titles)}.",
        f"{', '.join(missing)} must be delivered and is not.",
    )
    return [(len(missing), text)] if missing else []


def _area(connection: psycopg.Connection[Any], contract: Contract, reader: Reader) -> list[Broken]:
    part = reader.layer.scope[0] if reader.layer.scope else None
    if not contract.terms.area or part not in reader.properties:
        return []
    query = compose(SQL["outside"], part=sql.Identifier(part))
    row = connection.execute(query, {"area": list(contract.terms.area)}).fetchone()
    count, values = row or (0, None)
    if not count:
        return []
    agreed = ", ".join(contract.terms.area)
    came = ", ".join(values or ())
    title = reader.layer.property_named(part).title.vi
    text = Text(
        f"{count} dòng có {title} {came}; thoả thuận là {agreed}.",
        f"{count} rows are of {part} {came}; agreed is {agreed}.",
    )
    return [(count, text)]


def _sender(contract: Contract, sender: str | None) -> list[Broken]:
    agreed = contract.terms.sender
    if agreed is None or (sender or "").casefold().strip() == agreed.casefold().strip():
        return []
    came = f"from {sender}" if sender else "without a sender"
    came_vi = f"bên gửi là {sender}" if sender else "không ghi bên gửi"
    return [(1, Text(f"{came_vi}; thoả thuận là {agreed}.", f"it came {came}; agreed is {agreed}."))]


def _place(contract: Contract, shift_m: float | None) -> list[Broken]:
    most = contract.terms.tolerance_m
    if most is None or shift_m is None or shift_m <= most:
        return []
    apart, agreed = f"{shift_m:.2f}".replace(".", ","), f"{most:g}".replace(".", ",")
    text = Text(
        f"các đối tượng lệch {apart} m so với vị trí cũ; thoả thuận là không quá {agreed} m.",
        f"its features lie {shift_m:.2f} m from where they lay; agreed is {most:g} m at most.",
    )
    return [(1, text)]
