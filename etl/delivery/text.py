"""Text as it comes out of files: decoded, proven not to be mojibake, composed (NFC), trimmed."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.delivery.encodings import CP1258, VNI, is_vietnamese, likely_encoding, reads_as
from etl.delivery.faults import Faults, Rows

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
_SAVE = "Save the file as UTF-8 and deliver it again"


def clean(
    column: pa.Array, codec: str, name: str, rows: Rows, faults: Faults
) -> tuple[pa.Array, NDArray[np.bool_]]:
    """A text column as large strings, in NFC and without spaces around; empty text is null.

    Bytes that are not of the codec, and text of another encoding, are faults of their rows; the second
    array says where.
    """
    held = column.cast(pa.large_string())
    if _plain_ascii(held):
        return _trimmed(held), np.zeros(len(held), bool)
    raw = held.cast(pa.large_binary())
    text, undecodable = _valid(raw, codec, name, rows, faults)
    text = pc.utf8_normalize(text, form="NFC")
    wrong = np.asarray(pc.fill_null(pc.match_substring_regex(text, _MOJIBAKE), False)) | _vni(text)
    before = {
        int(at): _before(text[int(at)].as_py(), raw[int(at)].as_py(), codec) for at in np.flatnonzero(wrong)
    }
    encoding = likely_encoding(before.values())
    faults.in_rows(
        "wrong_encoding",
        rows,
        wrong,
        lambda at: (
            f"column {name}: {text[at].as_py()!r} is of another encoding than {codec}. "
            + _cure(encoding, before[at], recodable=codec != "utf-8")
        ),
    )
    return _trimmed(text), undecodable | wrong


def _plain_ascii(text: pa.Array) -> bool:
    _, ends, data = text.buffers()
    if data is None or len(text) == 0:
        return True
    offsets = np.frombuffer(ends, np.int64)
    used = np.frombuffer(data, np.uint8)[offsets[text.offset] : offsets[text.offset + len(text)]]
    return bool(used.size == 0 or (used.max() < 0x80 and used.min() > 0))


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
    encoding = likely_encoding([value for value, bad in zip(values, wrong, strict=True) if bad and value])
    faults.in_rows(
        "wrong_encoding",
        rows,
        wrong,
        lambda at: (
            f"column {name}: the bytes {values[at]!r} are not {codec}. "
            + _cure(encoding, values[at], recodable=True)
        ),
    )
    return pa.array(decoded, pa.large_string()), wrong


def _vni(text: pa.Array) -> NDArray[np.bool_]:
    found = np.asarray(pc.fill_null(pc.match_substring_regex(text, _PERHAPS_VNI), False)).copy()
    for at in np.flatnonzero(found):
        found[at] = is_vietnamese(reads_as(_before(text[int(at)].as_py(), b"", "utf-8"), VNI))
    return found


def _before(text: str, raw: bytes, codec: str) -> bytes:
    """The bytes before they were taken for another encoding, by us or by whoever saved the file as UTF-8."""
    return raw if codec != "utf-8" else text.encode("cp1252", "ignore")


def _cure(encoding: str | None, value: bytes | None, *, recodable: bool) -> str:
    """What to do about a value that makes no sense; --encoding helps where its bytes are as written."""
    if encoding not in (None, CP1258):
        return f"It looks like text of a {encoding} font; convert it to Unicode first."
    if not recodable:
        return (
            f"It was spoilt before it came here: {_SAVE[0].lower()}{_SAVE[1:]}, from a copy that reads well."
        )
    if encoding is None:
        return f"{_SAVE}, or name its encoding with --encoding."
    says = reads_as(value or b"", CP1258)
    told = f"Read as cp1258 it says {says!r}" if says else "It looks like cp1258"
    return f"{told}: deliver it with --encoding cp1258."


def _trimmed(text: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.large_string()), trimmed)
