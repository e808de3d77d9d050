"""What bodies say of drafts: a file handed in, and another way to read it."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.said import Said, Words

_Name = Annotated[str, Field(min_length=1, max_length=200)]


class HowDraftIsRead(Said):
    """How the file is read, where it does not say it itself."""

    crs: Annotated[str, Field(max_length=40)] | None = Field(None, description="Grid, such as EPSG:9210.")
    encoding: Annotated[str, Field(max_length=40)] | None = Field(None, description="Such as tcvn3.")
    file_layer: _Name | None = Field(None, description="The one layer of the file to read; all if not given.")
    columns: dict[_Name, _Name] = Field(
        default_factory=dict, max_length=20, description="Property of a zone: column of the file."
    )
    leave_out: list[_Name] = Field(
        default_factory=list, max_length=500, description="Layers, of a drawing too, that are no zones."
    )

    def asked(self) -> dict[str, Any]:
        """What was said, and nothing else."""
        return self.model_dump(exclude_unset=True, exclude={"upload", "name"})


class NewDraft(HowDraftIsRead):
    """An uploaded file as a draft plan."""

    model_config = ConfigDict(str_strip_whitespace=True)

    upload: Annotated[str, Field(max_length=64)] = Field(description="Of POST /api/deliveries/uploads.")
    name: Words = Field(min_length=1, max_length=200, description="What the draft is called.")
