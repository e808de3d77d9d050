"""What to do about text that makes no sense: what it would say, and how to have it said so."""

from typing import Final

from etl.delivery.recognise.charsets import MEANINGLESS
from etl.delivery.recognise.detecting import Reading, Value
from gis_platform.layer.text import Text

SAVE: Final = Text("Lưu tệp bằng Unicode UTF-8 rồi giao lại", "Save the file as UTF-8 and deliver it again")
_SPOILT: Final = Text(
    "Chữ đã hỏng trước khi tới đây: lưu tệp bằng Unicode UTF-8 từ bản còn đọc được rồi giao lại.",
    "It was spoilt before it came here: save the file as UTF-8 and deliver it again, from a copy that reads "
    "well.",
)
_NAME_IT: Final = Text(
    f"{SAVE.vi}, hoặc khai báo bảng mã của tệp.", f"{SAVE.en}, or name its encoding with --encoding."
)


def cure(likely: Reading | None, value: Value) -> Text:
    """For one value; `likely` is the encoding that makes most sense of all that make none, or None."""
    if likely is None:
        return _NAME_IT if value.text is None else _SPOILT
    title, says = likely.charset.title, likely.of(value)
    told = Text(f"Có vẻ là {title}", f"It looks like {title}")
    if says and MEANINGLESS not in says:
        told = Text(f"Đọc theo {title} là “{says}”", f"Read as {title} it says {says!r}")
    option = likely.charset.option
    if option is None:
        return Text(
            f"{told.vi}: lưu tệp bằng Unicode UTF-8 từ bản còn đọc được rồi giao lại.",
            f"{told.en}: save the file as UTF-8 and deliver it again, from a copy that reads well.",
        )
    return Text(
        f"{told.vi}: giao lại với bảng mã {option}.", f"{told.en}: deliver it with --encoding {option}."
    )
