"""From values, in the raster's unit, to colours ``#rrggbb``, and the legend that says so."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Label = Annotated[str, Field(min_length=1, max_length=120)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Values = NDArray[Any]
Painted = NDArray[np.uint8]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Entry(_Form):
    value: Number
    color: Colour
    label_vi: Label | None = None
    label_en: Label | None = None


class PictureStyle(_Form):
    """Red, green, blue (and alpha) shown as they are."""

    form: Literal["picture"] = "picture"


class RampStyle(_Form):
    """Colours between the stops run smoothly; beyond the ends they stay."""

    form: Literal["ramp"] = "ramp"
    entries: tuple[_Entry, ...] = Field(min_length=2, max_length=32)
    reference: str | None = Field(None, max_length=300)

    _rising = field_validator("entries")(lambda entries: _must_rise(entries))

    def paint(self, values: Values) -> Painted:
        """(height, width) values as (3, height, width) colours."""
        at = [entry.value for entry in self.entries]
        channels = np.array([_rgb(entry.color) for entry in self.entries], dtype=float).T
        flat = values.astype(float)
        return np.rint([np.interp(flat, at, channel) for channel in channels]).astype(np.uint8)


class StepStyle(_Form):
    """Each entry's colour holds from its value up to the next one's; the first also below."""

    form: Literal["steps"] = "steps"
    entries: tuple[_Entry, ...] = Field(min_length=2, max_length=32)
    reference: str | None = Field(None, max_length=300)

    _rising = field_validator("entries")(lambda entries: _must_rise(entries))

    def paint(self, values: Values) -> Painted:
        """(height, width) values as (3, height, width) colours."""
        at = [entry.value for entry in self.entries[1:]]
        table = np.array([_rgb(entry.color) for entry in self.entries], dtype=np.uint8)
        return np.moveaxis(table[np.searchsorted(at, values, side="right")], -1, 0)


class ClassStyle(_Form):
    """One colour for each code; a code without one is drawn grey, so that it is not taken for a hole."""

    form: Literal["classes"] = "classes"
    entries: tuple[_Entry, ...] = Field(min_length=1, max_length=256)
    reference: str | None = Field(None, max_length=300)

    def paint(self, values: Values) -> Painted:
        """(height, width) codes as (3, height, width) colours."""
        painted = np.full((*values.shape, 3), 128, dtype=np.uint8)
        for entry in self.entries:
            painted[values == entry.value] = _rgb(entry.color)
        return np.moveaxis(painted, -1, 0)

    def entry_of(self, value: float) -> Mapping[str, Any] | None:
        """The legend's entry for a code."""
        return next((e.model_dump(exclude_none=True) for e in self.entries if e.value == value), None)


RasterStyle = Annotated[PictureStyle | RampStyle | StepStyle | ClassStyle, Field(discriminator="form")]
STYLES: TypeAdapter[RasterStyle] = TypeAdapter(RasterStyle)


def read_style(stored: Mapping[str, Any]) -> RasterStyle:
    """A style from its JSON form; pydantic's ValidationError where it is none."""
    return STYLES.validate_python(dict(stored))


def _must_rise(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    values = [entry.value for entry in entries]
    if any(after <= before for before, after in pairwise(values)):
        raise ValueError("the values of the entries must rise")
    return entries


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
