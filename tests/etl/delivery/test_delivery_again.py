"""The same file sent again while it waits, and a kept file read in another way, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery import register
from etl.delivery.anew import read_anew
from etl.delivery.deliver import deliver, propose
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, Conflict, DeliveryRefused
from gis_platform.settings import Settings
from tests.support.delivered import parcels, request, write_sample

Owner = psycopg.Connection[tuple[object, ...]]


def _numbers(owner: Owner) -> list[int]:
    return [int(str(row[0])) for row in owner.execute("SELECT id FROM core.delivery ORDER BY id").fetchall()]


def test_a_file_that_waits_is_recognised(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner
) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    first = propose(settings, request(file), database.owner)
    again = propose(settings, request(file.rename(tmp_path / "khac_ten.gpkg")), database.owner)
    assert (again.id, again.status, again.known) == (first.id, "ready", True)
    assert again.counts == first.counts
    assert again.as_json()["known"] is True
    assert _numbers(owner) == [first.id]


@pytest.mark.parametrize("more", [{"scope": ("unit_code",)}, {"correction": True}])
def test_what_is_read_or_meant_otherwise_is_another_delivery(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner, more: dict[str, Any]
) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    propose(settings, request(file), database.owner)
    other = propose(settings, request(file, **more), database.owner)
    assert not other.known
    assert len(_numbers(owner)) == 2


def test_what_broke_off_is_gone_on_with(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner
) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    first = propose(settings, request(file), database.owner)
    owner.execute("UPDATE core.delivery SET status = 'preparing', options = '{}' WHERE id = %s", [first.id])
    again = propose(settings, request(file), database.owner)
    assert (again.id, again.status, again.known) == (first.id, "ready", True)
    owner.execute("UPDATE core.delivery SET status = 'approved' WHERE id = %s", [first.id])
    with pytest.raises(Conflict, match=f"delivery {first.id}, and is being applied"):
        propose(settings, request(file), database.owner)


def test_approving_the_file_that_waits_applies_it(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner
) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    first = propose(settings, request(file), database.owner)
    done = deliver(settings, request(file), database.owner)
    assert (done.id, done.status) == (first.id, "applied")
    assert owner.execute("SELECT count(*) FROM layer.parcels").fetchone() == (3,)


def test_a_guessed_grid_is_accepted_on_the_kept_file(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner
) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3).said_to_be(5897))
    with pytest.raises(DeliveryRefused) as refusal:
        propose(settings, request(file), database.owner)
    number = refusal.value.extra["delivery"]
    file.unlink()
    result = read_anew(settings, number, database.owner, {}, by="chuyen_vien", accept_grid=True)
    assert (result.id, result.status, result.counts.added) == (number, "ready", 3)
    entry = register.find(owner, number)
    assert entry.asked["crs"] == "EPSG:9210"
    told = owner.execute("SELECT actor, detail FROM core.audit_entry WHERE action = 'delivery.read-anew'")
    assert told.fetchall() == [
        ("chuyen_vien", {"file": "thua.gpkg", "said": {"crs": "EPSG:9210", "override_crs": True}})
    ]
    with pytest.raises(BadParameter, match="No grid is proposed"):
        read_anew(settings, number, database.owner, {}, by="x", accept_grid=True)
    with pytest.raises(BadParameter, match="Say how"):
        read_anew(settings, number, database.owner, {}, by="x")
    owner.execute("UPDATE core.delivery SET status = 'applied' WHERE id = %s", [number])
    with pytest.raises(Conflict, match="not read anew"):
        read_anew(settings, number, database.owner, {"crs": "EPSG:9210"}, by="x")


def test_tcvn3_that_begins_late_is_converted_when_it_is_named(
    settings: Settings, database: Logins, tmp_path: Path, owner: Owner
) -> None:
    count = 2_300
    late = ["đường Lê Lợi"] * 10 + ["so 5"] * 2_090 + ["®­êng NguyÔn Tr·i", "®­êng Hïng V­¬ng"] * 100
    file = write_sample(tmp_path / "thua.gpkg", parcels(count).with_column("address", late))
    with pytest.raises(DeliveryRefused, match="--encoding tcvn3") as refusal:
        propose(settings, request(file), database.owner)
    assert refusal.value.extra["encoding"] == "tcvn3"
    number = refusal.value.extra["delivery"]
    kept = owner.execute("SELECT summary ->> 'encoding' FROM core.delivery WHERE id = %s", [number])
    assert kept.fetchone() == ("tcvn3",)
    result = read_anew(settings, number, database.owner, {"encoding": "tcvn3"}, by="chuyen_vien")
    assert result.status == "ready"
    staged = owner.execute(f"SELECT DISTINCT address FROM delivery_{number}.staged ORDER BY 1").fetchall()  # noqa: S608
    assert {row[0] for row in staged} == {"đường Lê Lợi", "so 5", "đường Nguyễn Trãi", "đường Hùng Vương"}


def test_the_commands_say_which_delivery_it_is_and_take_the_guess(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    def run(*arguments: object) -> tuple[int, str, str]:
        secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
        told = {"GIS_DATABASE_URL": database.owner, "GIS_DATA_DIR": str(settings.data_dir)}
        told |= {"GIS_SECRET_KEY": secret} if secret else {}
        done = subprocess.run(  # noqa: S603  # this very program
            [sys.executable, "-c", "from gis_platform.cli import main; main()", *map(str, arguments)],
            capture_output=True,
            text=True,
            env={**os.environ, **told},
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    asked = ("--layer", "parcels", "--source-date", "2020-09-01")
    wrong = write_sample(tmp_path / "sai_he.gpkg", parcels(3).said_to_be(5897))
    code, _, err = run("deliver", wrong, *asked)
    assert code == 2
    assert "gis-platform read-anew 1 --accept-grid" in err
    code, out, err = run("read-anew", 1, "--accept-grid", "--json")
    assert code == 0, err
    assert json.loads(out)["counts"]["added"] == 3
    code, _, err = run("read-anew", 1, "--crs", "EPSG:5897", "--json")
    assert code == 2, err
    file = write_sample(tmp_path / "thua.gpkg", parcels(2, "8"))
    assert run("deliver", file, *asked)[0] == 0
    code, out, _ = run("deliver", file, *asked)
    assert (code, out.splitlines()[0]) == (0, "This file is here already, as delivery 2.")
