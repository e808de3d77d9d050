"""Answers are kept for years and remarks are read by people: who has not signed in makes so many a minute."""

from fastapi import Request

from gis_platform.access.caller import Caller
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.errors import TooManyRequests
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal

REMARKS_PER_MINUTE = 5

_ANSWERS = Text(
    "Từ địa chỉ mạng này đã có quá nhiều lượt tra cứu mới trong ít phút. Hãy thử lại sau ít phút; kết quả đã "
    "tra cứu vẫn mở lại được. Nếu cần tra cứu hàng loạt, hãy dùng tài khoản hoặc khoá truy cập do thành phố "
    "cấp.",
    "Too many new look-ups came from this network address within minutes. Try again in a few minutes; "
    "answers already given stay open. To look up many, use an account or a key that the city gives out.",
)
_REMARKS = Text(
    "Từ địa chỉ mạng này đã có quá nhiều phản ánh trong ít phút. Xin cảm ơn; hãy quay lại sau ít phút.",
    "Too many remarks came from this network address within minutes. Thank you; please come back later.",
)


def room_for_answer(request: Request, caller: Caller) -> bool:
    """Whether one more new answer would be let through; counts nothing."""
    meter: PlaceMeter = request.app.state.answers_made
    return caller.signed_in or not meter.would_wait(_place(request))


def bound_answers(request: Request, caller: Caller, language: Language) -> None:
    """Count one answer that is newly kept.

    Raises:
        TooManyRequests: over the bound.
    """
    _count(request.app.state.answers_made, request, caller, _ANSWERS, language)


def bound_remarks(request: Request, caller: Caller, language: Language) -> None:
    """Count one remark; raises as ``bound_answers``."""
    _count(request.app.state.remarks_filed, request, caller, _REMARKS, language)


def _count(meter: PlaceMeter, request: Request, caller: Caller, told: Text, language: Language) -> None:
    wait = 0 if caller.signed_in else meter.wait(_place(request))
    if wait:
        raise refusal(TooManyRequests, told, language, retry_after=wait)


def _place(request: Request) -> str:
    return request.client.host if request.client else ""
