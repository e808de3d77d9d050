"""The parcels of registered houses, and what the register and the addresses of parcels say of each other.

The register comes first: the address that the cadastre keeps with a parcel may be older, or never have been a
house number. Where the two disagree the answer says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Text
from layers.house_register import Registered, registered, standing_of
from layers.planning.asking.by_number import SQL as BY_NUMBER
from layers.planning.asking.following import follow
from layers.planning.asking.question import Step, Times
from layers.references.address import Address

# A parcel farther from the street of a house is one of another street of that name.
_ALONG_M = 60.0


@dataclass(frozen=True, slots=True)
class House:
    """A registered house and the parcels that it stands on; ``notices`` and ``path`` tell the way to them."""

    entry: Registered
    ids: frozenset[int]
    notices: tuple[Text, ...] = ()
    path: tuple[Step, ...] = ()


@dataclass(slots=True)
class AtHouse:
    """What an address means: ``ids`` of parcels, none where a house has no parcel; ``street`` as on record.

    ``one_lot`` where several parcels came of the one lot of a house.
    """

    ids: list[int] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    path: list[Step] = field(default_factory=list)
    street: str | None = None
    one_lot: bool = False


async def houses_of(work: UnitOfWork, asked: Mapping[int, Address], times: Times) -> dict[int, list[House]]:
    """By the key of the address, the houses of the register that it names."""
    return {
        key: [await _placed(work, entry, times) for entry in entries]
        for key, entries in (await registered(work, asked, times.parameters())).items()
    }


async def _placed(work: UnitOfWork, entry: Registered, times: Times) -> House:
    if entry.held and entry.parcel_id is not None:
        return House(entry, frozenset((entry.parcel_id,)))
    if entry.parcel_id is None:
        return House(entry, frozenset(entry.at_gate), (_AT_GATE,) if entry.at_gate else ())
    # Its lot is no more, or not yet: followed as a parcel that is asked for by its id.
    known_at = times.parameters()["known_at"]
    starts = await work.rows(BY_NUMBER["of_id"], parcel=entry.parcel_id, known_at=known_at)
    followed = await follow(work, [(row["id"], row["valid_from"]) for row in starts], times)
    return House(entry, frozenset(followed.ids), tuple(followed.notices), tuple(followed.steps))


def meant(houses: Iterable[House]) -> tuple[list[House], list[House]]:
    """Those that the number means, and others that have ever had it: what is in force comes before what was,
    and what is only planned last."""
    by_rank: defaultdict[int, list[House]] = defaultdict(list)
    for house in houses:
        by_rank[_RANK[house.entry.how]].append(house)
    first = min(by_rank, default=0)
    others = [house for rank, of_rank in by_rank.items() if rank != first for house in of_rank]
    return by_rank.get(first, []), others


async def together(
    work: UnitOfWork,
    asked: Mapping[int, Address],
    houses: Mapping[int, list[House]],
    by_text: Mapping[int, frozenset[int]],
    times: Times,
) -> dict[int, AtHouse]:
    """By key, what the houses of the register and the parcels whose own address says so mean together."""
    chosen = {key: meant(houses.get(key, ())) for key in asked}
    pairs = []
    for key, (first, _) in chosen.items():
        streets = " ".join(str(house.entry.street_id) for house in first)
        ids = frozenset[int]().union(*(house.ids for house in first))
        pairs += [(key, parcel, streets) for parcel in sorted(by_text.get(key, frozenset()) - ids)]
    standing = await standing_of(work, pairs, _ALONG_M, times.parameters())
    return {
        key: _one(asked[key], first, others, by_text.get(key, frozenset()), standing.get(key, []))
        for key, (first, others) in chosen.items()
    }


def _one(
    asked: Address,
    first: list[House],
    others: list[House],
    by_text: frozenset[int],
    standing: list[dict[str, Any]],
) -> AtHouse:
    told = AtHouse(street=first[0].entry.street if first else None)
    ids = set().union(*(house.ids for house in first))
    for house in first:
        told.notices += [*_how(asked, house.entry), *house.notices]
        told.path += house.path
    if not ids:
        # Of a house without a lot the cadastre may know more.
        told.ids = sorted(by_text)
        told.notices += [_numbered_otherwise(row) for row in standing if row["number"]]
        return told
    told.notices += [_before(asked, house.entry) for house in others if house.entry.now and house.ids - ids]
    for row in standing:
        if row["along"] or row["number"]:
            told.notices.append(_disagrees(row))
        else:
            ids.add(row["id"])
    told.ids = sorted(ids)
    told.one_lot = len(first) == 1 and ids == first[0].ids and first[0].entry.parcel_id is not None
    told.notices = list(dict.fromkeys(told.notices))
    return told


def no_lot(entry: Registered) -> Text:
    """Of a house on the register at whose gate there is no parcel."""
    name = entry.now or entry.street
    return Text(
        f"Nhà số {name} có trong sổ đăng ký số nhà nhưng tại đó không có thửa đất nào trong dữ liệu. Hãy "
        "chọn thửa đất trên bản đồ, hoặc tra theo số tờ, số thửa.",
        f"The house {name} is on the register, but there is no parcel on record at its gate. Choose the "
        "parcel on the map, or ask by sheet and parcel number.",
    )


def point_of(entry: Registered) -> dict[str, Any]:
    """The gate of a house, for who is told that it has no parcel."""
    return {"id": entry.id, "point": {"type": "Point", "coordinates": [entry.lon, entry.lat]}}


_RANK = {"in_force": 0, "reserved": 0, "retired": 1, "former": 1, "old_number": 1, "later": 2, "planned": 3}


def _how(asked: Address, entry: Registered) -> list[Text]:
    """What a person should know of a number that is not the one in force."""
    name = f"{asked.number} {entry.street}"
    now_vi = f"nhà này mang số {entry.now}" if entry.now else "nhà này không có số trong sổ đăng ký"
    now_en = f"the house is {entry.now}" if entry.now else "the house has no number on the register"
    until_vi = f", dùng đến ngày {entry.until:%d/%m/%Y}" if entry.until else ""
    until_en = f", used until {entry.until}" if entry.until else ""
    if entry.how == "in_force":
        return []
    if entry.how == "reserved":
        vi = f"Số {name} mới được dành cho lô đất, chưa cấp."
        return [Text(vi, f"{name} is kept for the lot and not given yet.")]
    if entry.how == "planned":
        vi, en = f"Số {name} mới là số dự kiến, chưa được cấp.", f"{name} is planned and not given yet."
        return [Text(vi, en)]
    if entry.how == "retired":
        return [Text(f"Số {name} không còn dùng.", f"The number {name} is used no more.")]
    if entry.how == "later":
        return [
            Text(
                f"Số {name} có từ ngày {entry.on:%d/%m/%Y}, sau ngày tra cứu; vào ngày tra cứu {now_vi}.",
                f"{name} is the number from {entry.on} on, after the day asked about; on that day {now_en}.",
            )
        ]
    return [
        Text(
            f"Số {name} là số nhà cũ{until_vi}; số đang áp dụng: {now_vi}.",
            f"{name} is an old number{until_en}; the number in force: {now_en}.",
        )
    ]


def _before(asked: Address, entry: Registered) -> Text:
    name = f"{asked.number} {entry.street}"
    return Text(
        f"Số {name} trước đây còn là số của nhà nay mang số {entry.now}; kết quả là nhà đang mang số này.",
        f"{name} was also the number of the house that is {entry.now} now; the answer is the house that has "
        "it.",
    )


def _disagrees(row: Mapping[str, Any]) -> Text:
    vi = f", nay mang số {row['number']}" if row["number"] else ""
    en = f", which is {row['number']} on the register" if row["number"] else ""
    return Text(
        f"Hồ sơ địa chính ghi địa chỉ này ở thửa {row['parcel_no']}, tờ {row['sheet_no']}{vi}; "
        "kết quả theo sổ đăng ký số nhà.",
        f"The cadastre has this address at parcel {row['parcel_no']} on sheet {row['sheet_no']}{en}; "
        "the answer follows the register of house numbers.",
    )


def _numbered_otherwise(row: Mapping[str, Any]) -> Text:
    return Text(
        f"Địa chỉ này chỉ có trong hồ sơ địa chính; theo sổ đăng ký số nhà, thửa {row['parcel_no']}, tờ "
        f"{row['sheet_no']} mang số {row['number']}.",
        f"The cadastre alone has this address; on the register of house numbers parcel {row['parcel_no']} on "
        f"sheet {row['sheet_no']} is {row['number']}.",
    )


_AT_GATE = Text(
    "Sổ đăng ký số nhà chưa ghi thửa đất của nhà này; thửa đất được tìm theo vị trí cổng.",
    "The register names no parcel for this house; the parcel was found by the place of its gate.",
)
