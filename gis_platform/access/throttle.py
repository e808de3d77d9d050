"""How often sign-in may fail: per name, so that one password cannot be guessed, and per address.

An attempt is counted before its password is looked at, and taken back when it was right. So attempts at
the same moment cannot slip past the limit together, and one that ends in a crash counts as failed.
"""

import hashlib
import ipaddress
from datetime import timedelta
from typing import Any

import psycopg

from gis_platform.errors import TooManyRequests
from gis_platform.folding import nfc
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

WINDOW = timedelta(minutes=15)
MOST_PER_USERNAME = 10
MOST_PER_ADDRESS = 50


async def count_attempt(connection: psycopg.AsyncConnection[Any], username: str, address: str) -> None:
    """Count an attempt as failed until ``forgive`` takes it back; the caller commits.

    Raises:
        TooManyRequests: too many failed; ``retry_after`` in the problem is in seconds. Not counted.
    """
    name, place = username_hash(username), network(address)
    for space, key in ((1, name), (2, hashlib.sha256(place.encode()).digest())):
        await connection.execute(SQL["one_at_a_time"].text.encode(), {"space": space, "key": _lock_key(key)})
    limits = (
        ("wait_for_username", {"username_hash": name, "most": MOST_PER_USERNAME}),
        ("wait_for_address", {"address": place, "most": MOST_PER_ADDRESS}),
    )
    for query, parameters in limits:
        cursor = await connection.execute(SQL[query].text.encode(), {**parameters, "window": WINDOW})
        row = await cursor.fetchone()
        if row is not None:
            seconds = max(1, int(row[0]))
            raise TooManyRequests(
                "Sign-in failed too often. Wait "
                f"{-(-seconds // 60)} minutes and try again, or ask an administrator for a new password.",
                retry_after=seconds,
                detail_vi=f"Đăng nhập sai quá nhiều lần. Hãy đợi {-(-seconds // 60)} phút rồi thử lại, "
                "hoặc đề nghị quản trị hệ thống cấp mật khẩu mới.",
            )
    await connection.execute(SQL["count"].text.encode(), {"username_hash": name, "address": place})
    await connection.execute(SQL["forget_old"].text.encode())


async def forgive(connection: psycopg.AsyncConnection[Any], username: str) -> None:
    """The password was right: forget what failed for this name."""
    await connection.execute(SQL["forgive"].text.encode(), {"username_hash": username_hash(username)})


def network(address: str) -> str:
    """What is counted as one place: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100].replace("\0", "")
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def username_hash(username: str) -> bytes:
    """What is kept of a name that was tried, known or not: people type passwords into that field."""
    return hashlib.sha256(nfc(username).lower().encode(errors="surrogatepass")).digest()


def _lock_key(digest: bytes) -> int:
    return int.from_bytes(digest[:4], "big", signed=True)
