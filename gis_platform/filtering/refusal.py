"""How a filter is refused: a 400 that names the parameter, in words that help to mend it."""

from gis_platform.errors import BadParameter

_SHOWN = 60


def refused(detail: str) -> BadParameter:
    """The error to raise for a filter that cannot be used."""
    return BadParameter(f"filter: {detail}", parameter="filter")


def shown(value: object) -> str:
    """What a caller sent, short enough to be told back."""
    text = value if isinstance(value, str) else str(value)
    short = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
    return repr(short) if isinstance(value, str) else short
