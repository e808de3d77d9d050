"""What any operation may answer besides what it was asked for: told once, and referred to from each."""

from http import HTTPStatus
from typing import Any

from api.openapi.schemas import ANSWERED_WITH, ASKED_IN_A_BODY, OF_MEDIA_TYPE, refer

PROBLEM = "application/problem+json"
_WHY: dict[int, str] = {
    400: "A parameter or the body cannot be used; `parameter` names it.",
    401: "Sign in, or send a token that holds: WWW-Authenticate says how.",
    403: "Not open to the caller's role or key.",
    404: "Not there.",
    405: "Not with this method; Allow names those that are.",
    406: "No representation that Accept names.",
    408: "The rest did not come in time; what came before may be kept.",
    409: "The state of the data does not allow it now.",
    410: "It was there and is no more.",
    412: "It was changed since it was read: If-Match names another state.",
    413: "The request carries more than this address takes.",
    415: "A body of this media type is not taken.",
    416: "The range lies outside.",
    423: "Somebody else is writing it at this moment.",
    428: "A change needs If-Match with the ETag it was read with.",
    429: "Too many requests; Retry-After says when to go on.",
    460: "The bytes are not those that were sent: the checksum is another.",
    503: "Not able to answer now; Retry-After says when to try again.",
    507: "The disk has no room for it.",
}
_NAMES = {460: "ChecksumMismatch"}
"""Of the tus protocol; not among those of HTTP."""
_ALWAYS = (400, 401, 403, 413, 429, 503)
_RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}


def shared_responses() -> dict[str, Any]:
    """``components.responses``: every refusal as problem+json (RFC 9457)."""
    return {_name(status): _refusal(status, why) for status, why in _WHY.items()}


def _refusal(status: int, why: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": f"{why} As problem+json (RFC 9457).",
        "content": {PROBLEM: {"schema": refer("problem")}},
    }
    if status in (429, 503):
        answer["headers"] = {"Retry-After": _RETRY_AFTER}
    return answer


def _name(status: int) -> str:
    return _NAMES.get(status) or HTTPStatus(status).name.title().replace("_", "")


def complete(path: str, verb: str, operation: dict[str, Any]) -> None:
    """Give an operation every answer it can have: those of its route, and those of what stands before it."""
    answers = operation["responses"]
    answers.pop("422", None)  # what FastAPI would answer with goes out as 400
    parameters = operation.get("parameters", [])
    refusals = {int(status) for status in answers if status.isdecimal() and int(status) in _WHY}
    refusals |= set(_ALWAYS)
    if parameters or "/oidc/" in path:
        refusals.add(404)
    forms = _forms(parameters)
    if forms:
        refusals.add(406)
    for status in sorted(refusals):
        answers[str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}
    for empty in ("204", "304"):
        if empty in answers:
            answers[empty].pop("content", None)
    if "200" in answers and (verb == "get" or path in ASKED_IN_A_BODY):
        _shape(path, answers["200"], forms)


def _forms(parameters: list[dict[str, Any]]) -> list[str]:
    """What ``f`` may be, where an operation takes it."""
    for parameter in parameters:
        if parameter["in"] == "query" and parameter["name"] == "f":
            named: list[str] = parameter["schema"].get("enum", [])
            return named
    return []


def _shape(path: str, answer: dict[str, Any], forms: list[str]) -> None:
    content: dict[str, Any] = answer.setdefault("content", {})
    if "json" in forms and not any("json" in media for media in content if "tile" not in media):
        content["application/json"] = {"schema": {"type": "object"}}
    if "html" in forms:
        content.setdefault("text/html", {"schema": {"type": "string"}})
    for media, told in content.items():
        if media in OF_MEDIA_TYPE:
            told["schema"] = refer(OF_MEDIA_TYPE[media])
        elif media.endswith(("json", "+json")) and path in ANSWERED_WITH:
            told["schema"] = refer(ANSWERED_WITH[path])
