"""The answers as a table: the columns that were sent, then what is told of each row."""

from collections.abc import Mapping, Sequence

from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import cell
from layers.planning.batch.finding import Outcome, Sureness
from layers.planning.batch.judging import Said
from layers.planning.batch.reading import Row
from layers.planning.building.verdict import LABELS

_HEADS = (
    Text("Mức chắc chắn", "How sure"),
    Text("Mã thửa", "Parcel id"),
    Text("Mã định danh tìm được", "Identifier found"),
    Text("Số tờ tìm được", "Sheet found"),
    Text("Số thửa tìm được", "Parcel found"),
    Text("Phường, xã hiện nay", "Ward today"),
    Text("Địa chỉ trong dữ liệu", "Address on record"),
    Text("Diện tích (m²)", "Area (m²)"),
    Text("Chức năng quy hoạch", "Planned function"),
    Text("Kết luận", "Verdict"),
    Text("Nội dung kết luận", "Verdict in words"),
    Text("Đồ án đang áp dụng", "Plan that governs"),
    Text("Dữ liệu thửa đất đến ngày", "Parcel data as of"),
    Text("Ghi chú", "Notes"),
)
_SURENESS = {
    Sureness.SURE: Text("chắc chắn", "sure"),
    Sureness.CHECK: Text("cần kiểm tra", "check"),
    Sureness.SEVERAL: Text("nhiều thửa", "several"),
    Sureness.NOT_FOUND: Text("không tìm thấy", "not found"),
    Sureness.UNREADABLE: Text("không đọc được", "unreadable"),
}
_LISTED = 5


def heads(given: Sequence[str], language: Language) -> list[object]:
    """The row of heads."""
    return [*(cell(head) for head in given), *(head.in_language(language) for head in _HEADS)]


def line(
    row: Row, width: int, outcome: Outcome, said: Mapping[int, Said], language: Language
) -> list[object]:
    """One row: its own fields, as many as there are heads, and the answer."""
    own = [*row.fields[:width], *[""] * (width - len(row.fields))]
    found = [said[one] for one in outcome.ids if one in said]
    told = _of_one(found[0], language) if len(outcome.ids) == 1 and found else [None] * (len(_HEADS) - 2)
    notes = " ".join(part for part in (outcome.note, _several(outcome, found, language)) if part)
    answer = [_SURENESS[outcome.sureness].in_language(language), *told, notes]
    return [cell(value) for value in (*own, *answer)]


def _of_one(one: Said, language: Language) -> list[object]:
    parcel = one.parcel
    legal, measured = parcel["legal_area_m2"], parcel["measured_area_m2"]
    return [
        parcel["id"],
        parcel["identifier"],
        parcel["sheet_no"],
        parcel["parcel_no"],
        parcel["unit_now"] or parcel["unit_name"],
        parcel["address"],
        float(legal or measured or parcel["computed_area_m2"]),
        "; ".join(one.functions),
        LABELS[one.tier].in_language(language),
        one.sentence,
        "; ".join(one.plans),
        parcel["source_date"].isoformat(),
    ]


def _several(outcome: Outcome, found: Sequence[Said], language: Language) -> str:
    """Which parcels a row may mean; no verdict is told of any."""
    if len(outcome.ids) < 2:
        return ""
    listed = "; ".join(
        f"{one.parcel['parcel_no']} ({one.parcel['sheet_no']}), "
        f"{one.parcel['unit_name'] or one.parcel['unit_code']}"
        for one in found[:_LISTED]
    )
    more = " …" if len(outcome.ids) > _LISTED else ""
    told = Text(f"Có thể là: {listed}{more}.", f"May be: {listed}{more}.")
    return told.in_language(language)
