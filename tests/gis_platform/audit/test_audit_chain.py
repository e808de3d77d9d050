"""The chain without a database: the canonical form to the byte, and what each kind of tampering shows."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_platform.audit.chain import EMPTY, BrokenChain, Entry, Head, canonical, entry_hash, follow

ENTRY = Entry(
    seq=1,
    at_us=1_700_000_000_000_001,
    actor="hoa",
    role="gis_permit",
    action="parcel.read",
    subject="thửa 45",
    detail='{"n": 1.50}',
    previous=bytes(32),
    hash=bytes(32),
)


def chain_of(count: int) -> list[Entry]:
    entries: list[Entry] = []
    previous = EMPTY.hash
    for seq in range(1, count + 1):
        bare = replace(ENTRY, seq=seq, subject=f"parcel {seq}", previous=previous)
        entries.append(replace(bare, hash=entry_hash(bare)))
        previous = entries[-1].hash
    return entries


def broken(entries: Sequence[Entry], noted: Head | None = None) -> BrokenChain:
    with pytest.raises(BrokenChain) as caught:
        follow(entries, noted)
    return caught.value


def test_canonical_bytes_are_as_documented() -> None:
    assert canonical(ENTRY) == (
        b"\x00\x00\x00\x0bgis-audit-1"
        b"\x00\x00\x00\x00\x00\x00\x00\x01"
        b"\x00\x06\x0a\x24\x18\x1e\x40\x01"
        b"\x00\x00\x00\x03hoa"
        b"\x00\x00\x00\x0agis_permit"
        b"\x00\x00\x00\x0bparcel.read"
        b"\x00\x00\x00\x09th\xe1\xbb\xada 45"
        b'\x00\x00\x00\x0b{"n": 1.50}'
    )
    assert entry_hash(ENTRY) == hashlib.sha256(bytes(32) + canonical(ENTRY)).digest()


@given(st.text(), st.text(), st.text(), st.text())
def test_moving_text_between_fields_changes_the_bytes(a: str, b: str, c: str, d: str) -> None:
    if (a, b) != (c, d):
        assert canonical(replace(ENTRY, actor=a, role=b)) != canonical(replace(ENTRY, actor=c, role=d))


def test_whole_chains_give_their_head() -> None:
    entries = chain_of(5)
    assert follow(iter(entries)) == Head(5, entries[4].hash)
    assert follow([]) == EMPTY


def test_a_changed_entry_is_named() -> None:
    entries = chain_of(5)
    entries[2] = replace(entries[2], actor="someone else")
    fault = broken(entries)
    assert fault.seq == 3
    assert fault.what == "entry 3 was changed: its content does not give its hash"


def test_a_changed_entry_with_a_new_hash_breaks_at_the_next() -> None:
    entries = chain_of(5)
    forged = replace(entries[2], actor="someone else")
    entries[2] = replace(forged, hash=entry_hash(forged))
    assert broken(entries).seq == 4


def test_a_missing_entry_is_named() -> None:
    entries = chain_of(5)
    assert broken(entries[:2] + entries[3:]).what == "entry 3 is missing: after 2 comes 4"
    assert broken(entries[1:]).seq == 1


def test_a_cut_off_end_is_seen_only_with_a_noted_head() -> None:
    entries = chain_of(5)
    noted = Head(5, entries[4].hash)
    assert follow(entries[:3]).seq == 3
    fault = broken(entries[:3], noted)
    assert fault.seq == 4
    assert "entry 5 was noted" in fault.what


def test_a_trail_written_anew_is_seen_only_with_a_noted_head() -> None:
    noted = Head(2, chain_of(5)[1].hash)
    anew: list[Entry] = []
    for entry in chain_of(5):
        bare = replace(entry, actor="forger", previous=anew[-1].hash if anew else EMPTY.hash)
        anew.append(replace(bare, hash=entry_hash(bare)))
    assert follow(anew).seq == 5
    assert broken(anew, noted).seq == 2


def test_a_noted_head_stays_true_as_the_trail_grows() -> None:
    entries = chain_of(5)
    assert follow(entries, Head(2, entries[1].hash)).seq == 5
