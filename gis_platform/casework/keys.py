"""The key of a filing: given to the applicant once, and kept as a hash alone.

Twenty symbols in groups of four, of those that codes are written with: nineteen by chance (about 86 bits), so
that a plain hash of it cannot be turned back, and one that checks them.
"""

import hashlib
import secrets

from gis_platform.casework.codes import SYMBOLS, check_symbol, shown_code

_LENGTH = 20


def new_key() -> str:
    """A key as people read it."""
    drawn = "".join(secrets.choice(SYMBOLS) for _ in range(_LENGTH - 1))
    return shown_code(drawn + check_symbol(drawn))


def key_hash(text: str) -> bytes | None:
    """The hash of a key as somebody typed it; None for what can be no key."""
    key = "".join(text.upper().replace("-", " ").replace(".", " ").split())
    if len(key) != _LENGTH or not set(key) <= set(SYMBOLS) or check_symbol(key[:-1]) != key[-1]:
        return None
    return hashlib.sha256(key.encode()).digest()
