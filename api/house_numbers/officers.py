"""Who decides on house numbers: permit officers and administrators, in person."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentCaller
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Forbidden, SignInNeeded

OFFICERS = frozenset({Role.PERMIT, Role.ADMIN})


def _officer(caller: CurrentCaller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded(
            "House numbers are given by permit officers. Sign in as one.",
            detail_vi="Số nhà do cán bộ cấp phép cấp. Hãy đăng nhập.",
        )
    if caller.role not in OFFICERS or caller.key is not None:
        raise Forbidden(
            "House numbers are given by permit officers, in person.",
            detail_vi="Số nhà do cán bộ cấp phép trực tiếp cấp.",
        )
    return caller


Officer = Annotated[Caller, Depends(_officer)]
