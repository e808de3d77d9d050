"""What a file says of itself: whose data it is, how old, what of it is made up, and what is held back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from etl.exporting.fields import SOURCE_DATE, SYNTHETIC
from gis_platform.city import Licence
from gis_platform.geometry.crs import is_vn2000
from gis_platform.geometry.output_crs import CRS84
from gis_platform.serving.selection import Selection

_NO_LICENCE = (
    "Giấy phép: nguồn dữ liệu chưa công bố; hỏi cơ quan cung cấp trước khi sử dụng lại.",
    "Licence: not stated by the source; ask the authority before using it again.",
)
_SHIFT = (
    "Toạ độ VN-2000 chuyển sang WGS 84 bằng bộ tham số EPSG:6960 (Quyết định 05/2007/QĐ-BTNMT); phần mềm "
    "thường tự chọn bộ khác, lệch khoảng 0,8 m.",
    "VN-2000 goes to WGS 84 by EPSG:6960 (Decision 05/2007/QĐ-BTNMT); software left to itself often takes "
    "another, about 0.8 m off.",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows of a file add up to."""

    rows: int = 0
    synthetic: int = 0
    oldest: date | None = None
    newest: date | None = None

    def with_batch(self, batch: pa.RecordBatch) -> "Facts":
        """The same and some more rows."""
        seen = pc.min_max(batch.column(SOURCE_DATE))
        oldest, newest = seen["min"].as_py(), seen["max"].as_py()
        return Facts(
            self.rows + batch.num_rows,
            self.synthetic + (pc.sum(batch.column(SYNTHETIC)).as_py() or 0),
            min((day for day in (self.oldest, oldest) if day), default=None),
            max((day for day in (self.newest, newest) if day), default=None),
        )

    @classmethod
    def of(cls, batches: Iterable[pa.RecordBatch]) -> "Facts":
        """What some batches add up to."""
        facts = cls()
        for batch in batches:
            facts = facts.with_batch(batch)
        return facts


def coordinates_uri(selection: Selection) -> str:
    """The system of a file's coordinates: they are x, y, which for degrees is CRS84."""
    return CRS84.uri if selection.out.srid == CRS84.srid else selection.out.uri


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: which rows, what they add up to, and on which terms they are given."""

    selection: Selection
    facts: Facts
    licence: Licence | None

    @property
    def terms(self) -> tuple[str, str]:
        """The licence in both languages, or that none is stated."""
        if self.licence is None:
            return _NO_LICENCE
        place = f" ({self.licence.uri})" if self.licence.uri else ""
        title = self.licence.title
        return f"Giấy phép: {title.vi}{place}", f"Licence: {title.en}{place}"


def members(content: Content) -> dict[str, str]:
    """Keys and values for the metadata of a file."""
    selection, facts = content.selection, content.facts
    layer, role = selection.layer, selection.role
    note = layer.hidden_rows_from(role)
    told = {
        "layer": layer.name,
        "title": layer.title.vi,
        "title_en": layer.title.en,
        "rows": str(facts.rows),
        "synthetic": "true" if facts.synthetic else "false",
        "synthetic_rows": str(facts.synthetic),
        "source_date_oldest": facts.oldest.isoformat() if facts.oldest else "",
        "source_date_newest": facts.newest.isoformat() if facts.newest else "",
        "hidden_properties": ", ".join(p.name for p in layer.hidden_from(role)),
        "hidden_rows": note.vi if note else "",
        "crs": coordinates_uri(selection),
        "licence": " | ".join(content.terms),
        "made_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if selection.at is not None:
        told["as_of"], told["known_at"] = (moment.isoformat() for moment in selection.at)
    return told


def lines(content: Content) -> list[str]:
    """The same as sentences, Vietnamese before English."""
    selection, facts = content.selection, content.facts
    layer, note = selection.layer, selection.layer.hidden_rows_from(selection.role)
    pairs = [(layer.description.vi, layer.description.en)]
    if facts.synthetic:
        pairs.append(
            (
                f"DỮ LIỆU MINH HOẠ: {facts.synthetic} trong {facts.rows} đối tượng là dữ liệu minh hoạ, "
                "không phải số liệu thật.",
                f"SYNTHETIC DATA: {facts.synthetic} of {facts.rows} features are made up for demonstration.",
            )
        )
    if facts.oldest and facts.newest:
        pairs.append(
            (
                f"Ngày của nguồn dữ liệu: từ {facts.oldest:%d/%m/%Y} đến {facts.newest:%d/%m/%Y}.",
                f"Source dates: {facts.oldest} to {facts.newest}.",
            )
        )
    if selection.at is not None:
        day, moment = selection.at
        pairs.append(
            (
                f"Trạng thái ngày {day:%d/%m/%Y}, theo thông tin đến {moment:%d/%m/%Y %H:%M %Z}.",
                f"State of {day}, as known at {moment.isoformat()}.",
            )
        )
    hidden = ", ".join(p.name for p in layer.hidden_from(selection.role))
    if hidden:
        pairs.append((f"Không kèm các trường: {hidden}.", f"Fields held back: {hidden}."))
    if note:
        pairs.append((note.vi, note.en))
    pairs.append(content.terms)
    if is_vn2000(selection.out.srid):
        pairs.append(_SHIFT)
    return [line for pair in pairs for line in pair]
