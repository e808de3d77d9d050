"""The set-up knows what is done, reads its helpers' progress, and stands on the standard library alone."""

import io
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gis_platform.bootstrap import debian, python_env, web_packages
from gis_platform.bootstrap.command import run
from gis_platform.bootstrap.stamp import Stamp
from gis_platform.bootstrap.stop import CannotGoOn
from gis_platform.cluster.installation import EXTENSIONS, installations, usable
from gis_platform.progress import step
from tests.support.clusters import PROJECT

DONE = python_env.ready(PROJECT) and web_packages.ready(PROJECT)


def test_nothing_outside_the_standard_library_is_needed() -> None:
    asked = "import gis_platform.bootstrap.setup, gis_platform.cluster.__main__, gis_platform.cluster.remove"
    subprocess.run([sys.executable, "-S", "-c", asked], cwd=PROJECT, check=True)  # noqa: S603


@pytest.mark.skipif(not DONE, reason="this folder was not set up by the bootstrap")
def test_a_second_run_says_nothing_and_becomes_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "gis_platform.bootstrap", "run", "--", "/bin/echo", "ready"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (told.stdout, told.stderr) == ("ready\n", "")


def test_unknown_words_get_the_usage() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "gis_platform.bootstrap", "walk"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "run|test" in told.stderr


def test_a_stamp_is_valid_for_its_inputs_alone(tmp_path: Path) -> None:
    lock, done = tmp_path / "lock", tmp_path / "done"
    lock.write_text("a==1\n", encoding="ascii")
    done.mkdir()
    stamp = Stamp(done / "stamp", (lock,), ("3.11",))
    assert not stamp.valid
    stamp.leave()
    assert stamp.valid
    assert not Stamp(done / "stamp", (lock,), ("3.12",)).valid
    lock.write_text("a==2\n", encoding="ascii")
    assert not stamp.valid
    shutil.rmtree(done)
    assert not stamp.valid


def test_a_failing_program_tells_its_last_lines_and_the_remedy(tmp_path: Path) -> None:
    shown = io.StringIO()
    with pytest.raises(CannotGoOn) as told, step("Trying", shown) as trying:
        run(
            ["sh", "-c", "echo first; echo no room >&2; exit 3"], trying, folder=tmp_path, remedy="Make room."
        )
    for words in ("Trying failed", "no room", ".bootstrap.log", "Make room."):
        assert words in str(told.value)
    assert "FAILED" in shown.getvalue()
    assert "first\nno room\n" in (tmp_path / ".bootstrap.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "share", "note"),
    [
        ("dlstatus:3:50.0:Retrieving file 3 of 6", 0.25, "Retrieving file 3 of 6"),
        ("pmstatus:postgresql-15:50.0:Unpacking postgresql-15", 0.75, "Unpacking postgresql-15"),
        ("Reading package lists...", None, ""),
    ],
)
def test_apt_progress(line: str, share: float | None, note: str) -> None:
    with step("Packages", io.StringIO()) as shown:
        debian._read_status(line, shown)
        assert (shown.fraction, shown.note) == (share, note)


def test_pip_progress() -> None:
    with step("Packages", io.StringIO()) as shown:
        read = python_env._Reader(2)
        read("Collecting numpy==2.4.0 (from -r requirements.lock (line 1))\n", shown)
        assert (shown.fraction, shown.note) == (0.45, "numpy==2.4.0")
        read("Installing collected packages: numpy, shapely\n", shown)
        assert (shown.fraction, shown.note) == (0.9, "installing")


def test_a_terminal_sees_one_line_that_moves() -> None:
    ours, theirs = pty.openpty()
    said = b""
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        with step("Loading", terminal) as shown:
            shown.share(0.5)
            shown.say("parcels")
            while b"parcels" not in said:
                said += os.read(ours, 4096)
        while not said.endswith(b"\n"):
            said += os.read(ours, 4096)
    os.close(ours)
    told = said.decode()
    assert "\r\x1b[K  Loading" in told
    assert "50%" in told
    assert told.rpartition("\x1b[K")[2].startswith("  ✓ Loading")


def test_elsewhere_a_short_step_is_one_line() -> None:
    shown = io.StringIO()
    with step("Loading", shown):
        pass
    assert shown.getvalue() == "  ok Loading  0.0 s\n"


def test_a_server_without_postgis_is_not_usable(tmp_path: Path) -> None:
    for major in ("13", "15", "17"):
        programs = tmp_path / "lib/postgresql" / major / "bin"
        extensions = tmp_path / "share/postgresql" / major / "extension"
        programs.mkdir(parents=True)
        extensions.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            (programs / name).touch()
        for name in EXTENSIONS:
            (extensions / f"{name}.control").touch()
    (tmp_path / "share/postgresql/17/extension/postgis.control").unlink()
    assert [(each.major, each.missing) for each in installations(tmp_path)] == [
        (17, ("postgis",)),
        (15, ()),
        (13, ()),
    ]
    assert [each.major for each in usable(tmp_path)] == [15]


def test_what_to_install_is_one_whole_server() -> None:
    chosen = debian.packages(["database"])
    assert len({name.split("-")[1] for name in chosen}) == 1
    assert int(chosen[0].split("-")[1]) >= 15
    assert len(chosen) == 4


def test_a_server_of_your_own_needs_no_debian_packages() -> None:
    assert "database" not in debian.missing_groups(PROJECT, own_server=True, tests=True)
