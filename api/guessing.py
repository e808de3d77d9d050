"""Codes that open something without a sign-in: who asks for many that nobody was given is slowed down."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import Request

from gis_platform.access.place_meter import PlaceMeter
from gis_platform.errors import NotFound, TooManyRequests

Found = TypeVar("Found")

#: Codes that nothing has, asked for from one place in a minute: at this pace one of a hundred thousand codes
#: is guessed in some three thousand years.
MISSES_PER_MINUTE = 60


async def not_guessed(request: Request, found: Callable[[], Awaitable[Found]]) -> Found:
    """What is found by a code.

    Raises:
        NotFound: as it was raised.
        TooManyRequests: this place asked for many that nothing has; nothing is looked for.
    """
    meter: PlaceMeter = request.app.state.codes_missed
    place = request.client.host if request.client else ""
    if meter.would_wait(place):
        # A code that is there is not told either: else the bound would not slow who guesses.
        raise TooManyRequests(
            "Too many codes that nothing has. Compare the code with the paper, and try again in a minute.",
            retry_after=60,
            detail_vi="Đã nhập nhiều mã không có thật. Đề nghị đối chiếu với giấy hẹn, giấy chứng nhận rồi "
            "thử lại sau một phút.",
        )
    try:
        return await found()
    except NotFound:
        meter.wait(place)
        raise
