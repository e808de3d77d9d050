"""What every error looks like, whichever way it came to be."""

from typing import Any

MEDIA_TYPE = "application/problem+json"
MEMBERS = {"type", "title", "status", "detail", "instance"}


def problem(answer: Any, status: int, parameter: str | None = None) -> dict[str, Any]:
    """The problem of an answer, checked to be one: of this status, naming this parameter."""
    told = f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code == status, told
    assert answer.headers["content-type"] == MEDIA_TYPE, told
    body: dict[str, Any] = answer.json()
    assert MEMBERS <= set(body), told
    assert body["status"] == status, told
    assert body["detail"], told
    assert body["instance"] == answer.request.url.path, told
    if parameter is not None:
        assert body.get("parameter") == parameter, told
    return body
