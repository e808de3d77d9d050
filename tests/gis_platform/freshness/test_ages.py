"""Ages in words, as a person at a counter would say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_platform.freshness.age import age_between


@pytest.mark.parametrize(
    ("earlier", "later", "vi", "en"),
    [
        ("2018-08-20", "2026-11-22", "8 năm 3 tháng", "8 years 3 months"),
        ("2018-09-01", "2026-09-01", "8 năm", "8 years"),
        ("2025-11-22", "2026-11-22", "1 năm", "1 year"),
        ("2026-10-01", "2026-11-22", "1 tháng 21 ngày", "1 month 21 days"),
        ("2026-11-21", "2026-11-22", "1 ngày", "1 day"),
        ("2026-11-22", "2026-11-22", "hôm nay", "today"),
        ("2026-11-23", "2026-11-22", "hôm nay", "today"),
        ("2025-01-31", "2025-02-28", "1 tháng", "1 month"),
        ("2025-01-31", "2025-03-01", "1 tháng 1 ngày", "1 month 1 day"),
        ("2024-02-29", "2025-02-28", "1 năm", "1 year"),
        ("2020-11-01", "2026-11-22", "6 năm", "6 years"),
    ],
)
def test_words(earlier: str, later: str, vi: str, en: str) -> None:
    age = age_between(date.fromisoformat(earlier), date.fromisoformat(later))
    assert (age.in_words("vi"), age.in_words("en")) == (vi, en)


@given(st.dates(date(1800, 1, 1), date(2999, 12, 31)), st.integers(0, 80_000))
def test_a_later_day_is_never_younger(day: date, after: int) -> None:
    if day.toordinal() + after + 1 >= date(3000, 1, 1).toordinal():
        return
    first, second = (age_between(day, day + timedelta(days=after + step)) for step in (0, 1))
    assert (first.years, first.months, first.days) < (second.years, second.months, second.days) or (
        first == second  # the last days of a short month stand for those it has not
    )
    assert 0 <= first.months < 12
    assert 0 <= first.days < 31
