"""Numbers and dates as Vietnamese people write them."""

from datetime import date
from decimal import Decimal

import pytest

from gis_platform import vietnamese_numbers as vn


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (7887, 0, "7.887"),
        (1_000_000, 0, "1.000.000"),
        (-1234, 0, "-1.234"),
        (2.5, 0, "3"),
        (2.1, 1, "2,1"),
        (1234.55, 1, "1.234,6"),
        (-0.04, 1, "0,0"),
        (Decimal("0.252906278"), 3, "0,253"),
        (1e21, 0, "1.000.000.000.000.000.000.000"),
    ],
)
def test_numbers(value: int | float | Decimal, decimals: int, written: str) -> None:
    assert vn.format_number(value, decimals) == written


@pytest.mark.parametrize(
    ("dong", "written"),
    [
        (0, "0 đồng"),
        (800_000, "800.000 đồng"),
        (999_999, "999.999 đồng"),
        (1_000_000, "1 triệu đồng"),
        (2_364_865, "2,4 triệu đồng"),
        (999_999_999, "1 tỷ đồng"),
        (2_100_000_000, "2,1 tỷ đồng"),
        (3_000_000_000, "3 tỷ đồng"),
        (1_234_500_000_000, "1.234,5 tỷ đồng"),
    ],
)
def test_money(dong: int, written: str) -> None:
    assert vn.format_money(dong) == written


def test_areas_shares_and_dates() -> None:
    assert vn.format_area(1234.5) == "1.234,5 m²"
    assert vn.format_area(60) == "60,0 m²"
    assert vn.format_share(11 / 60) == "18,3%"
    assert vn.format_date(date(2026, 11, 22)) == "22/11/2026"
    assert vn.format_date(date(2026, 2, 5)) == "05/02/2026"
