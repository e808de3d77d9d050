"""Parcels in a database where changes are really committed: recorded time is the transaction's."""

import os
from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest

from tests.support.databases import drop_database, fresh_database
from tests.support.versions import Parcel


@pytest.fixture(scope="module")
def new_parcel(server: str, template: str) -> Iterator[Callable[[], Parcel]]:
    """Each call gives one more parcel, which is not there yet."""
    name = f"gis_times_{os.getpid()}_test"
    numbers = count(1)
    with psycopg.connect(fresh_database(server, name, template), autocommit=True) as connection:
        yield lambda: Parcel(connection, next(numbers))
    drop_database(server, name)


@pytest.fixture
def parcel(new_parcel: Callable[[], Parcel]) -> Parcel:
    """One of them."""
    return new_parcel()
