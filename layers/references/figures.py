"""Numbers as certificates print them: "1145161,57", "1.145.161,57", "1 145 161.57".

Vietnamese papers write the decimal comma and part thousands by a point or a space; programs write it the
other way round. A coordinate of a grid has six or seven figures before the decimal mark: that tells which is
which.
"""

import re

_PLAIN = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{0,9})?")
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3}){0,3}(?P<rest>[.,][0-9]{0,9})?"
)
_THOUSANDS_ONLY = re.compile(r"[+-]?[0-9]{1,3}[.,][0-9]{3}")


def read_coordinate(text: str) -> float:
    """A coordinate in metres; ``567.218`` is 567218 here, since no grid of a city has it at 567 metres.

    Raises:
        ValueError: it is no number, or its points and commas contradict each other.
    """
    written = text.strip()
    grouped = _GROUPED.fullmatch(written)
    if grouped is not None and (_THOUSANDS_ONLY.fullmatch(written) or _is_grouped(grouped)):
        rest = grouped["rest"] or ""
        whole = written[: len(written) - len(rest)].replace(grouped["mark"], "")
        return float(whole + rest.replace(",", "."))
    if _PLAIN.fullmatch(written) is None:
        raise ValueError(text)
    return float(written.replace(",", "."))


def _is_grouped(found: re.Match[str]) -> bool:
    """More than one group, a space, or another mark behind: 1.145.161, 567 218, 567.218,31."""
    several = found[0].count(found["mark"]) > 1
    return (several or found["mark"] == " " or bool(found["rest"])) and (found["rest"] or "")[:1] != found[
        "mark"
    ]
