"""``gis-platform run``: the port comes first, and what answers requests never learns the owner's login."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from gis_platform.database.server import Logins
from gis_platform.settings import Settings

COMMAND = [str(Path(sys.executable).with_name("gis-platform")), "run"]


def _run(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  # our own command
        COMMAND, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def _environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIS_")} | more


@pytest.mark.parametrize("workers", ["1", "3"])
def test_a_taken_port_is_told_before_any_work(tmp_path: Path, workers: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        asked = {"GIS_PORT": port, "GIS_WORKERS": workers, "GIS_DATA_DIR": str(tmp_path / "data")}
        ended = _run(_environment(**asked))
    assert ended.returncode == 1
    assert f"Port {port} is taken: set GIS_PORT" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_host_that_is_not_this_machine_is_told(tmp_path: Path) -> None:
    asked = {"GIS_HOST": "192.0.2.1", "GIS_DATA_DIR": str(tmp_path / "data")}
    ended = _run(_environment(**asked))
    assert ended.returncode == 1
    assert "Cannot listen on 192.0.2.1:8000" in ended.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_it_serves_and_its_workers_know_no_owner(
    small_city: Logins, base_settings: Settings, workers: int
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = _environment(
        GIS_PORT=str(port),
        GIS_WORKERS=str(workers),
        GIS_DATABASE_URL=small_city.owner,
        GIS_DATA_DIR=str(base_settings.data_dir),
        GIS_DEMO_PARCELS=str(base_settings.demo_parcels),
    )
    with subprocess.Popen(COMMAND, env=environment) as running:  # noqa: S603  # our own command
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/readyz", running)
            serving = [pid for pid in _children(running.pid) if b"spawn_main" in _of(pid, "cmdline")]
            assert len(serving) == (workers if workers > 1 else 0)
            for pid in serving:
                known = _of(pid, "environ").decode().split("\0")
                assert f"GIS_APP_DSN={small_city.app}" in known
                assert not [line for line in known if small_city.owner in line]
                assert not [line for line in known if line.startswith("GIS_DATABASE_URL=")]
        finally:
            running.terminate()
            running.wait(timeout=30)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _of(pid: str, what: str) -> bytes:
    return Path(f"/proc/{pid}/{what}").read_bytes()


def _wait_until_ready(address: str, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert running.poll() is None, "it ended by itself"
        try:
            if httpx2.get(address, timeout=10).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("it did not get ready")
