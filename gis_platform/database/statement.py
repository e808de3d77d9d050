"""One statement in two spellings: psycopg's named placeholders, and the server's own numbered ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from gis_platform.sqlfiles import numbered_places


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A statement with named placeholders, ``%(name)s``; a percent sign is written twice.

    Attributes:
        text: as psycopg takes it.
        columns: the type of each column of its rows: int (bigint), bool, str or bytes.
        numbered: as PostgreSQL takes it, ``$1`` for ``names[0]``.
        kept: whether a connection keeps it prepared; not for text that differs from caller to caller.
    """

    text: bytes
    columns: tuple[type, ...]
    kept: bool = True
    numbered: bytes = field(init=False)
    names: tuple[str, ...] = field(init=False)
    key: bytes = field(init=False)

    def __post_init__(self) -> None:
        text, names = numbered_places(self.text.decode())
        numbered = text.encode()
        object.__setattr__(self, "numbered", numbered)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "key", b"s" + blake2b(numbered, digest_size=12).hexdigest().encode())

    def bound(self, values: Mapping[str, object]) -> list[bytes | None]:
        """The values in the statement's order, each as PostgreSQL reads it in text."""
        return [_as_text(values[name]) for name in self.names]

    def read(self, row: Sequence[bytes | None]) -> tuple[Any, ...]:
        """A row from PostgreSQL's binary form; None where it has no value."""
        return tuple(
            None if cell is None else _READ[kind](cell) for kind, cell in zip(self.columns, row, strict=True)
        )


_READ: dict[type, Callable[[bytes], Any]] = {
    int: lambda cell: int.from_bytes(cell, "big", signed=True),
    bool: lambda cell: cell == b"\x01",
    str: lambda cell: cell.decode(),
    bytes: lambda cell: cell,
}


def _as_element(value: object) -> bytes:
    """As it stands in an array, in quotation marks: a text may hold what parts elements."""
    text = _as_text(value)
    if text is None:
        return b"NULL"
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _as_text(value: object) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int | str):
        return str(value).encode()
    if isinstance(value, float):
        return repr(value).encode()
    if isinstance(value, date | datetime):
        return value.isoformat().encode()
    if isinstance(value, bytes):
        return b"\\x" + value.hex().encode()
    if isinstance(value, list):
        return b"{" + b",".join(_as_element(one) for one in value) + b"}"
    raise TypeError(f"no way to bind a {type(value).__name__}")
