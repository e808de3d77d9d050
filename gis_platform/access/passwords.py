"""Passwords: argon2id, and as long a wait for a name nobody has as for a wrong password.

Compared in Unicode NFC: keyboards send Vietnamese letters composed or decomposed.
"""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from gis_platform.errors import BadParameter
from gis_platform.folding import nfc

MIN_LENGTH = 12
MAX_LENGTH = 256

# No letter or digit that is read for another one, on paper or over the telephone.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"

# Each check takes 64 MiB: two at a time bound what a flood of sign-ins can take.
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password was right; ``renewed`` is a hash to store instead, made with today's costs."""

    right: bool
    renewed: str | None = None


def hash_password(password: str) -> str:
    """The hash to store.

    Raises:
        BadParameter: the password is too short or too long.
    """
    normal = nfc(password)
    if not MIN_LENGTH <= len(normal) <= MAX_LENGTH:
        raise BadParameter(
            f"A password must have {MIN_LENGTH} to {MAX_LENGTH} characters.",
            parameter="password",
            detail_vi=f"Mật khẩu phải có từ {MIN_LENGTH} đến {MAX_LENGTH} ký tự.",
        )
    return _hasher().hash(normal)


async def check_password(password: str, stored: str | None) -> Verdict:
    """Compare with a stored hash; ``None`` (no such account, or no password) costs the same time."""
    return await asyncio.get_running_loop().run_in_executor(_workers, _check, password, stored)


def generated_password() -> str:
    """Four groups of five legible characters, 99 bits."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(5)) for _ in range(4))


def _check(password: str, stored: str | None) -> Verdict:
    nobodys = _nobodys_hash()
    # A decomposed Vietnamese letter is up to three characters; beyond that it is nobody's password, and is
    # cut so that it costs what others cost.
    short = password[: 3 * MAX_LENGTH]
    right, renewed = _hasher().verify_and_update(nfc(short), nobodys if stored is None else stored)
    if not right or stored is None or short != password:
        return Verdict(right=False)
    return Verdict(right=True, renewed=renewed)


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))
