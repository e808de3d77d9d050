"""Which parcels a question means: by point, by number, or by identifier."""

from dataclasses import dataclass
from itertools import product

from gis_platform.city import Envelope
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import nfc
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.parcels import LAYER as PARCELS
from layers.references.identifier import BadIdentifier, parcel_identifier
from layers.references.parcel import canonical_number

SQL = named_queries(__file__)

# Degrees around the city's envelope in which a parcel may still lie.
_MARGIN = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked; one of ``point``, ``identifier`` or ``sheet`` with ``parcel``.

    ``point`` is longitude, latitude in WGS 84 degrees. ``unit`` is a code or a name of any generation.
    """

    point: tuple[float, float] | None = None
    sheet: str | None = None
    parcel: str | None = None
    unit: str | None = None
    identifier: str | None = None
    language: Language = "vi"


@dataclass(frozen=True, slots=True)
class Found:
    """The parcels meant, and what a person should know about how they were found."""

    ids: list[int]
    notices: list[Text]


async def find_parcels(work: UnitOfWork, question: Question, city: Envelope) -> Found:
    """The parcels the question means, in no case none.

    ``city`` is the box, in WGS 84 degrees, outside which there is nothing.

    Raises:
        NotFound: nothing is there; the detail says what was looked for, in the asker's language.
        BadParameter: what was given as an identifier cannot be one.
    """
    if question.point is not None:
        found = await _by_point(work, question.point, city)
    elif question.identifier is not None:
        found = await _by_identifier(work, _identifier(question.identifier, question.language))
    else:
        found = await _by_number(work, question)
    if isinstance(found, Text):
        raise NotFound(found.in_language(question.language))
    return found


async def _by_point(work: UnitOfWork, point: tuple[float, float], city: Envelope) -> Found | Text:
    lon, lat = point
    if not city.contains(lon, lat, margin=_MARGIN):
        # The city's grid is not even defined on the far side of the Earth.
        return Text(
            f"Không có dữ liệu tại {lat:.6f}, {lon:.6f} (vĩ độ, kinh độ): vị trí này nằm ngoài thành phố. "
            "Hãy kiểm tra thứ tự kinh độ, vĩ độ.",
            f"There is no data at {lat:.6f}, {lon:.6f} (latitude, longitude): it lies outside the city. "
            "Check which of the numbers is the longitude; it comes first.",
        )
    ids = [row["id"] for row in await work.rows(PARCELS.sql["by_point"], lon=lon, lat=lat)]
    if ids:
        return Found(ids, [])
    place = f"{lat:.6f}, {lon:.6f}"
    return Text(
        f"Không có thửa đất nào tại vị trí {place} (vĩ độ, kinh độ). Có thể đây là đường, sông, "
        "hoặc nơi chưa có dữ liệu địa chính.",
        f"There is no parcel at {place} (latitude, longitude). It may be a street, water, "
        "or a place without cadastral data.",
    )


def _identifier(written: str, language: Language) -> str:
    try:
        return parcel_identifier(nfc(written))
    except BadIdentifier as fault:
        told = Text(
            f"“{written}” không phải là mã định danh thửa đất: mã gồm đúng 12 chữ số và chữ cái không dấu, "
            "không có a, i, l, o. Hãy kiểm tra lại.",
            str(fault),
        )
        raise BadParameter(told.in_language(language), parameter="identifier") from fault


async def _by_identifier(work: UnitOfWork, identifier: str) -> Found | Text:
    ids = [row["id"] for row in await work.rows(PARCELS.sql["by_identifier"], identifier=identifier)]
    if ids:
        return Found(ids, [])
    return Text(
        f"Không tìm thấy thửa đất có mã định danh {identifier}.",
        f"There is no parcel with the identifier {identifier}.",
    )


async def _by_number(work: UnitOfWork, question: Question) -> Found | Text:
    sheet, parcel = nfc(question.sheet or "").strip(), nfc(question.parcel or "").strip()
    units: list[str] | None = None
    notices: list[Text] = []
    if question.unit is not None:
        resolved = await _units(work, nfc(question.unit).strip())
        if isinstance(resolved, Text):
            return resolved
        units, notices = resolved
    ids: set[int] = set()
    # Numbers are stored as delivered: "012" may stand there as it was typed, or as 12.
    for s, p in product({sheet, canonical_number(sheet)}, {parcel, canonical_number(parcel)}):
        rows = await work.rows(PARCELS.sql["by_number"], sheet=s, parcel=p, units=units)
        ids |= {row["id"] for row in rows}
    if ids:
        return Found(sorted(ids), notices)
    where_vi = f" thuộc {question.unit}" if question.unit else ""
    where_en = f" in {question.unit}" if question.unit else ""
    return Text(
        f"Không tìm thấy thửa {parcel}, tờ bản đồ {sheet}{where_vi}. Hãy kiểm tra lại số tờ, số thửa "
        "trên giấy chứng nhận; số có thể đã đổi sau khi đo đạc lại.",
        f"There is no parcel {parcel} on sheet {sheet}{where_en}. Check the numbers on the certificate; "
        "they may have changed when the land was surveyed again.",
    )


async def _units(work: UnitOfWork, unit: str) -> tuple[list[str], list[Text]] | Text:
    """The codes a unit stands for: its own and those of the units it was made of."""
    rows = await work.rows(SQL["units"], unit=unit)
    if not rows:
        if await work.value(SQL["unit_in_use"], unit=unit):
            return [unit], []
        return Text(
            f"Không có đơn vị hành chính nào là “{unit}”. "
            "Hãy nhập tên phường, xã (cũ hoặc mới) hoặc mã đơn vị.",
            f"There is no administrative unit {unit!r}. "
            "Give the name of a ward or commune, old or new, or a code.",
        )
    codes = list(dict.fromkeys(row["code"] for row in rows))
    names = list(dict.fromkeys(row["full_name"] for row in rows if row["depth"] == 0))
    if len(names) < 2:
        return codes, []
    joined = ", ".join(names)
    return codes, [
        Text(
            f"“{unit}” từng chỉ nhiều đơn vị ({joined}); kết quả gồm tất cả.",
            f"{unit!r} has meant several units ({joined}); all are included.",
        )
    ]
