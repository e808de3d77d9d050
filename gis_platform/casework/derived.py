"""What the database must hold because a workflow is declared: who may read, open and move its cases.

Written after every migration, from nothing: what a workflow no longer says is not allowed any more.
"""

import json
from collections.abc import Mapping
from typing import Any

import psycopg

from gis_platform.casework.declaration import Workflow
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def apply_workflows(connection: psycopg.Connection[Any], workflows: Mapping[str, Workflow]) -> None:
    """Bring the database's list of workflows and moves to what is declared; commits nothing."""
    told = [
        {
            "name": one.name,
            "initial": one.initial,
            "readers": sorted(one.readers),
            "openers": sorted(one.openers),
            "handlers": sorted(one.handlers),
            "online": one.online,
        }
        for one in workflows.values()
    ]
    moves = [
        {
            "workflow": one.name,
            "name": move.name,
            "from_state": source,
            "to_state": move.to,
            "roles": sorted(move.roles),
            "own_unit": move.own_unit,
            "ends": one.state(move.to).ends,
        }
        for one in workflows.values()
        for move in one.moves
        for source in move.sources
    ]
    connection.execute(SQL["forget"].text.encode())
    connection.execute(SQL["workflows"].text.encode(), {"told": json.dumps(told)})
    connection.execute(SQL["moves"].text.encode(), {"told": json.dumps(moves)})
