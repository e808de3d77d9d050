"""The rule sets of a city's profile, written to core.rule; a correction in a file becomes a new version."""

import json
from collections.abc import Sequence
from typing import Any

import psycopg

from gis_platform.rules.rule_sets import read_rule_sets
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def seed_rules(connection: psycopg.Connection[Any], names: Sequence[str], packages: Sequence[str]) -> int:
    """Bring core.rule to what the sets say and tell how many rows changed; commits nothing.

    Safe to repeat. Days that somebody else entered a rule for stay as they are, whatever a set says of them.

    Raises:
        BadParameter: a set is unknown or cannot be used.
    """
    stated = [
        {**rule.model_dump(mode="json"), "recorded_by": f"set:{name}"}
        for name, rule in read_rule_sets(names, packages)
    ]
    values = {"stated": json.dumps(stated)}
    closed = connection.execute(SQL["close_what_the_sets_no_longer_say"].text.encode(), values).rowcount
    return closed + connection.execute(SQL["write_what_is_missing"].text.encode(), values).rowcount
