"""What is wrong with the settings, in sentences that name the variable; no secret is repeated."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from gis_platform.settings import Settings

#: Read by others than the settings.
_OTHERS = frozenset({"GIS_TEST_DATA_DIR"})
_NEAR = 0.75
_NOT_SHOWN = ("url", "key", "secret")
_KINDS = {"int_parsing": "a whole number", "bool_parsing": "true or false"}


def faults_in_words(fault: ValidationError) -> list[str]:
    """One sentence a fault."""
    return [_sentence(dict(error)) for error in fault.errors()]


def unknown_in_words(names: Iterable[str]) -> list[str]:
    """A warning for each variable that looks like a setting and is none."""
    known = {f"GIS_{name.upper()}" for name in Settings.model_fields}
    told = []
    for name in sorted({each for each in names if each.upper().startswith("GIS_")}):
        if name.upper() in known | _OTHERS:
            continue
        near = get_close_matches(name.upper(), known, n=1, cutoff=_NEAR)
        guess = f" Is it {near[0]}?" if near else " See docs/settings.md."
        told.append(f"Warning: {name} is no setting of the platform, and has no effect.{guess}")
    return told


def _sentence(error: dict[str, Any]) -> str:
    if not error["loc"]:
        return f"{_own(error)} See docs/settings.md."
    field = str(error["loc"][0])
    name = f"GIS_{field.upper()}"
    if error["type"] == "value_error":
        return f"{name}: {_own(error)} See docs/settings.md."
    value = "the value" if any(part in field for part in _NOT_SHOWN) else repr(str(error["input"]))
    return f"{name}: {value} is not {_wanted(field, error)}. See docs/settings.md."


def _own(error: dict[str, Any]) -> str:
    """The words of the settings' own checks."""
    return f"{str(error['ctx']['error']).rstrip('.')}."


def _wanted(field: str, error: dict[str, Any]) -> str:
    limits = {
        bound: getattr(rule, bound)
        for rule in Settings.model_fields[field].metadata
        for bound in ("ge", "le")
        if hasattr(rule, bound)
    }
    if limits:
        least, most = limits.get("ge"), limits.get("le")
        return (
            f"a whole number from {least} to {most}" if most is not None else f"a whole number from {least}"
        )
    if error["type"] == "literal_error":
        return f"one of {error['ctx']['expected'].replace(' or ', ', ')}".replace("'", "")
    return _KINDS.get(error["type"], "of the form that is wanted")
