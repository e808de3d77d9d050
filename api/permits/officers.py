"""Who decides on permits: permit officers, in person."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentCaller
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Forbidden, SignInNeeded


def _officer(caller: CurrentCaller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded(
            "This is for permit officers. Sign in as one.",
            detail_vi="Việc này dành cho cán bộ cấp phép. Hãy đăng nhập.",
        )
    if caller.role is not Role.PERMIT or caller.key is not None:
        raise Forbidden(
            "This is for permit officers, in person.",
            detail_vi="Việc này dành cho cán bộ cấp phép trực tiếp thực hiện.",
        )
    return caller


Officer = Annotated[Caller, Depends(_officer)]
