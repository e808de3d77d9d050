"""Scopes: their forms, and what each lets a key do."""

import pytest

from gis_platform.access.caller import Caller, KeyTerms
from gis_platform.access.roles import Role
from gis_platform.access.scopes import allows, parse_scopes, require_scope
from gis_platform.errors import BadParameter, Forbidden

KNOWN = ("parcels", "hotspots")


def test_each_form_is_kept_once_and_in_order() -> None:
    given = ["write:hotspots", "api", "read:*", "api:search", "api"]
    assert parse_scopes(given, KNOWN) == ("api", "api:search", "read:*", "write:hotspots")


@pytest.mark.parametrize(
    "given",
    [
        [],
        [""],
        ["read"],
        ["read:"],
        ["read:PARCELS"],
        ["write:nothing"],
        ["delete:parcels"],
        ["read:parcels "],
        ["read:parcels\n"],
        ["read:parcels,read:hotspots"],
        ["*"],
        [f"api:{'x' * n}" for n in range(1, 60)],
    ],
)
def test_what_would_allow_nothing_is_refused(given: list[str]) -> None:
    with pytest.raises(BadParameter) as refused:
        parse_scopes(given, KNOWN)
    assert refused.value.parameter == "scope"


@pytest.mark.parametrize(
    ("scopes", "verb", "name", "allowed"),
    [
        (None, "write", "parcels", True),
        ({"read:parcels"}, "read", "parcels", True),
        ({"read:parcels"}, "read", "parcels_old", False),
        ({"read:parcels"}, "write", "parcels", False),
        ({"read:*"}, "read", "parcels", True),
        ({"read:*"}, "write", "parcels", False),
        ({"write:*"}, "write", "parcels", True),
        ({"write:*"}, "read", "parcels", False),
        ({"api"}, "api", "search", True),
        ({"api"}, "read", "parcels", False),
        ({"api:search"}, "api", "search", True),
        ({"api:search"}, "api", "parcels", False),
        ((), "read", "parcels", False),
    ],
)
def test_what_scopes_allow(scopes: set[str] | None, verb: str, name: str, allowed: bool) -> None:
    assert allows(scopes, verb, name) is allowed


def test_a_missing_scope_is_named() -> None:
    terms = KeyTerms(1, "tax-office", frozenset({"read:parcels"}), 10, 1.0)
    caller = Caller(account_id=1, username="lan", display_name="Lan", role=Role.ADMIN, kind="key", key=terms)
    require_scope(caller, "read", "parcels")
    with pytest.raises(Forbidden, match=r"no scope write:parcels; it has: read:parcels") as refused:
        require_scope(caller, "write", "parcels")
    assert refused.value.body()["scope"] == "write:parcels"
    require_scope(Caller.anonymous(), "write", "parcels")
