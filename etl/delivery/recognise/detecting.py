"""Which encoding the texts of a file are in: the one in which its accented words are Vietnamese.

A verdict must stand on several different words, explain nearly all of them, and explain clearly more than
any other encoding; where it does not, nothing is converted.
"""

import codecs
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from etl.delivery.recognise.capitals import with_capitals
from etl.delivery.recognise.charsets import (
    CHARSETS,
    MEANINGLESS,
    TCVN3,
    TWICE,
    VNI,
    WINDOWS_LATIN,
    Charset,
    charset_named,
)
from etl.delivery.recognise.syllables import accented_words, is_syllable

#: Different accented words a verdict must stand on, the share of them it must explain, and how much more
#: than any other encoding.
FEWEST_WORDS: Final = 5
MOST_EXPLAINED: Final = 0.9
AHEAD: Final = 0.2
#: Of a column, for the file's verdict to be its own.
_COLUMN_EXPLAINED: Final = 0.75
#: Of a few values, for an encoding to be mentioned.
_MOST: Final = 0.6
_VALUES_LOOKED_AT: Final = 400


#: Programs that know Latin-1 alone make control characters of the signs of Windows.
_CONTROLS: Final = {byte: WINDOWS_LATIN[byte] for byte in range(0x80, 0xA0)}


class Route:
    """How text that has become Unicode already goes back to the bytes it was written in."""

    def __init__(self, name: str, table: str) -> None:
        self.name = name
        self._map = codecs.charmap_build(table)

    def back(self, text: str) -> bytes | None:
        """The bytes; None where the text has letters that no such bytes can have become."""
        if MEANINGLESS in text:
            return None
        for signs in (text, text.translate(_CONTROLS)):
            try:
                return codecs.charmap_encode(signs, "strict", self._map)[0]
            except UnicodeEncodeError:
                continue
        return None


LATIN: Final = Route("cp1252", WINDOWS_LATIN)
VIETNAMESE: Final = Route("cp1258", bytes(range(256)).decode("cp1258", "replace"))


class Value(NamedTuple):
    """A text as its bytes, as Unicode where it is that by form, and as it stands in the encoding declared."""

    raw: bytes
    text: str | None
    stands: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the texts of a column are read: the encoding, and the way back to its bytes.

    ``mixed`` is True where the column holds Unicode as well: then only what makes no sense as it stands is
    converted. ``forced`` is True where a person said so.
    """

    charset: Charset
    route: Route = LATIN
    mixed: bool = False
    forced: bool = False

    def of(self, value: Value) -> str | None:
        """A value in this reading; None where it is Unicode already."""
        raw = value.raw if value.text is None else self.route.back(value.text)
        return None if raw is None else self.charset.decode(raw)


@dataclass(frozen=True)
class Evidence:
    """The different accented values of a column."""

    values: tuple[Value, ...]

    @cached_property
    def is_unicode(self) -> bool:
        """Whether some of it is Vietnamese and can be nothing but Unicode."""
        return any(
            value.text is not None and LATIN.back(value.text) is None and makes_sense(value.text)
            for value in self.values
        )

    @cached_property
    def open_values(self) -> tuple[Value, ...]:
        """Those that make no sense as they stand."""
        return tuple(value for value in self.values if not makes_sense(value.stands))


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many different accented words, the share that is Vietnamese."""

    words: int
    share: float


def evidence_of(column: pa.Array, codec: str) -> Evidence:
    """The different accented values of a text column, the first ones."""
    values: list[Value] = []
    for raw in pc.unique(column.cast(pa.large_binary()).drop_null()).to_pylist():
        if raw.isascii():
            continue
        text = decoded(raw, "utf-8") if codec == "utf-8" else None
        values.append(Value(raw, text, text if codec == "utf-8" else decoded(raw, codec)))
        if len(values) == _VALUES_LOOKED_AT:
            break
    return Evidence(tuple(values))


def readings_of(
    columns: Mapping[str, pa.Array], codec: str = "utf-8", forced: Charset | None = None
) -> dict[str, Reading]:
    """How each text column of a sample is read; what is not in the answer is read as it stands.

    codec: in which the texts are declared to be.
    """
    texts = {name: column for name, column in columns.items() if is_text(column)}
    stated = "utf-8" if charset_named(codec) is forced and forced is not None else codec
    held = {name: evidence_of(column, stated) for name, column in texts.items()}
    if forced is not None:
        return {name: Reading(forced, mixed=found.is_unicode, forced=True) for name, found in held.items()}
    whole = detect(value for found in held.values() for value in found.open_values)
    unicode_too = any(found.is_unicode for found in held.values())
    told = {}
    for name, found in held.items():
        reading = detect(found.open_values) or whole
        if reading is None or not found.values or (unicode_too and not found.open_values):
            continue
        if found.open_values and explained(reading, found.open_values).share < _COLUMN_EXPLAINED:
            continue
        told[name] = Reading(reading.charset, reading.route, mixed=found.is_unicode)
    return told


def detect(values: Iterable[Value]) -> Reading | None:
    """The one reading that surely makes Vietnamese of these values; None where none does."""
    held = list(values)
    if not held:
        return None
    scores = [(explained(reading, held), reading) for reading in _candidates()]
    best, reading = max(scores, key=lambda score: score[0].share)
    rival = max(score.share for score, other in scores if other.charset is not reading.charset)
    sure = best.words >= FEWEST_WORDS and best.share >= MOST_EXPLAINED and best.share - rival >= AHEAD
    return reading if sure else None


def likely_reading(values: Sequence[Value]) -> Reading | None:
    """The one that makes most sense of a few values, sure or not; None where none does for most."""
    best = max(_candidates(), key=lambda reading: explained(reading, values).share)
    return best if explained(best, values).share >= _MOST else None


def explained(reading: Reading, values: Iterable[Value]) -> Score:
    """How well a reading makes sense of values."""
    good: set[str] = set()
    bad: set[str] = set()
    for value in values:
        read = reading.of(value)
        if read is None:
            bad.add(value.text or "")
            continue
        if reading.charset is TCVN3:
            read = with_capitals([read])[0][0]
        for word in accented_words(read):
            (good if is_syllable(word) else bad).add(word)
    count = len(good) + len(bad)
    return Score(len(good), len(good) / count if count else 0.0)


def makes_sense(text: str | None) -> bool:
    """Vietnamese, or signs that stand alone, such as 5 m²."""
    return text is not None and all(is_syllable(word) for word in accented_words(text))


def decoded(raw: bytes, codec: str) -> str | None:
    """Text in NFC; None where the bytes are not of the codec."""
    try:
        return unicodedata.normalize("NFC", raw.decode(codec))
    except UnicodeDecodeError:
        return None


def is_text(column: pa.Array) -> bool:
    """True for a column of texts, whatever bytes they are."""
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _candidates() -> Iterator[Reading]:
    for charset in (*CHARSETS, TWICE):
        yield Reading(charset)
    # Bytes of the fonts that a program took for the Vietnamese code page when it saved them.
    for charset in (TCVN3, VNI):
        yield Reading(charset, VIETNAMESE)
