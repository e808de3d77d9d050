"""How much work a password's hash is: the server's own measure, or next to none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from gis_platform.access import passwords

Hashers = Callable[[], PasswordHash]

_QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))


def quick() -> PasswordHash:
    """Argon2id all the same."""
    return _QUICK


servers: Hashers = passwords._hasher
"""What the server uses where no test says otherwise."""


@contextmanager
def passwords_as_in(hashers: Hashers) -> Iterator[None]:
    """Hashes are made and expected with these costs; the hash of nobody's password is made anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", hashers)
        passwords._nobodys_hash.cache_clear()
        yield
    passwords._nobodys_hash.cache_clear()
