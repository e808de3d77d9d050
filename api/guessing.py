"""Codes that open something without a sign-in: who asks for many that nobody was given is slowed down."""

from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

from gis_platform.access.place_meter import PlaceMeter
from gis_platform.errors import NotFound, TooManyRequests

Found = TypeVar("Found")

#: Codes that nothing has, asked for from one place in a minute: at this pace one of a hundred thousand codes
#: is guessed in some three thousand years.
MISSES_PER_MINUTE = 60


async def not_guessed(request: Request, found: Awaitable[Found]) -> Found:
    """What was found by a code.

    Raises:
        NotFound: as it was raised.
        TooManyRequests: instead, where there were many such from this place.
    """
    try:
        return await found
    except NotFound:
        meter: PlaceMeter = request.app.state.codes_missed
        wait = meter.wait(request.client.host if request.client else "")
        if wait:
            raise TooManyRequests(
                "Too many codes that nothing has. Compare the code with the paper.",
                retry_after=wait,
                detail_vi="Đã nhập nhiều mã không có thật. Đề nghị đối chiếu với giấy hẹn, giấy chứng nhận "
                "rồi thử lại sau.",
            ) from None
        raise
