"""Texts of a batch from their encoding to Unicode: joined, so that most of it is done by C code."""

from collections.abc import Sequence
from typing import Final

from etl.delivery.recognise.capitals import capitals_lost, with_capitals, without_capitals
from etl.delivery.recognise.charsets import MEANINGLESS, TCVN3
from etl.delivery.recognise.detecting import Reading, Value, decoded, makes_sense
from etl.delivery.recognise.report import ColumnReport
from etl.delivery.recognise.syllables import accented_words, is_syllable

_BETWEEN: Final = "\0"
#: Of each batch so many values are looked at, whether the reading still makes sense.
_LOOKED_AT: Final = 60
_FEWEST: Final = 5


def convert(raws: Sequence[bytes], reading: Reading, codec: str, report: ColumnReport) -> list[str]:
    """The texts in NFC; what has no meaning is U+FFFD. None of the values is plain ASCII."""
    told = None if reading.mixed else _all_at_once(raws, reading, codec)
    if told is None:
        told = [_one(raw, reading, codec, report) for raw in raws]
    else:
        report.converted += len(raws)
    if reading.charset is TCVN3:
        told, restored = with_capitals(told)
        report.capitals_restored += restored
        report.capitals_lost += capitals_lost(told)
        report.without_capitals += without_capitals(told)
    report.note_examples(raws, told)
    for text in told:
        if MEANINGLESS in text:
            report.note_meaningless(text)
    return told


def makes_sense_still(texts: Sequence[str]) -> bool:
    """Whether most of a batch's converted words are Vietnamese; True where too few tell."""
    different = list(dict.fromkeys(texts))[:_LOOKED_AT]
    words = {word for text in different for word in accented_words(text)}
    return len(words) < _FEWEST or sum(map(is_syllable, words)) * 2 >= len(words)


def _all_at_once(raws: Sequence[bytes], reading: Reading, codec: str) -> list[str] | None:
    """None where they cannot go the same way, all of them."""
    joined: bytes | None = _BETWEEN.encode().join(raws)
    text = decoded_as_is(joined or b"", codec)
    if text is not None:
        joined = reading.route.back(text)
    if joined is None:
        return None
    told = reading.charset.decode(joined).split(_BETWEEN)
    return told if len(told) == len(raws) else None


def decoded_as_is(raw: bytes, codec: str) -> str | None:
    """Unicode by form, where the declared encoding does not say that it is bytes of another."""
    if codec != "utf-8":
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _one(raw: bytes, reading: Reading, codec: str, report: ColumnReport) -> str:
    text = decoded(raw, "utf-8") if codec == "utf-8" else None
    told = reading.of(Value(raw, text, text))
    if text is not None and (told is None or (makes_sense(text) and not makes_sense(told))):
        report.already_unicode += 1
        return text
    if text is not None and told is not None and reading.mixed and makes_sense(text):
        # Vietnamese either way: in a column of both it stays as it stands, and that is said.
        report.doubtful += 1
        return text
    report.converted += 1
    return told if told is not None else MEANINGLESS
