"""What became of the texts of a file: converted, doubtful, lost; for the summary and as findings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from etl.delivery.recognise.charsets import MEANINGLESS
from etl.delivery.recognise.detecting import Reading
from etl.delivery.request import Finding
from gis_platform.layer.text import Text

_EXAMPLES: Final = 3
_LENGTH: Final = 80


@dataclass(slots=True)
class ColumnReport:
    """Counts of one column. ``doubtful`` values read as Vietnamese in either encoding and were left alone.

    Of TCVN3, whose letters with a tone have no capitals: ``capitals_restored`` stood among other capitals,
    ``capitals_lost`` words begin small and may not have, ``without_capitals`` values have none at all, as
    texts for a capital font (.VnTimeH) do.
    """

    column: str
    reading: Reading
    converted: int = 0
    already_unicode: int = 0
    doubtful: int = 0
    characters_without_meaning: int = 0
    values_without_meaning: int = 0
    capitals_restored: int = 0
    capitals_lost: int = 0
    without_capitals: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def note_examples(self, raws: Sequence[bytes], told: Sequence[str]) -> None:
        """Keep the first few, as they looked before and as they read now."""
        for raw, text in zip(raws, told, strict=True):
            if len(self.examples) == _EXAMPLES:
                return
            before = as_it_looks(raw)
            if before != text:
                self.examples.append((before[:_LENGTH], text[:_LENGTH]))

    def note_meaningless(self, text: str) -> None:
        """A value in which something could not be read."""
        self.values_without_meaning += 1
        self.characters_without_meaning += text.count(MEANINGLESS)

    @property
    def from_capital_font(self) -> bool:
        """Most of the values have no capital at all."""
        return self.without_capitals * 2 > self.converted > 0

    def as_json(self) -> dict[str, Any]:
        """For the summary of the delivery."""
        told: dict[str, Any] = {
            "column": self.column,
            "encoding": self.reading.charset.name,
            "title": self.reading.charset.title,
            "forced": self.reading.forced,
        }
        for name in _COUNTED:
            told[name] = getattr(self, name)
        told["from_capital_font"] = self.from_capital_font
        told["examples"] = [{"before": before, "after": after} for before, after in self.examples]
        return told


_COUNTED: Final = (
    "converted",
    "already_unicode",
    "doubtful",
    "values_without_meaning",
    "characters_without_meaning",
    "capitals_restored",
    "capitals_lost",
    "without_capitals",
)


class TextReport:
    """The columns of a file that were not read as they stand, and texts that only had to be composed."""

    def __init__(self) -> None:
        self._columns: dict[str, ColumnReport] = {}
        self.composed: dict[str, int] = {}

    def of(self, column: str, reading: Reading) -> ColumnReport:
        """The counts of a column, begun with zero."""
        return self._columns.setdefault(column, ColumnReport(column, reading))

    def note_composed(self, column: str, count: int) -> None:
        """Values whose accents were characters of their own (NFD, or half of them)."""
        self.composed[column] = self.composed.get(column, 0) + count

    def as_json(self) -> list[dict[str, Any]]:
        """`summary["encodings"]`: one entry a column."""
        composed = [
            {"column": column, "encoding": "utf-8", "title": "Unicode", "composed": count}
            for column, count in self.composed.items()
        ]
        return [*(column.as_json() for column in self._columns.values() if column.converted), *composed]

    def findings(self) -> list[Finding]:
        """A warning where texts were converted, and one where a column, or the file, holds two encodings."""
        converted = [column for column in self._columns.values() if column.converted]
        found = []
        if converted:
            told = [_told(column) for column in converted]
            text, text_vi = " ".join(t.en for t in told), " ".join(t.vi for t in told)
            count = sum(column.converted for column in converted)
            found.append(Finding("text_converted", "warning", count, text, text_vi))
        several = len({column.reading.charset for column in converted}) > 1
        beside = sum(column.already_unicode + column.doubtful for column in converted)
        if several or beside:
            both = _mixed(converted)
            found.append(Finding("mixed_encodings", "warning", max(beside, 1), both.en, both.vi))
        return found


def as_it_looks(raw: bytes) -> str:
    """The value as a program shows it that takes the bytes for those of Windows."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _told(report: ColumnReport) -> Text:
    title = report.reading.charset.title
    vi = f"Cột {report.column}: {report.converted} giá trị được chuyển từ {title} sang Unicode"
    en = f"Column {report.column}: {report.converted} values were converted from {title}"
    if report.examples:
        before, after = report.examples[0]
        vi, en = f"{vi}, ví dụ “{before}” thành “{after}”", f"{en}, such as {before!r} to {after!r}"
    vi, en = f"{vi}.", f"{en}."
    if report.capitals_lost:
        vi += f" {report.capitals_lost} từ bắt đầu bằng chữ có dấu thanh có thể đã mất chữ hoa."
        en += f" {report.capitals_lost} words begin with a toned letter and may have lost a capital."
    if report.from_capital_font:
        vi += " Phần lớn không có chữ hoa: có thể đã gõ bằng phông chữ hoa (.VnTimeH)."
        en += " Most have no capitals: they may have been typed for a capital font (.VnTimeH)."
    return Text(vi, en)


def _mixed(reports: Sequence[ColumnReport]) -> Text:
    titles = list(dict.fromkeys(report.reading.charset.title for report in reports))
    beside = [r for r in reports if r.already_unicode or r.doubtful]
    titles += ["Unicode"] if beside else []
    vi = f"Tệp lẫn nhiều bảng mã: {', '.join(titles)}."
    en = f"The file mixes encodings: {', '.join(titles)}."
    for r in beside:
        vi += f" Cột {r.column}: {r.already_unicode} giá trị đã là Unicode"
        vi += f", {r.doubtful} giá trị chưa rõ nên giữ nguyên."
        en += f" Column {r.column}: {r.already_unicode} values are Unicode already"
        en += f", {r.doubtful} are unclear and left as they are."
    return Text(vi, en)
