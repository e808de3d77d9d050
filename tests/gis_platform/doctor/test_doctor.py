"""The doctor names what is missing and how to get it, and changes nothing."""

import json
import shutil
import socket
from pathlib import Path

import pytest
from typer import Exit

from gis_platform.cluster import running_cluster
from gis_platform.doctor import Finding, doctor, run_doctor
from gis_platform.settings import Settings
from tests.support.clusters import PROJECT, fresh_place


def found(findings: list[Finding], name: str) -> Finding:
    return next(each for each in findings if each.name == name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder with the lock files and nothing installed for the front end."""
    for name in ("requirements.lock", "package-lock.json"):
        shutil.copy(PROJECT / name, tmp_path)
    return tmp_path


def test_packages_that_differ_from_the_locks(folder: Path) -> None:
    lock = folder / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "no-such-package==1.0\n", encoding="utf-8")
    findings = run_doctor(Settings(data_dir=folder / "data"), folder)
    python = found(findings, "Python packages")
    assert "no-such-package 1.0" in python.detail
    assert python.stops_the_platform
    web = found(findings, "Front-end packages")
    assert "node_modules/maplibre-gl" in web.detail or "more" in web.detail
    assert "make run" in web.remedy


def test_front_end_packages_as_in_the_lock(folder: Path) -> None:
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    for place, facts in lock["packages"].items():
        if place:
            (folder / place).mkdir(parents=True, exist_ok=True)
            (folder / place / "package.json").write_text(json.dumps({"version": facts["version"]}), "utf-8")
    assert found(run_doctor(Settings(data_dir=folder), folder), "Front-end packages").ok


def test_a_taken_port_is_told_and_does_not_count_as_missing(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = found(run_doctor(Settings(data_dir=folder, port=port), folder), "Web port")
    assert not told.ok
    assert not told.stops_the_platform
    assert told.detail == f"Port {port} is taken by another program; set GIS_PORT"


def test_a_data_folder_that_cannot_be_written(folder: Path) -> None:
    (folder / "file").touch()
    told = found(run_doctor(Settings(data_dir=folder / "file/data"), folder), "Data folder")
    assert told.stops_the_platform
    assert "GIS_DATA_DIR" in told.remedy


def test_nothing_is_made(folder: Path) -> None:
    run_doctor(Settings(data_dir=folder / "data"), folder)
    assert not (folder / "data").exists()


def test_the_cluster_running_and_stopped(folder: Path) -> None:
    with fresh_place() as place:
        settings = Settings(data_dir=place.data_dir)
        with running_cluster(settings):
            findings = run_doctor(settings, folder)
            assert "running as" in found(findings, "Private database").detail
            # The city's database is not there yet.
            assert "gis-platform migrate" in found(findings, "Schema").remedy
        assert "not running now" in found(run_doctor(settings, folder), "Private database").detail


def test_a_server_of_your_own(folder: Path) -> None:
    with fresh_place() as place, running_cluster(place) as cluster:
        own = Settings(data_dir=folder, database_url=cluster.url())
        findings = run_doctor(own, folder)
        assert found(findings, "Database server").ok
        schema = found(findings, "Schema")
        assert not schema.ok
        assert "behind by" in schema.detail
    gone = found(run_doctor(own, folder), "Database server")
    assert gone.stops_the_platform
    assert "does not answer" in gone.detail


def test_the_command_leaves_with_1_when_something_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://city@127.0.0.1:1/gis")
    with pytest.raises(Exit) as left:
        doctor()
    assert left.value.exit_code == 1
    told = capsys.readouterr().out
    assert "MISSING  Database server" in told
    assert "need attention" in told
