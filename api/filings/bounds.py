"""Each filing is a file that officers open: who has not signed in makes so many a minute from one place."""

from fastapi import Request

from gis_platform.access.caller import Caller
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.errors import TooManyRequests
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal

#: A member of a digital group helps a street file one after the other, and stays below.
FILINGS_PER_MINUTE = 5
PAPERS_PER_MINUTE = 60

_FILINGS = Text(
    "Từ địa chỉ mạng này đã nộp quá nhiều hồ sơ trong ít phút. Những gì đã điền vẫn còn; hãy thử gửi "
    "lại sau ít phút.",
    "Too many filings came from this network address within minutes. What was filled in is still there: "
    "try again "
    "in a few minutes.",
)
_PAPERS = Text(
    "Từ địa chỉ mạng này đã gửi quá nhiều tệp trong ít phút. Hãy thử gửi lại sau ít phút.",
    "Too many files came from this network address within minutes. Try again in a few minutes.",
)


def bound_filings(request: Request, caller: Caller, language: Language) -> None:
    """Count one filing.

    Raises:
        TooManyRequests: over the bound.
    """
    _count(request.app.state.filings_made, request, caller, _FILINGS, language)


def bound_papers(request: Request, caller: Caller, language: Language) -> None:
    """Count one paper; raises as ``bound_filings``."""
    _count(request.app.state.papers_sent, request, caller, _PAPERS, language)


def _count(meter: PlaceMeter, request: Request, caller: Caller, told: Text, language: Language) -> None:
    place = request.client.host if request.client else ""
    wait = 0 if caller.signed_in else meter.wait(place)
    if wait:
        raise refusal(TooManyRequests, told, language, retry_after=wait)
