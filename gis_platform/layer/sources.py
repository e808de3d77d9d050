"""What a source of data is called where people read it."""

from typing import Final

from gis_platform.layer.text import Language, Text

#: In the register, where nobody said whose data it is: a file's name is nobody's business.
UNNAMED: Final = "unnamed"
_UNNAMED = Text("chưa ghi nguồn", "source not stated")


def source_told(source: str, language: Language) -> str:
    """The source's name, or that none was stated."""
    return _UNNAMED.in_language(language) if source == UNNAMED else source
