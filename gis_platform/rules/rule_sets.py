"""Sets of rules as files: ``rule_sets/<name>.toml`` in a room of layers, chosen by the city's profile."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gis_platform.errors import BadParameter


class StatedRule(BaseModel):
    """A rule as a file states it; ``note_vi`` and ``note_en`` go together."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    title_vi: str
    title_en: str
    value: dict[str, Any]
    document: str
    article: str
    effective_from: date
    effective_to: date | None = None
    replaced_by: str | None = None
    reading: Literal["seen", "unverified"]
    verified_by: str | None = None
    note_vi: str | None = None
    note_en: str | None = None


class RuleSet(BaseModel):
    """The rules of one document; what its header states holds for each that does not say otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rules: list[StatedRule] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _with_header(cls, told: dict[str, Any]) -> dict[str, Any]:
        header = {name: value for name, value in told.items() if name != "rules"}
        return {"rules": [header | rule for rule in told.get("rules", [])]}


def read_rule_sets(names: Sequence[str], packages: Sequence[str]) -> Iterator[tuple[str, StatedRule]]:
    """Each rule of the named sets with the set's name.

    Raises:
        BadParameter: there is no such set, or its file says something it may not.
    """
    folders = [Path(str(files(import_module(package)))) / "rule_sets" for package in packages]
    known = {file.stem: file for folder in folders for file in sorted(folder.glob("*.toml"))}
    for name in names:
        if name not in known:
            raise BadParameter(
                f"The city's profile asks for the rules {name!r}. Known: {', '.join(sorted(known))}.",
                parameter="rule_sets",
            )
        try:
            read = RuleSet.model_validate(tomllib.loads(known[name].read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as fault:
            raise BadParameter(f"{known[name]} cannot be used: {fault}", parameter="rule_sets") from fault
        yield from ((name, rule) for rule in read.rules)
