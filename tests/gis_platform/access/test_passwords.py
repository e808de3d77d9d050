"""Passwords: what is stored, what is accepted, and that a name nobody has is checked like any other."""

import asyncio
import unicodedata
from collections.abc import Iterator

import pytest

from gis_platform.access import passwords
from gis_platform.access.passwords import MAX_LENGTH, check_password, generated_password, hash_password
from gis_platform.errors import BadParameter
from tests.support.password_costs import passwords_as_in, servers

PASSWORD = "đường-Lê-Lợi-số-12"  # noqa: S105


@pytest.fixture(autouse=True)
def real_costs() -> Iterator[None]:
    """The other tests hash with next to no work."""
    with passwords_as_in(servers):
        yield


def right(password: str, stored: str | None) -> bool:
    return asyncio.run(check_password(password, stored)).right


def test_the_hash_is_argon2id_and_salted() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    # 64 MiB, three passes, four lanes: RFC 9106, its second choice.
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert PASSWORD not in first


def test_only_the_password_itself_is_right() -> None:
    stored = hash_password(PASSWORD)
    assert right(PASSWORD, stored)
    for wrong in ("", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper()):
        assert not right(wrong, stored)


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert right(decomposed, hash_password(PASSWORD))
    longest = unicodedata.normalize("NFD", "ậ" * MAX_LENGTH)
    assert right(longest, hash_password(longest))


def test_too_short_and_too_long_are_refused() -> None:
    for unfit in ("short", "x" * (MAX_LENGTH + 1)):
        with pytest.raises(BadParameter, match="12 to 256"):
            hash_password(unfit)
    assert not right("x" * 100_000, hash_password("x" * MAX_LENGTH))


def test_without_an_account_a_hash_of_the_same_cost_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    hasher = passwords._hasher()
    really = hasher.verify_and_update

    def watched(password: str | bytes, stored: str | bytes) -> tuple[bool, str | None]:
        checked.append(str(stored))
        return really(password, stored)

    monkeypatch.setattr(hasher, "verify_and_update", watched)
    stored = hash_password(PASSWORD)
    assert not right(PASSWORD, stored=None)
    assert right(PASSWORD, stored)
    assert len(checked) == 2
    # Algorithm, version and costs: what decides how long a check takes.
    assert checked[0].split("$")[:4] == checked[1].split("$")[:4]


def test_a_hash_with_old_costs_is_renewed() -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    old = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8_192),)).hash(PASSWORD)
    verdict = asyncio.run(check_password(PASSWORD, old))
    assert verdict.right
    assert verdict.renewed is not None
    assert asyncio.run(check_password(PASSWORD, verdict.renewed)).renewed is None
    assert asyncio.run(check_password("wrong password", old)).renewed is None


def test_generated_passwords_are_long_legible_and_different() -> None:
    made = {generated_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 23 and not set(password) & set("0O1lIi") for password in made)
