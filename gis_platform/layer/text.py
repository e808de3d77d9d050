"""A text people read, in Vietnamese first and in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages of the interface."""

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        """The words in one language."""
        return self.vi if language == "vi" else self.en
