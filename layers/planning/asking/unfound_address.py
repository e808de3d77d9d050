"""Of an address that no parcel has: its street and the nearest numbers, or that there is none."""

from typing import Any, NoReturn

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.address import Address, format_path, read_address, street_key, street_spellings
from layers.references.street import read_street

SQL = named_queries(__file__)

_MOST_CANDIDATES = 5
# Of a long street as many parcels are looked at for the numbers next to the one asked for.
_MOST_ALONG = 1_000
_ALONG_M = 40.0
_MOST_REGISTERED = 50


async def refuse_address(work: UnitOfWork, written: str, asked: Address, language: Language) -> NoReturn:
    """Says what is known of it: the street and the nearest numbers, or that there is no such street."""
    streets = await _streets(work, asked)
    if not streets:
        told = Text(
            f"Không tìm thấy địa chỉ “{written}”: không có đường nào tên “{asked.street}” trong dữ liệu. "
            "Hãy kiểm tra tên đường, hoặc tra theo số tờ, số thửa hay vị trí trên bản đồ.",
            f"The address {written!r} was not found: there is no street {asked.street!r} on record. "
            "Check its "
            "name, or ask by sheet and parcel number or by a place on the map.",
        )
        raise refusal(NotFound, told, language, looked_for=_looked_for(asked), candidates=[])
    along = await work.rows(
        SQL["along"], streets=[row["id"] for row in streets], within_m=_ALONG_M, most=_MOST_ALONG
    )
    registered = await work.rows(
        SQL["registered"],
        streets=[row["id"] for row in streets],
        number=asked.path[0][0] if asked.path else 0,
        painted=format_path(asked.path),
        most=_MOST_REGISTERED,
    )
    near = _nearest(
        asked, _numbered([dict(row) for row in registered], [dict(row) for row in along]), streets
    )
    street = streets[0]["name"]
    where = ", ".join(dict.fromkeys(row["units"] for row in streets if row["units"]))
    told = _no_house(asked, street, where) if asked.path else _only_street(street, where)
    if near and asked.path and street_key(street) != street_key(asked.street):
        # What was read as the street held more than its name: that house may well be there.
        there = [row for row in near if _path_on(row, {street_key(street)}) == asked.path]
        if there:
            near, told = there, _not_understood(asked, street)
    raise refusal(
        NotFound,
        told,
        language,
        looked_for=_looked_for(asked),
        streets=[{"id": row["id"], "name": row["name"], "units": row["units"]} for row in streets],
        candidates=near,
    )


async def _streets(work: UnitOfWork, asked: Address) -> list[dict[str, Any]]:
    names = [asked.street, *(reading.name for reading in read_street(asked.street))]
    for name in names:
        spelt = [f"{kind}{form}" for form in street_spellings(name) for kind in ("", "duong ")]
        if rows := await work.rows(SQL["streets"], names=spelt):
            return [dict(row) for row in rows]
    return []


def _numbered(registered: list[dict[str, Any]], along: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The register comes first: of a lot that it numbers the cadastre is not asked."""
    known = {row["parcel_id"] for row in registered}
    return [*registered, *(row for row in along if row["parcel_id"] not in known)]


def _nearest(
    asked: Address, along: list[dict[str, Any]], streets: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Those on the street with the numbers next to the one asked for, odd by odd; else the first along it."""
    keys = {street_key(asked.street), *(street_key(street["name"]) for street in streets)}
    far = [(_distance(asked, _path_on(row, keys)), place, row) for place, row in enumerate(along)]
    if any(distance[0] == 0 for distance, _, _ in far):
        far = [entry for entry in far if entry[0][0] == 0]
    return [row for _, _, row in sorted(far, key=lambda entry: entry[:2])[:_MOST_CANDIDATES]]


def _path_on(row: dict[str, Any], streets: set[str]) -> tuple[tuple[int, str], ...] | None:
    """The number of a house by its address, where that is on one of these streets."""
    readings = read_address(row["address"])
    return next((r.path for r in readings if r.path and street_key(r.street) in streets), None)


def _distance(asked: Address, path: tuple[tuple[int, str], ...] | None) -> tuple[int, int]:
    if path is None or not asked.path:
        return (2 if path is None else 1), 0
    first, other = asked.path[0][0], path[0][0]
    side = 0 if first % 2 == other % 2 else 1
    return 0, -1 if path == asked.path else 2 * abs(first - other) + side


def _looked_for(asked: Address) -> dict[str, str]:
    told = {"number": asked.number, "street": asked.street, "unit": asked.unit}
    return {name: value for name, value in told.items() if value}


def _no_house(asked: Address, street: str, where: str) -> Text:
    ward_vi = f" thuộc {asked.unit}" if asked.unit else ""
    ward_en = f" in {asked.unit}" if asked.unit else ""
    return Text(
        f"Không tìm thấy số {asked.number} đường {street}{ward_vi}. Đường này có trong dữ liệu "
        f"({where}), nhưng "
        "chưa có thửa đất nào ghi số nhà đó. Hãy chọn một địa chỉ gần nhất trong danh sách, chạm vào vị "
        "trí trên "
        "bản đồ, hoặc tra theo số tờ, số thửa.",
        f"There is no number {asked.number} on {street}{ward_en}. The street is on record ({where}), but "
        "no parcel "
        "has that number. Choose one of the nearest addresses, a place on the map, or ask by sheet and "
        "parcel.",
    )


def _not_understood(asked: Address, street: str) -> Text:
    return Text(
        f"Không hiểu phần “{asked.street}”: trong dữ liệu không có đường nào mang tên đúng như vậy. Có số "
        f"{asked.number} đường {street}; nếu đúng là nhà này, hãy tra cứu lại “{asked.number} {street}”.",
        f"The part “{asked.street}” was not understood: no street on record has just that name. There is a "
        f"number {asked.number} on {street}; if that is meant, look up “{asked.number} {street}”.",
    )


def _only_street(street: str, where: str) -> Text:
    return Text(
        f"“{street}” là tên đường ({where}); cần thêm số nhà để biết thửa đất nào. Hãy nhập như “12 "
        f"{street}”, "
        "chạm vào vị trí trên bản đồ, hoặc tra theo số tờ, số thửa.",
        f"“{street}” is a street ({where}); the number of a house is needed to know which parcel. Write "
        f"“12 {street}”, choose a place on the map, or ask by sheet and parcel.",
    )
