"""A planner's desk of these tests' own."""

from collections.abc import Iterator

import pytest

from gis_platform.settings import Settings
from tests.support.draft_desk import DraftDesk, draft_desk


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DraftDesk]:
    with draft_desk(server, demo_template, base_settings, tmp_path_factory.mktemp("plans")) as opened:
        yield opened
