"""What bodies say of deliveries: a file handed in, and a steward's word."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from api.said import Said
from etl.delivery.request import DeliveryRequest

_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Value = Annotated[str, Field(max_length=1000)]
_Note = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class HowRead(Said):
    """How a file is read, where it does not say it itself or is not known by its source."""

    crs: Annotated[str, Field(max_length=40)] | None = Field(None, description="Grid, such as EPSG:9210.")
    override_crs: bool = Field(False, description="Believe crs and not the file.")
    encoding: Annotated[str, Field(max_length=40)] | None = Field(None, description="Such as cp1258.")
    file_layer: _Name | None = Field(None, description="Layer of the file, where it has several.")
    where: Annotated[str, Field(max_length=2000)] | None = Field(None, description="Which rows.")
    columns: dict[_Name, _Name] = Field(default_factory=dict, description="Property: column of the file.")
    constants: dict[_Name, _Value] = Field(default_factory=dict, description="Property: value of all rows.")
    ignore: list[_Name] = Field(default_factory=list, max_length=500, description="Columns left out.")

    def asked(self) -> dict[str, Any]:
        """What was said, and nothing else."""
        return self.model_dump(exclude_unset=True, exclude={"remember"})


class NewDelivery(HowRead):
    """An uploaded file for one layer."""

    upload: Annotated[str, Field(max_length=64)] = Field(description="Of POST /api/deliveries/uploads.")
    layer: Annotated[str, Field(max_length=63)]
    source_date: date = Field(description="Day of the source's data; changes hold from it on.")
    source: _Name | None = Field(None, description="Who made the data; names what is remembered of it.")
    sender: _Name | None = Field(None, description="Who handed the file over.")
    scope: list[_Name] = Field(
        default_factory=list,
        max_length=10,
        description="Properties: of their values in the file, it holds all there is, and the rest ends.",
    )
    correction: bool = Field(False, description="It corrects what was believed from its date on.")

    def request(self, file: Path, received_by: str) -> DeliveryRequest:
        """The same for the pipeline."""
        said = self.model_dump(exclude={"upload"})
        said |= {"ignore": tuple(self.ignore), "scope": tuple(self.scope)}
        return DeliveryRequest(file=file, received_by=received_by, **said)


class Mapping(HowRead):
    """Another way to read the file."""

    remember: bool = Field(False, description="Keep it for the next files of this source.")


class Approval(Said):
    """Yes."""

    parts: list[Annotated[str, Field(max_length=300)]] | None = Field(
        None, max_length=5000, description="Such as 28249/12; all of it if not given."
    )
    note: Annotated[str, Field(max_length=2000)] | None = Field(
        None, description="Needed where there are warnings."
    )
    accept_doubtful: bool = Field(False, description="Doubtful changes nobody decided are as proposed.")


class Note(Said):
    """Why."""

    note: _Note


class Nothing(Said):
    """Nothing needs to be said."""


class ChangeDecision(Said):
    """Whether a doubtful change is as proposed, or two different things; or that an edit is kept."""

    decision: Literal["accepted", "separate", "kept"]
    instead_of: Literal["accepted", "separate", "kept"] | None = Field(
        None, description="What was said before, as the caller saw it: another word meanwhile is a 409."
    )
