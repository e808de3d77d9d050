"""What machine keys may do, in one place ahead of every route: how much, how fast, and which part of the API.

To a caller without a key it costs one look at the query.
"""

import re

from gis_platform.access.caller import Caller
from gis_platform.access.quota import Allowance
from gis_platform.access.scopes import require_scope
from gis_platform.errors import BadParameter, Forbidden

_SECRET = re.compile(
    rb"(?:^|&)(?P<name>x[-_]api[-_]key|api[-_]?key|access_token)=|(?:^|&)(?P<holder>[^=&]*)=gis_[kbs]_",
    re.IGNORECASE,
)

# What a key may always look at: who it is, and how the API is used.
_FREE = frozenset({"/api/auth/me", "/api/openapi.json", "/api/docs"})
_FOR_PEOPLE = frozenset({"auth", "keys"})


def refuse_in_query(query: bytes) -> None:
    """Raises BadParameter where a query holds a key or token, whatever it is called."""
    found = _SECRET.search(query)
    if found is None:
        return
    name = (found["name"] or found["holder"]).decode("ascii", "replace")[:40]
    raise BadParameter(
        "Keys and tokens are taken in a header only, Authorization: Bearer or X-API-Key: addresses are kept "
        "in logs, histories and links. One that was sent like this should be revoked.",
        parameter=name,
        detail_vi="Khoá và mã truy cập chỉ được gửi trong tiêu đề Authorization hoặc X-API-Key, vì địa chỉ "
        "còn lưu lại trong nhật ký và lịch sử. Khoá đã gửi như vậy nên được thu hồi.",
    )


def require_allowed(allowance: Allowance, caller: Caller, path: str) -> None:
    """Raises what the key has used up, or Forbidden where it has no scope for this part of the API."""
    if allowance.refusal is not None:
        raise allowance.refusal
    _require_part(caller, path)


def _require_part(caller: Caller, path: str) -> None:
    """A part of ``/api`` needs a scope of its own; layers are looked at where they are found."""
    start, _, rest = path.removeprefix("/").partition("/")
    if start != "api" or path in _FREE:
        return
    part = rest.partition("/")[0][:63]
    if part in _FOR_PEOPLE:
        raise Forbidden("Sign-in and keys are for people; a key cannot be used here.")
    require_scope(caller, "api", part)
