"""Land-use codes are explained by name; a code without one stays a code."""

import re
import unicodedata

from web_map.texts import LANGUAGES, land_use_names


def test_each_code_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        for code, name in land_use_names(language).items():
            assert re.fullmatch("[A-Z]{3}", code)
            assert name.strip() == name != ""
            assert unicodedata.is_normalized("NFC", name)
    assert land_use_names("vi")["ODT"] == "đất ở tại đô thị"
    assert land_use_names("en")["ODT"] == "urban residential land"


def test_a_code_of_old_lists_has_none() -> None:
    assert "BHK" not in land_use_names("vi")
