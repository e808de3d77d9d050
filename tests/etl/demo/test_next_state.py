"""The made-up cadastre of a later month: what was done to it is found again, and it says it is made up."""

from datetime import date
from pathlib import Path

import psycopg
import pytest

from etl.delivery.deliver import deliver
from etl.delivery.progress import Silent
from etl.delivery.request import DeliveryRequest
from etl.demo.load import load_demo
from etl.demo.next_state import write_next_state
from gis_platform.city import load_city
from gis_platform.cli import main
from gis_platform.database.server import Logins
from gis_platform.settings import Settings

THIS_MONTH = date(2026, 11, 1)


def test_a_newcomer_brings_the_demo_city_from_2018_to_this_month(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    file = tmp_path / "thua_dat.gpkg"
    with psycopg.connect(database.owner) as connection:
        load_demo(connection, settings, 2_000, 7, Silent())
        connection.commit()
        done = write_next_state(connection, load_city(settings.city), file, seed=11)
    assert done.pop("read") == 2_000
    assert min(done.values()) > 0
    request = DeliveryRequest(file=file, layer="parcels", source_date=THIS_MONTH)
    result = deliver(settings, request, database.owner)
    assert result.status == "applied"
    assert {name: result.counts.as_dict()[name] for name in done} == done
    with psycopg.connect(database.owner) as connection:
        row = connection.execute(
            "SELECT synthetic, complete, source_date FROM core.delivery WHERE id = %s", [result.id]
        ).fetchone()
    assert row == (True, True, THIS_MONTH)


@pytest.mark.parametrize("name", ["there.gpkg", "thua_dat.shp"])
def test_a_file_that_is_there_is_not_overwritten(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.gpkg").write_bytes(b"of somebody")
    monkeypatch.setattr("sys.argv", ["gis-platform", "demo-delivery", str(tmp_path / name)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert "name a file ending in .gpkg that is not there yet" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "there.gpkg").read_bytes() == b"of somebody"
