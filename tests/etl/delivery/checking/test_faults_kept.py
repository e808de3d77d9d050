"""What is wrong with the rows of a refused file is kept: with row, words in two languages and a place."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from shapely import Polygon

from etl.delivery.faults import MOST_KEPT, Faults
from etl.delivery.opening import open_delivery
from etl.delivery.staging import stage
from etl.delivery.workspace import make_workspace
from gis_platform.city import load_city
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.checked import ENTER, FAULTS, Fault
from tests.support.delivered import DAY, EAST, NORTH, Sample, parcels, request, write_sample

BOW_TIE = Polygon([(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)])


@pytest.fixture
def kept(settings: Settings, work: psycopg.Connection[Any], tmp_path: Path) -> Any:
    """The faults that a refused sample leaves in the database, after the refusal took all else back."""

    def refuse(sample: Sample) -> list[Fault]:
        asked = request(write_sample(tmp_path / "refused.gpkg", sample))
        faults = Faults("refused.gpkg")
        entered = work.execute(ENTER.encode(), ("parcels", DAY)).fetchone()
        assert entered is not None
        work.commit()
        reader, _ = open_delivery(load_city(settings.city), asked, faults)
        make_workspace(work, entered[0])
        with pytest.raises(DeliveryRefused):
            stage(work, reader, lambda _: None)
        work.rollback()
        faults.store(work, entered[0])
        faults.store(work, entered[0])
        return [Fault(*row) for row in work.execute(FAULTS.encode(), (entered[0],)).fetchall()]

    return refuse


def test_faults_found_while_reading(kept: Any) -> None:
    sample = parcels(5).with_column("legal_area_m2", ["1", "?", "3", "4", "5"]).with_shape(4, BOW_TIE)
    value, broken = kept(sample.with_shape(5, None))[:2]
    assert (value.code, value.severity, value.row, value.fid) == ("wrong_value", "error", 2, 2)
    assert "legal_area_m2: '?' is not a number" in value.en
    assert value.vi == "Cột legal_area_m2: giá trị '?' không hợp lệ cho legal_area_m2."
    assert value.place == "POINT(567017 1145009)"
    assert (broken.code, broken.row) == ("broken_geometry", 4)
    assert broken.vi.startswith("Hình học không hợp lệ: ranh tự cắt tại toạ độ [56700")
    assert broken.place is not None


def test_a_row_without_geometry_is_kept_without_a_place(kept: Any) -> None:
    (fault,) = kept(parcels(2).with_shape(2, None))
    assert (fault.code, fault.row, fault.place) == ("missing_geometry", 2, None)
    assert fault.vi.startswith("Không có hình học")


def test_faults_found_in_staged_rows_have_their_place(kept: Any) -> None:
    (fault,) = kept(parcels(3).with_column("identifier", ["w3gdumj11fw2", None, "WRONG"]))
    assert (fault.code, fault.row, fault.place) == ("database_rule", 3, "POINT(567029 1145009)")


def test_a_thousand_of_a_code_are_kept(kept: Any) -> None:
    faults = kept(parcels(MOST_KEPT + 50).with_column("legal_area_m2", "?").with_shape(1040, None))
    codes = [fault.code for fault in faults]
    assert (codes.count("wrong_value"), codes.count("missing_geometry")) == (MOST_KEPT, 1)
