"""CQL2 as text: parsed by the library ``cql2``, one parenthesised group at a time.

The library's parser takes twice the time for each parenthesis around a fault and overflows the stack of the
process at some thousand operators in a row. So groups are taken out first, each is parsed by itself with a
name in the place of the groups within it, and runs of operators are counted before it sees them: its time is
then linear in the length, and its depth is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import cql2

from gis_platform.filtering.bounds import MAX_DEPTH, require_length, require_size
from gis_platform.filtering.refusal import refused, shown

_TOKEN = re.compile(
    r"\s+|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^\W\d][\w.:]*|[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?|.", re.DOTALL
)
_PLACE = re.compile(r"\(([0-9]+)\)")
_PLACE_NAMED = re.compile(r'"\([0-9]+\)"')
_POSITION = re.compile(r"--> ([0-9]+):([0-9]+)")
_JOINERS = frozenset({"and", "or", "not", "between", "like", "div", "is"})
_SHAPES = frozenset(
    {"point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection"}
)
_DIMENSIONS = frozenset({"z", "m", "zm"})
_SIGNS = frozenset("+-*/%^=<>!")
_EXAMPLE = "for example status = 'in_force'."
_TOLD_BEFORE = 30
_MAX_OPERATORS_IN_A_ROW = 30
_MAX_CALLS, _MAX_SHAPE_DEPTH = 8, 5

Kind = Literal["group", "call", "list", "shape"]


@dataclass(slots=True)
class _Frame:
    """What stands between an opening parenthesis and its end."""

    kind: Kind
    calls: int = 0
    shapes: int = 0
    in_list: bool = False
    parts: list[str] = field(default_factory=list)
    operators: int = 0

    def take(self, token: str) -> None:
        """One token more; raises BadParameter where it may not stand."""
        word = token.casefold()
        if self.kind == "shape" and (token[0].isalpha() or token[0] in "'\"_"):
            if word not in _SHAPES | _DIMENSIONS | {"empty"}:
                raise refused(f"{shown(token)} cannot stand in a geometry: numbers do.")
        elif token == "," and self.kind == "group":  # noqa: S105 a comma, no password
            raise refused("a comma stands outside of a function, a geometry or IN (…).")
        if word in ("and", "or", ","):
            self.operators = 0
        elif word in ("not", "div") or token in _SIGNS:
            self.operators += 1
            if self.operators > _MAX_OPERATORS_IN_A_ROW:
                raise refused(f"more than {_MAX_OPERATORS_IN_A_ROW} operators stand in a row.")
        self.parts.append(token)


def read_text(text: str) -> Any:
    """The CQL2-JSON tree of a filter in CQL2 text.

    Raises:
        BadParameter: it is no CQL2, or too long, too deep or too large.
    """
    require_length(text)
    trees = [_parsed(piece) for piece in _pieces(text)]
    tree = _joined(trees[-1], trees, 0)
    require_size(tree)
    return tree


def _pieces(text: str) -> list[str]:
    """The groups from the innermost outwards, the whole filter last."""
    pieces: list[str] = []
    frames = [_Frame("group")]
    before = last = ""
    for token in _tokens(text):
        if token == "(":  # noqa: S105 a bracket, no password
            frames.append(_opened(frames, before, last))
        elif token == ")":  # noqa: S105
            _close(frames, pieces)
        else:
            frames[-1].take(token)
        if not token.isspace():
            before, last = last, token
    if len(frames) > 1:
        raise refused("a parenthesis is not closed.")
    return [*pieces, "".join(frames[0].parts)]


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("'", '"'):
            raise refused(f"a quotation mark is not closed: {shown(text[match.start() :])}.")
        if token[0] == '"' and "(" in token:
            raise refused(f"there is no property {shown(token)}.")
        yield token


def _opened(frames: list[_Frame], before: str, last: str) -> _Frame:
    outer = frames[-1]
    if len(frames) > MAX_DEPTH:
        raise refused(f"it is nested more than {MAX_DEPTH} deep.")
    kind = _kind(outer, before.casefold(), last.casefold())
    if kind == "group":
        return _Frame(kind)
    frame = _Frame(kind, outer.calls + 1, outer.shapes + (kind == "shape"), outer.in_list or kind == "list")
    if frame.calls > _MAX_CALLS or frame.shapes > _MAX_SHAPE_DEPTH:
        raise refused(f"functions are nested more than {_MAX_CALLS} deep, or a geometry too deep.")
    if kind == "list" and outer.in_list:
        raise refused("a list stands within a list.")
    return frame


def _kind(outer: _Frame, before: str, last: str) -> Kind:
    if outer.kind == "shape" or last in _SHAPES or (last in _DIMENSIONS and before in _SHAPES):
        return "shape"
    if last == "in":
        return "list"
    named = last[:1] == '"' or last[:1] == "_" or last[:1].isalpha()
    return "call" if named and last not in _JOINERS else "group"


def _close(frames: list[_Frame], pieces: list[str]) -> None:
    if len(frames) == 1:
        raise refused("a parenthesis is closed that was not opened.")
    frame = frames.pop()
    inside = "".join(frame.parts)
    if frame.kind == "group":
        pieces.append(inside)
        frames[-1].parts.append(f'"({len(pieces) - 1})"')
    else:
        frames[-1].parts.append(f"({inside})")


def _parsed(piece: str) -> Any:
    try:
        return cql2.parse_text(piece).to_json()
    except Exception as fault:  # the library raises its own, and a bare Exception for an odd geometry
        found = _POSITION.search(str(fault))
        at = max(0, int(found[2]) - 1) if found and found[1] == "1" else 0
        raise refused(_where(_told(piece[:at]), _told(piece[at:]))) from None


def _told(part: str) -> str:
    """A part of a filter as its writer knows it; what the parentheses hold is told for itself."""
    return _PLACE_NAMED.sub("(…)", part).strip()


def _where(before: str, after: str) -> str:
    """What is wrong with a filter that is right up to a place."""
    if not before and not after:
        return f"there is nothing between the parentheses '()'; {_EXAMPLE}"
    if not after:
        return f"it ends after {shown(before[-_TOLD_BEFORE:])}, before it is complete; {_EXAMPLE}"
    if not before and after[0] in _SIGNS:
        return f"a condition cannot begin with {shown(after)}: the name of a property comes first; {_EXAMPLE}"
    if after[0] == "=" and before.endswith("="):
        return f"{shown('==')} is no comparison of CQL2, one {shown('=')} is; {_EXAMPLE}"
    follows = f", after {shown(before[-_TOLD_BEFORE:])}" if before else ""
    return f"it is no CQL2 text from {shown(after)} on{follows}."


def _joined(node: Any, trees: list[Any], depth: int) -> Any:
    if depth > 4 * MAX_DEPTH:
        raise refused(f"it is nested more than {MAX_DEPTH} deep.")
    if isinstance(node, list):
        return [_joined(below, trees, depth + 1) for below in node]
    if not isinstance(node, dict) or "coordinates" in node:
        return node
    name = node.get("property")
    place = _PLACE.fullmatch(name) if isinstance(name, str) else None
    if place:
        return _joined(trees[int(place[1])], trees, depth + 1)
    return {member: _joined(below, trees, depth + 1) for member, below in node.items()}
