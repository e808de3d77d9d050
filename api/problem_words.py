"""Refusals in Vietnamese: what happened and what to do, by the kind of problem and the parameter at fault.

A problem that brings Vietnamese words of its own (``detail_vi``) keeps them; the English detail stands beside
these as the technical one.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_MOST_SHOWN = 60
_OF_STATUS = {
    401: "sign-in-needed",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "body-too-large",
    415: "other-media-type",
    429: "too-many-requests",
    503: "unavailable",
}
"""Kinds for what the frameworks refuse, which name none."""


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """``kinds``: by code; ``wanted``: what a parameter takes; ``missed``: what one that names something did
    not find, with ``{value}`` for what was asked for; ``faults``: by pydantic's types, with its bounds.
    """
    file = Path(__file__).with_suffix(".json")
    texts: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return texts


def in_vietnamese(body: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The sentence for a problem.

    Args:
        body: its RFC 9457 members.
        given: what the address held, by parameter.
    """
    own = body.get("detail_vi")
    if isinstance(own, str):
        return own
    kinds, wanted, missed = (words()[name] for name in ("kinds", "wanted", "missed"))
    kind = str(body["type"]).rpartition(":")[2]
    parameter = str(body.get("parameter", ""))
    if kind == "not-found" and parameter in missed and given.get(parameter, "") != "":
        return missed[parameter].format(value=_quoted(given[parameter]))
    if kind == "bad-parameter" and parameter:
        return f"{_at_fault(parameter, given)} {wanted.get(parameter, kinds[kind])}"
    return kinds.get(kind) or kinds[_OF_STATUS.get(int(body["status"]), "problem")]


def of_validation(name: str, fault: Mapping[str, Any]) -> str | None:
    """``detail_vi`` for a fault that pydantic found in a parameter or a body; None where it is a rare one."""
    text = words()["faults"].get(str(fault["type"]))
    if text is None:
        return None
    held = {key: str(value).replace(" or ", ", ") for key, value in fault.get("ctx", {}).items()}
    return text.format_map({"name": _quoted(name), **held})


def not_usable(parameter: str, value: object, takes: str) -> str:
    """``detail_vi`` for a value that cannot be read. ``takes`` says what can, where the parameter has no
    words of its own for that.
    """
    wanted = words()["wanted"].get(parameter, takes)
    return f"{_at_fault(parameter, {parameter: value})} {wanted}"


def no_text(name: str) -> str:
    """``detail_vi`` for a value with a character that is kept in no text."""
    return f"Tham số {_quoted(name)} có ký tự không đọc được. Hãy xoá ký tự đó rồi gửi lại."


def no_such_parameter(name: str, takes: Iterable[str]) -> str:
    """``detail_vi`` for a parameter that an address does not know."""
    known = ", ".join(takes)
    more = f"Các tham số dùng được: {known}." if known else "Địa chỉ này không nhận tham số nào."
    return f"Địa chỉ này không có tham số {_quoted(name)}. {more}"


def _at_fault(parameter: str, given: Mapping[str, Any]) -> str:
    if parameter in given:
        return f"Tham số {_quoted(parameter)} không dùng được giá trị {_quoted(given[parameter])}."
    return f"Tham số {_quoted(parameter)} bị thiếu hoặc chưa đúng."


def _quoted(value: object) -> str:
    text = "".join(sign if sign.isprintable() else "·" for sign in str(value)[: _MOST_SHOWN + 1])
    return f"“{text}”" if len(text) <= _MOST_SHOWN else f"“{text[:_MOST_SHOWN]}…”"
