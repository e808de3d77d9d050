"""What a machine key may ask for: ``read:parcels``, ``read:*``, ``write:hotspots``, ``api:search``.

A scope only takes away: the role of the key's account still decides what there is to see.
"""

import re
from collections.abc import Iterable

from gis_platform.access.caller import Caller
from gis_platform.errors import BadParameter, Forbidden

MOST = 50
_SCOPE = re.compile(r"(read|write|api):([a-z][a-z0-9_]{0,62}|\*)|api")


def parse_scopes(given: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Scopes as they are kept: each once, in order.

    Args:
        given: as people write them.
        known: the layers. Only they are written; rasters, which come and go, are read by name too.

    Raises:
        BadParameter: one is of no known form or names nothing, there is none, or there are too many.
    """
    names = frozenset(known)
    scopes = sorted(set(given))
    if not 1 <= len(scopes) <= MOST:
        raise BadParameter(
            f"A key needs 1 to {MOST} scopes, such as read:*.",
            parameter="scope",
            detail_vi=f"Khoá truy cập cần từ 1 đến {MOST} phạm vi, ví dụ read:*.",
        )
    for scope in scopes:
        form = _SCOPE.fullmatch(scope)
        if form is None:
            raise BadParameter(
                f"{scope[:80]!r} is no scope. Scopes are read:NAME, read:*, write:NAME, write:*, "
                "api:NAME and api.",
                parameter="scope",
                detail_vi=f"“{scope[:80]}” không phải là phạm vi. Các phạm vi: read:TÊN, read:*, "
                "write:TÊN, write:*, api:TÊN và api.",
            )
        if form[1] == "write" and form[2] not in names | {"*"}:
            raise BadParameter(
                f"The scope {scope} names nothing. There are: {', '.join(sorted(names))}.",
                parameter="scope",
                detail_vi=f"Phạm vi {scope} không chỉ lớp dữ liệu nào. Hiện có: {', '.join(sorted(names))}.",
            )
    return tuple(scopes)


def allows(scopes: Iterable[str] | None, verb: str, name: str) -> bool:
    """True where these scopes let a caller do this to that; None are those of a caller without limits."""
    return scopes is None or not {verb, f"{verb}:*", f"{verb}:{name}"}.isdisjoint(scopes)


def require_scope(caller: Caller, verb: str, name: str) -> None:
    """Let the caller pass unless it is a key without that scope; the role is looked at elsewhere.

    Args:
        caller: whoever asks.
        verb: ``read``, ``write`` or ``api``.
        name: of the layer, the raster, or the part of the API.

    Raises:
        Forbidden: it is a key, and its scopes do not say so.
    """
    if not allows(caller.scopes, verb, name):
        held = ", ".join(sorted(caller.scopes or ()))
        raise Forbidden(
            f"This key has no scope {verb}:{name}; it has: {held}. Ask whoever gave it for one that has.",
            error="insufficient_scope",
            scope=f"{verb}:{name}",
        )
