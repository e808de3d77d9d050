"""An environment behind a link belongs to another folder: it is never emptied through the link."""

from pathlib import Path

import pytest

from gis_platform.bootstrap import python_env
from gis_platform.bootstrap.stop import CannotGoOn


def test_an_environment_behind_a_link_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    kept = theirs / "bin/python"
    kept.write_text("theirs", encoding="utf-8")
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / ".venv").symlink_to(theirs)
    with pytest.raises(CannotGoOn, match="leads elsewhere"):
        python_env.install(ours)
    assert kept.read_text(encoding="utf-8") == "theirs"
