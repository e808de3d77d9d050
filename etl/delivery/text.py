"""Text as it comes out of files: decoded or converted, proven not to be mojibake, composed (NFC), trimmed."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows
from etl.delivery.recognise.charsets import MEANINGLESS, VISCII, VNI
from etl.delivery.recognise.converting import convert, decoded_as_is, makes_sense_still
from etl.delivery.recognise.curing import SAVE, cure
from etl.delivery.recognise.detecting import LATIN, Reading, Value, likely_reading
from etl.delivery.recognise.report import TextReport, as_it_looks
from etl.delivery.recognise.syllables import is_vietnamese

#: Letters that come from reading bytes in another encoding than they were written in (RE2).
_MOJIBAKE = "|".join(
    (
        "[\ufffd\u0080-\u009f\\x{00}]",
        # TCVN3 taken for Latin-1: signs inside words, as in "V¨n" for "Văn" or "®Êt" for "đất".
        "\\p{L}[\u00a6\u00a8\u00a9\u00ac\u00ae\u00b5\u00b6\u00b8\u00b9\u00be]\\p{L}",
        "[\u00a7\u00ae][\\p{L}\u00ad]",
        # UTF-8 taken for CP1252: "Ä‘" for "đ", "á»‡" for "ệ".
        "\u00e1[\u00ba\u00bb][\u00a0-\u00bf\u0152-\u2122]|\u00c6[\u00b0\u00a1]|\u00c4[\u2018\u0192\u00a9]|\u00c3[\u00a0-\u00bf]",
    )
)
#: What VNI taken for Latin-1 is made of ("Ñöôøng" for "Đường"); French has such letters too, so a text
#: counts only where its VNI reading is Vietnamese.
_PERHAPS_VNI = "(?i)öô|[aeouyôö]ø|[ôö][ïûõ]|[aoe]â|a[áàåãäêéèú]"
_SPACE = 0x20
#: Second bytes of Ơ, ơ, Ư, ư.
_HORNED = (0xA0, 0xA1, 0xAF, 0xB0)


def clean(
    column: pa.Array,
    codec: str,
    name: str,
    rows: Rows,
    faults: Faults,
    reading: Reading | None = None,
    report: TextReport | None = None,
) -> tuple[pa.Array, NDArray[np.bool_]]:
    """A text column as large strings, in NFC and without spaces around; empty text is null.

    ``reading`` is how the column is to be converted, where it is not read as the codec says. Bytes that
    cannot be read, and text of another encoding, are faults of their rows; the second array says where.
    """
    held = column.cast(pa.large_string())
    if _plain_ascii(held, _SPACE if _writes_controls(reading) else 1):
        return _trimmed(held), np.zeros(len(held), bool)
    report = report if report is not None else TextReport()
    raw = held.cast(pa.large_binary())
    if reading is not None:
        text, unreadable = _converted(raw, codec, reading, name, rows, faults, report)
    else:
        text, unreadable = _valid(raw, codec, name, rows, faults)
        text = _composed(text, name, report)
    wrong = _vni(text)
    if not _plain_vietnamese(text):
        wrong |= np.asarray(pc.fill_null(pc.match_substring_regex(text, _MOJIBAKE), False))
    wrong &= ~unreadable
    before = {
        int(at): _before(text[int(at)].as_py(), raw[int(at)].as_py(), codec) for at in np.flatnonzero(wrong)
    }
    likely = likely_reading(list(before.values()))
    _note_likely(faults, likely, len(before))
    declared = codec if reading is None else reading.charset.name
    faults.in_rows(
        "wrong_encoding",
        rows,
        wrong,
        lambda at: (
            f"column {name}: {text[at].as_py()!r} is of another encoding than {declared}. "
            + cure(likely, before[at]).en
        ),
        lambda at: (
            f"Cột {name}: “{text[at].as_py()}” không đúng bảng mã {declared}. {cure(likely, before[at]).vi}"
        ),
    )
    return _trimmed(text), unreadable | wrong


def _composed(text: pa.Array, name: str, report: TextReport) -> pa.Array:
    if _plain_vietnamese(text):
        return text
    composed = pc.utf8_normalize(text, form="NFC")
    if not composed.equals(text):
        report.note_composed(name, pc.sum(pc.not_equal(composed, text)).as_py() or 0)
    return composed


def _converted(
    raw: pa.Array,
    codec: str,
    reading: Reading,
    name: str,
    rows: Rows,
    faults: Faults,
    report: TextReport,
) -> tuple[pa.Array, NDArray[np.bool_]]:
    """What is not plain ASCII in the reading; a fault where there is no meaning in it."""
    values: list[bytes | None] = raw.to_pylist()
    least = _SPACE if _writes_controls(reading) else 0
    accented = [
        at
        for at, value in enumerate(values)
        if value and (not value.isascii() or (least and min(value) < least))
    ]
    told = convert([values[at] or b"" for at in accented], reading, codec, report.of(name, reading))
    texts: list[str | None] = [
        None if value is None else value.decode("ascii", "replace") for value in values
    ]
    for at, text in zip(accented, told, strict=True):
        texts[at] = text
    wrong = np.zeros(len(values), bool)
    if not makes_sense_still(told):
        wrong[accented] = True
    else:
        wrong[[at for at, text in zip(accented, told, strict=True) if MEANINGLESS in text]] = True
    title = reading.charset.title
    faults.in_rows(
        "text_unreadable",
        rows,
        wrong,
        lambda at: (
            f"column {name}: the bytes {values[at]!r} make no sense in {title}, in which the file is read: "
            f"{texts[at]!r}. {SAVE.en}."
        ),
        lambda at: f"Cột {name}: “{texts[at]}” có ký tự không có nghĩa trong bảng mã {title}. {SAVE.vi}.",
    )
    return pa.array(texts, pa.large_string()), wrong


def _writes_controls(reading: Reading | None) -> bool:
    """VISCII has six of its capitals among the control characters."""
    return reading is not None and reading.charset is VISCII


def _plain_ascii(text: pa.Array, least: int) -> bool:
    used = _bytes(text)
    return bool(used.size == 0 or (used.max() < 0x80 and used.min() >= least))


def _plain_vietnamese(text: pa.Array) -> bool:
    """True where every letter is ASCII or a composed one of Vietnamese and its neighbours in Unicode.

    Then there is nothing to compose, and no sign that mojibake is known by. Told from the first bytes of the
    letters: C3 to C5 are À to ſ, C6 only with ơ and ư, E1 B8 to E1 BB are Ḁ to ỿ.
    """
    used = _bytes(text)
    if used.size == 0:
        return True
    first = np.flatnonzero(used >= 0xC0)
    lead, second = used[first], used[first + 1]
    known = (lead >= 0xC3) & (lead <= 0xC5)
    known |= (lead == 0xC6) & np.isin(second, _HORNED)
    known |= (lead == 0xE1) & (second >= 0xB8) & (second <= 0xBB)
    return bool(used.min() > 0 and known.all())


def _bytes(text: pa.Array) -> NDArray[np.uint8]:
    """The UTF-8 of all its values, one after the other."""
    _, ends, data = text.buffers()
    if data is None or len(text) == 0:
        return np.empty(0, np.uint8)
    offsets = np.frombuffer(ends, np.int64)
    return np.frombuffer(data, np.uint8)[offsets[text.offset] : offsets[text.offset + len(text)]]


def _valid(
    raw: pa.Array, codec: str, name: str, rows: Rows, faults: Faults
) -> tuple[pa.Array, NDArray[np.bool_]]:
    wrong = np.zeros(len(raw), bool)
    if codec == "utf-8":
        try:
            return raw.cast(pa.large_string()), wrong
        except pa.ArrowInvalid:
            pass  # one by one below, to find which
    decoded: list[str | None] = []
    values: list[bytes | None] = raw.to_pylist()
    for at, value in enumerate(values):
        try:
            decoded.append(None if value is None else value.decode(codec))
        except UnicodeDecodeError:
            decoded.append(None)
            wrong[at] = True
    likely = likely_reading(
        [Value(value, None, None) for value, bad in zip(values, wrong, strict=True) if bad and value]
    )
    _note_likely(faults, likely, int(wrong.sum()))
    faults.in_rows(
        "wrong_encoding",
        rows,
        wrong,
        lambda at: (
            f"column {name}: the bytes {values[at]!r} are not {codec}. "
            + cure(likely, Value(values[at] or b"", None, None)).en
        ),
        lambda at: (
            f"Cột {name}: “{as_it_looks(values[at] or b'')}” không phải {codec}. "
            + cure(likely, Value(values[at] or b"", None, None)).vi
        ),
    )
    return pa.array(decoded, pa.large_string()), wrong


def _note_likely(faults: Faults, likely: Reading | None, count: int) -> None:
    if likely is not None and likely.charset.option is not None and count:
        faults.likely_encodings[likely.charset.option] += count


def _vni(text: pa.Array) -> NDArray[np.bool_]:
    found = np.asarray(pc.fill_null(pc.match_substring_regex(text, _PERHAPS_VNI), False)).copy()
    for at in np.flatnonzero(found):
        before = LATIN.back(text[int(at)].as_py())
        found[at] = before is not None and is_vietnamese(VNI.decode(before))
    return found


def _before(text: str, raw: bytes, codec: str) -> Value:
    """A value as it was before it was taken for another encoding, by us or by who saved it as UTF-8."""
    return Value(raw, text if decoded_as_is(raw, codec) is not None else None, text)


def _trimmed(text: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.large_string()), trimmed)
