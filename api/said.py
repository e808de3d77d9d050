"""What every body of a request keeps to: known members only, and texts that the database can hold."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from api.problem_words import no_text
from gis_platform.errors import BadParameter
from gis_platform.folding import nfc


def _whole(value: Any) -> Any:
    return nfc(value) if isinstance(value, str) else value


#: A text as it is kept, composed before it is measured: composing can make it longer.
Words = Annotated[str, BeforeValidator(_whole)]


class Said(BaseModel):
    """A body. A member it does not know is refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def of_texts(cls, said: Any) -> Any:
        """Raises `BadParameter` for what PostgreSQL keeps in no text."""
        for name, value in said.items() if isinstance(said, dict) else ():
            if "\0" in f"{name}" or any("\0" in text for text in _texts(value)):
                raise BadParameter(
                    f"{name[:40]!r} holds a character that is no text.",
                    parameter=name[:40],
                    detail_vi=no_text(name),
                )
        return said


def _texts(value: Any) -> list[str]:
    """All texts in a member of a body, which holds nothing deeper than a list or a table of texts."""
    held = [*value, *value.values()] if isinstance(value, dict) else value
    held = held if isinstance(held, list) else [held]
    return [text for text in held if isinstance(text, str)]
