"""Number plates: normal form, readings, display and mask."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.references.plate import PlateKind, display_plate, mask_plate, normalise_plate, read_plate

CAR, MOTORBIKE = PlateKind.CAR, PlateKind.MOTORBIKE
LETTERS = "ABCDEFGHKLMNPSTUVXYZ"


@pytest.mark.parametrize(
    ("text", "normal", "kinds", "shown", "masked"),
    [
        ("63A-123.45", "63A12345", (CAR, MOTORBIKE), "63A12345", "63A-***.45"),
        ("63a 1234", "63A1234", (CAR,), "63A-1234", "63A-**34"),
        ("63-B9 123.45", "63B912345", (MOTORBIKE,), "63-B9 123.45", "63-B9 ***.45"),
        ("63-AA 123.45", "63AA12345", (MOTORBIKE,), "63-AA 123.45", "63-AA ***.45"),
        ("66-B9 1234", "66B91234", (CAR, MOTORBIKE), "66B91234", "66B-***.34"),
        ("80-QT-123.45", "80QT12345", (CAR,), "80QT-123.45", "80QT-***.45"),
        ("63-MĐ 123.45", "63MĐ12345", (MOTORBIKE,), "63-MĐ 123.45", "63-MĐ ***.45"),
        ("TM 63-45", "TM6345", (), "TM6345", "***"),
        ("63O-123.45", "63O12345", (), "63O12345", "***"),
        ("63A-123.456", "63A123456", (MOTORBIKE,), "63-A1 234.56", "63-A1 ***.56"),
        ("63B-912.345", "63B912345", (MOTORBIKE,), "63-B9 123.45", "63-B9 ***.45"),
        ("", "", (), "", "***"),
    ],
)
def test_plates(text: str, normal: str, kinds: tuple[PlateKind, ...], shown: str, masked: str) -> None:
    assert normalise_plate(text) == normal
    assert tuple(reading.kind for reading in read_plate(text)) == kinds
    assert display_plate(text) == shown
    assert mask_plate(text) == masked


def test_the_kind_settles_a_doubtful_plate() -> None:
    assert display_plate("63A12345", CAR) == "63A-123.45"
    assert display_plate("63A12345", MOTORBIKE) == "63-A1 2345"
    assert mask_plate("63A12345", MOTORBIKE) == "63-A1 **45"
    assert display_plate("63B912345", CAR) == "63B912345"
    assert mask_plate("63B912345", CAR) == "***"


def test_small_and_decomposed_letters_are_the_same() -> None:
    assert normalise_plate("63-mđ 123.45") == normalise_plate(unicodedata.normalize("NFD", "63-MĐ 123.45"))


provinces = st.integers(11, 99).map(str)
figures = st.from_regex(r"[0-9]{4,5}", fullmatch=True)
cars = st.tuples(provinces, st.sampled_from(LETTERS), figures)
motorbikes = st.tuples(
    provinces,
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS + "0123456789")).map("".join),
    figures,
)
plates = st.one_of(cars.map(lambda parts: (CAR, parts)), motorbikes.map(lambda parts: (MOTORBIKE, parts)))


@given(plate=plates)
def test_what_is_shown_is_read_again(plate: tuple[PlateKind, tuple[str, str, str]]) -> None:
    kind, parts = plate
    shown = display_plate("".join(parts), kind)
    again = [reading for reading in read_plate(shown) if reading.kind is kind]
    assert [(reading.province, reading.series, reading.number) for reading in again] == [parts]
    assert display_plate(shown, kind) == shown


@given(plate=plates)
def test_a_mask_shows_two_figures_of_the_number(plate: tuple[PlateKind, tuple[str, str, str]]) -> None:
    kind, (province, series, number) = plate
    masked = mask_plate(province + series + number, kind)
    assert masked.startswith(province)
    assert masked.endswith(number[-2:])
    assert normalise_plate(masked) == province + series + number[-2:]


@given(text=st.text(max_size=20))
def test_normal_form_is_stable_and_any_text_is_masked(text: str) -> None:
    assert normalise_plate(normalise_plate(text)) == normalise_plate(text)
    assert "*" in mask_plate(text)
