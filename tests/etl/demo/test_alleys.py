"""Most alleys have a planned width, which is today's; of some nobody stated one."""

from etl.demo.founding import DEFAULT_SEED, make_city
from etl.demo.streets import lanes


def test_the_planned_width_of_an_alley_is_mostly_stated() -> None:
    alleys = [street for street in lanes(make_city(DEFAULT_SEED, 600)) if street.kind == "hem"]
    stated = [street for street in alleys if street.planned_m is not None]
    assert all(street.planned_m == street.width_m for street in stated)
    assert 0.6 < len(stated) / len(alleys) < 0.9
