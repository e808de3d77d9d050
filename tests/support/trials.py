"""The workflow of ``tests.support.trial_room`` beside those that are installed, in a database of tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from gis_platform.casework import registry
from gis_platform.casework.derived import apply_workflows
from gis_platform.casework.registry import installed_workflows
from gis_platform.database.server import Logins
from gis_platform.layer.registry import layer_packages
from tests.support.office import Office

_ROOM = "tests.support.trial_room"
_DAYS = {"trial.limit.small": 5, "trial.limit.large": 10, "trial.added": 2, "trial.opinion": 2}
_RULE = """
    INSERT INTO core.rule (code, title_vi, title_en, value, document, article, effective_from, reading,
                           recorded_by)
    SELECT %(code)s, 'Thời hạn thử', 'A term',
           jsonb_build_object('days', CAST(%(days)s AS integer), 'counts', 'working'),
           'Văn bản thử', 'Điều 1', '2026-07-01', 'unverified', 'test'
    WHERE NOT EXISTS (SELECT FROM core.rule WHERE code = %(code)s)
"""


@contextmanager
def trial_workflow(places: Logins) -> Iterator[None]:
    """It is found, allowed and has its rules until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "layer_packages", lambda: (*layer_packages(), _ROOM))
        _allow_anew(places)
        with psycopg.connect(places.owner) as owner:
            for code, days in _DAYS.items():
                owner.execute(_RULE, {"code": code, "days": days})
        yield
    _allow_anew(places)


def open_trial(office: Office, kind: str = "small", **change: Any) -> Any:
    """A case of it that was taken in."""
    return office.open(workflow="trial", feature=None, details={"kind": kind}, **change)


def _allow_anew(places: Logins) -> None:
    installed_workflows.cache_clear()
    with psycopg.connect(places.owner) as owner:
        apply_workflows(owner, installed_workflows())
