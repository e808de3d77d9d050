"""A wrong setting is told by its variable, in a plain sentence; a mistyped one is warned of."""

import sys

import pytest

from gis_platform.cli import main
from gis_platform.settings_words import unknown_in_words


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GIS_PORT", "abc", "GIS_PORT: 'abc' is not a whole number from 1 to 65535. See"),
        ("GIS_PORT", "70000", "GIS_PORT: '70000' is not a whole number from 1 to 65535. See"),
        ("GIS_STATEMENT_TIMEOUT_MS", "1", "'1' is not a whole number from 100. See"),
        ("GIS_LOAD_DEMO", "perhaps", "GIS_LOAD_DEMO: 'perhaps' is not true or false. See"),
        ("GIS_LOG_LEVEL", "loud", "'loud' is not one of debug, info, warning, error. See"),
        ("GIS_PUBLIC_URL", "map.example", "GIS_PUBLIC_URL: 'map.example' is not an address such as https://"),
        ("GIS_PUBLIC_URL", "ftp://map.example", "'ftp://map.example' is not an address such as https://"),
        (
            "GIS_DATABASE_URL",
            "mysql://city:hidden@host/gis",
            "GIS_DATABASE_URL: the value must be of the form postgresql://user:password@host:port/database.",
        ),
        (
            "GIS_OIDC_ISSUER",
            "https://id.example",
            "GIS_OIDC_CLIENT_SECRET go together. See docs/settings.md.",
        ),
    ],
)
def test_a_wrong_value_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["gis-platform", "doctor"])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert told in said
    assert "hidden" not in said


def test_a_variable_that_is_no_setting_is_warned_of() -> None:
    assert unknown_in_words(["GIS_PORT", "GIS_TEST_DATA_DIR", "HOME"]) == []
    [warning] = unknown_in_words(["GIS_DATABSE_URL"])
    assert warning.endswith(
        "GIS_DATABSE_URL is no setting of the platform, and has no effect. Is it GIS_DATABASE_URL?"
    )
    assert unknown_in_words(["GIS_SPEED"])[0].endswith("has no effect. See docs/settings.md.")
