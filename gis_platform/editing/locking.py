"""Optimistic locking: who changes a feature says which state of it was seen (RFC 9110, 13.1.1)."""

from http import HTTPStatus

from gis_platform.errors import Problem


class StateNeeded(Problem):
    """The change does not say which state of the feature it is made to."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "state-needed"


class StateChanged(Problem):
    """The feature is no longer as the caller saw it."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "state-changed"


def read_if_match(header: str | None) -> tuple[str, ...]:
    """The tags of an ``If-Match`` header; ``*`` stands for any state.

    Raises:
        StateNeeded: there is no such header.
    """
    tags = tuple(tag.strip() for tag in (header or "").split(",") if tag.strip())
    if not tags:
        raise StateNeeded(
            "A change must say which state of the feature it is made to: send If-Match with the ETag that "
            "GET of the feature gave.",
            parameter="If-Match",
        )
    return tags


def state_changed() -> StateChanged:
    """What is told to whoever comes second."""
    return StateChanged(
        "The feature was changed since it was read. Read it again, look at the difference, and send the "
        "change with its new ETag.",
        parameter="If-Match",
    )
