"""A notice as it should stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """One notice; of a kind there is one for each subject while it lasts."""

    kind: str
    subject: str
    layer: str | None
    delivery_id: int | None
    text_vi: str
    text_en: str
