"""Errors for people, in one shape: problem+json after RFC 9457.

An error class carries its HTTP status. The API has one handler for them; the command line prints
the detail and leaves with a code that is not 0.
"""

from http import HTTPStatus
from typing import Any, ClassVar


class Problem(Exception):
    """Something a person can act on: what happened, where, and what to do."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    code: ClassVar[str] = "problem"

    def __init__(
        self, detail: str, *, parameter: str | None = None, detail_vi: str | None = None, **extra: Any
    ) -> None:
        """``detail_vi`` says the same in Vietnamese; without it the API has a sentence for the kind."""
        super().__init__(detail)
        self.detail = detail
        self.detail_vi = detail_vi
        self.parameter = parameter
        self.extra = extra

    def body(self, instance: str | None = None) -> dict[str, Any]:
        """The RFC 9457 members, plus ``parameter`` where one is at fault."""
        members: dict[str, Any] = {
            "type": f"urn:gis-platform:problem:{self.code}",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
        }
        if instance:
            members["instance"] = instance
        if self.parameter:
            members["parameter"] = self.parameter
        if self.detail_vi:
            members["detail_vi"] = self.detail_vi
        return members | self.extra


class BadParameter(Problem):
    """A parameter cannot be used; ``parameter`` names it."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad-parameter"


class SignInNeeded(Problem):
    """The caller is not signed in, and must be."""

    status = HTTPStatus.UNAUTHORIZED
    code = "sign-in-needed"


class Forbidden(Problem):
    """The caller is known and may not do this."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"


class NotFound(Problem):
    """What was looked for is not there; the detail says what was looked for."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"


class MethodRefused(Problem):
    """The resource does not know this method; ``allow`` names those it knows."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method-not-allowed"


class NotAcceptable(Problem):
    """None of the forms a resource has is one that the caller takes."""

    status = HTTPStatus.NOT_ACCEPTABLE
    code = "not-acceptable"


class Conflict(Problem):
    """The state of the data does not allow it now."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class TooManyRequests(Problem):
    """Too many tries; wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too-many-requests"


class Unavailable(Problem):
    """The platform cannot answer now: not migrated, not loaded, or the database is away."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"


class DeliveryRefused(Problem):
    """A delivered file cannot be taken in; the detail names file, row and cause."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "delivery-refused"
