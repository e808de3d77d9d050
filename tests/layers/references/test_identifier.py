"""The form of the 12-character parcel identifier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.references.identifier import BadIdentifier, is_parcel_identifier, parcel_identifier

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"


@given(code=st.text(st.sampled_from(ALPHABET), min_size=12, max_size=12))
def test_every_geohash_of_twelve_is_one(code: str) -> None:
    assert is_parcel_identifier(code)
    assert parcel_identifier(f" {code[:4].upper()} {code[4:]}\n") == code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("w3gdumj11fw", "has 12 characters, this has 11"),
        ("w3gdumj11fw22", "this has 13"),
        ("", "this has 0"),
        ("w3gdumjl1fw2", "Is 'l' at place 8 a '1'?"),
        ("W3GDUMJ11FO2", "Is 'o' at place 11 a '0'?"),
        ("w3gd-umj11fw2", "'-' at place 5 cannot stand"),
        ("w3gdumj11fwđ", "'đ' at place 12 cannot stand"),
        ("w3gdumj11fw²", "'²' at place 12 cannot stand"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    assert not is_parcel_identifier(text)
    with pytest.raises(BadIdentifier, match=says.replace("?", r"\?").replace("²", ".")):
        parcel_identifier(text)


@given(text=st.text(max_size=14))
def test_both_checks_agree(text: str) -> None:
    try:
        code = parcel_identifier(text)
    except BadIdentifier:
        assert not is_parcel_identifier(text)
    else:
        assert is_parcel_identifier(code)
