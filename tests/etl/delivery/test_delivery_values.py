"""Values on their way in: each form of property with what it takes and what it refuses."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from etl.delivery.faults import Faults, Rows
from etl.delivery.forms import Form, PropertyForm, form_of
from etl.delivery.values import Values
from gis_platform.layer import installed_layers

NOON = datetime(2020, 9, 1, 5, tzinfo=UTC)


def _take(held: pa.Array, form: PropertyForm) -> tuple[list[Any], list[int]]:
    """What was taken, and the rows at fault."""
    faults = Faults("a.gpkg")
    values = Values("utf-8", "Asia/Ho_Chi_Minh", faults)
    taken = values.take(held, "cột", form, Rows(1, np.arange(len(held)))).to_pylist()
    rows = sorted({row for row, _ in faults._told})
    return taken, rows


def _form(form: Form, bits: int = 32) -> PropertyForm:
    return PropertyForm("thing", form, bits, required=False, default=None, choices={})


@pytest.mark.parametrize(
    ("form", "held", "taken", "wrong"),
    [
        (Form.TEXT, [" a ", "", None], ["a", None, None], []),
        (Form.TEXT, [12.0, 12.5, None], ["12", "12.5", None], []),
        (Form.TEXT, [12, None], ["12", None], []),
        (Form.TEXT, [2.0**60, -3.0], ["1.152921504606847e+18", "-3"], []),
        (Form.INTEGER, ["7", "7.0", "7,0", "x", None], [7, 7, None, None, None], [3, 4]),
        (Form.INTEGER, [7.0, 7.5, float("nan"), 2.0**31], [7, None, None, None], [2, 3, 4]),
        (Form.INTEGER, [-(2**31), -(2**31) - 1, 2**31 - 1], [-(2**31), None, 2**31 - 1], [2]),
        (Form.NUMBER, ["1.5", "1e3", "-.5"], [1.5, 1e3, -0.5], []),
        (Form.NUMBER, ["1.234,5", "NaN", "5 m"], [None, None, None], [1, 2, 3]),
        (Form.NUMBER, [1, 2], [1.0, 2.0], []),
        (Form.NUMBER, [float("inf"), 1.0], [None, 1.0], [1]),
        (Form.NUMBER, [True], [None], [1]),
        (Form.BOOLEAN, [True, None], [True, None], []),
        (Form.BOOLEAN, ["Có", "không", "1", "maybe"], [True, False, True, None], [4]),
        (Form.BOOLEAN, [1, 0, 2], [True, False, None], [3]),
        (Form.DATE, ["2020-09-01", "01/09/2020", "2020-13-01"], [date(2020, 9, 1), None, None], [2, 3]),
        (Form.DATE, [date(2020, 9, 1)], [date(2020, 9, 1)], []),
        (Form.DATE, [datetime(2020, 9, 1, 12)], [date(2020, 9, 1)], []),  # noqa: DTZ001  # as files have it
        (Form.DATE, [20200901], [None], [1]),
        (Form.MOMENT, ["2020-09-01T12:00:00", "2020-09-01T05:00:00Z", "noon"], [NOON, NOON, None], [3]),
        (Form.MOMENT, [datetime(2020, 9, 1, 12)], [NOON], []),  # noqa: DTZ001  # the city's own time
        (Form.MOMENT, [1], [None], [1]),
        (Form.JSON, ['{"code": "ODT"}', "ODT", "[NaN]", ""], ['{"code": "ODT"}', None, None, None], [2, 3]),
        (Form.JSON, [["a", "b"]], ['["a", "b"]'], []),
        (Form.LIST, [["a", "b"], [], None], [["a", "b"], [], None], []),
        (Form.LIST, ['["a"]', "a", "[1]"], [["a"], None, None], [2, 3]),
    ],
)
def test_each_form_takes_what_means_the_same(
    form: Form, held: Sequence[object], taken: list[object], wrong: list[int]
) -> None:
    assert _take(pa.array(held), _form(form)) == (taken, wrong)


def test_whole_numbers_of_64_bits_stay_exact() -> None:
    large = 2**62 + 1
    assert _take(pa.array([large]), _form(Form.INTEGER, 64)) == ([large], [])
    assert _take(pa.array([large]), _form(Form.INTEGER, 32)) == ([None], [1])


def test_a_value_is_known_by_its_titles_in_both_languages() -> None:
    status = form_of(installed_layers()["parcels"], "status")
    held = pa.array(["Đang thế chấp", "DISPUTED", "in force", None, "bán"])
    assert _take(held, status) == (["mortgaged", "disputed", "in_force", "in_force", "in_force"], [5])


def test_an_extension_type_of_the_file_is_seen_through() -> None:
    words = pa.array(["a", "b", "a"]).dictionary_encode()
    assert _take(words, _form(Form.TEXT)) == (["a", "b", "a"], [])


def test_every_property_of_every_layer_has_a_form() -> None:
    for layer in installed_layers().values():
        for held in layer.properties:
            assert form_of(layer, held.name).name == held.name
