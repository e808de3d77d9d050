"""What a city's profile may say of a source: ``[contracts.LAYER.SOURCE]``."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class StatedContract(BaseModel):
    """What a source owes.

    ``cycle_days`` is that of the layer where it is not stated; ``grace_days`` come on top of it. ``area`` are
    the values of the layer's first scope property that may occur, ``fields`` the properties that must be
    delivered, ``tolerance_m`` how far in metres its coordinates may be off, ``errors`` the codes of warnings
    that stop its deliveries.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    sender: str | None = Field(None, min_length=1, max_length=200)
    cycle_days: int | None = Field(None, gt=0, le=36_600)
    grace_days: int = Field(0, ge=0, le=3_660)
    area: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    tolerance_m: float | None = Field(None, gt=0, le=1_000)
    valid_from: date | None = None
    note: str | None = Field(None, min_length=1, max_length=2_000)
