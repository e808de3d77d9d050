"""The days that anything here can be of: of everything that is asked for, stored or delivered."""

from datetime import date

EARLIEST, LATEST = date(1800, 1, 1), date(2999, 12, 31)
"""Beyond these a day in one time zone is no day in another; no record of a city is older or from then."""


def on_record(day: date) -> bool:
    """Whether a day lies within them."""
    return EARLIEST <= day <= LATEST
