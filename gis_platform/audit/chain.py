"""The chain in pure Python: how an entry becomes bytes, and whether a trail holds together.

The canonical bytes of an entry are these fields, one after the other:

====================  =======================================================================
format                text field, always ``gis-audit-1``
seq                   8 bytes, big-endian signed
at                    8 bytes, big-endian signed: microseconds since 1970-01-01T00:00:00Z
actor, role, action   one text field each
subject               text field
detail                text field: the text PostgreSQL gives for the ``jsonb`` value
====================  =======================================================================

A text field is the length of its UTF-8 bytes (4 bytes, big-endian signed), then those bytes. The text of a
``jsonb`` value has ``", "`` and ``": "`` between its parts, keys ordered by length in bytes and then by
bytes, numbers as plain decimals that keep their trailing zeros, and no escapes but ``\\"``, ``\\\\``,
``\\b``, ``\\f``, ``\\n``, ``\\r``, ``\\t`` and ``\\u00XX`` for other control characters.

The hash of an entry is ``SHA-256(previous || canonical)``, where ``previous`` is the hash of the entry
before, 32 zero bytes for entry 1.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

FORMAT = "gis-audit-1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as stored; ``at_us`` in microseconds since 1970 UTC, ``detail`` as ``jsonb`` text."""

    seq: int
    at_us: int
    actor: str
    role: str
    action: str
    subject: str
    detail: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: its number and hash. Kept elsewhere, it proves what came before it."""

    seq: int
    hash: bytes


EMPTY = Head(0, bytes(32))


class BrokenChain(Exception):
    """The trail was tampered with; ``seq`` is the first entry at which that shows."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(what)
        self.seq = seq
        self.what = what


def canonical(entry: Entry) -> bytes:
    """The bytes of an entry, as described above."""
    return b"".join(
        (
            _field(FORMAT),
            _int8(entry.seq),
            _int8(entry.at_us),
            *map(_field, (entry.actor, entry.role, entry.action, entry.subject, entry.detail)),
        )
    )


def entry_hash(entry: Entry) -> bytes:
    """The hash the entry must carry, given what it says came before it."""
    return hashlib.sha256(entry.previous + canonical(entry)).digest()


def follow(entries: Iterable[Entry], noted: Head | None = None) -> Head:
    """Walk a trail from its first entry to its last, keeping one entry in memory, and return its head.

    Args:
        entries: all entries, ordered by ``seq``.
        noted: a head written down earlier; the trail must still contain it.

    Raises:
        BrokenChain: at the first entry that is missing, changed, or does not follow the one before.
    """
    head = EMPTY
    for entry in entries:
        _check_follows(entry, head)
        head = Head(entry.seq, entry.hash)
        if noted is not None and noted.seq == head.seq and noted.hash != head.hash:
            raise BrokenChain(
                head.seq,
                f"entry {head.seq} is not the one that was noted: the trail up to it was written anew",
            )
    if noted is not None and noted.seq > head.seq:
        raise BrokenChain(
            head.seq + 1,
            f"the trail ends with entry {head.seq}, but entry {noted.seq} was noted: the end was cut off",
        )
    return head


def _check_follows(entry: Entry, head: Head) -> None:
    expected = head.seq + 1
    if entry.seq != expected:
        raise BrokenChain(expected, f"entry {expected} is missing: after {head.seq} comes {entry.seq}")
    if entry_hash(entry) != entry.hash:
        raise BrokenChain(entry.seq, f"entry {entry.seq} was changed: its content does not give its hash")
    if entry.previous != head.hash:
        raise BrokenChain(
            entry.seq,
            f"entry {entry.seq} does not follow entry {head.seq}: one of the two was replaced",
        )


def _int8(number: int) -> bytes:
    return number.to_bytes(8, "big", signed=True)


def _field(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(4, "big", signed=True) + content
