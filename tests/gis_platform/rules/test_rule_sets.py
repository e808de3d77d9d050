"""Sets of rules are files: written once, corrected as new versions, and never over somebody's own entry."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

import layers
from gis_platform.city import load_city
from gis_platform.errors import BadParameter
from gis_platform.rules import seed
from gis_platform.rules.commands import list_rules
from gis_platform.rules.rule_sets import StatedRule, read_rule_sets
from gis_platform.rules.seed import seed_rules

Connection = psycopg.Connection[Any]
SETS = load_city("my_tho").rule_sets
FILES = sorted(path.stem for path in (Path(layers.__path__[0]) / "rule_sets").glob("*.toml"))


@pytest.fixture
def rules(connection: Connection) -> Iterator[Connection]:
    yield connection
    connection.rollback()


@pytest.mark.parametrize("name", FILES)
def test_every_set_can_be_read(name: str) -> None:
    read = [rule for _, rule in read_rule_sets([name], ["layers"])]
    assert read
    assert all(rule.document and rule.article and rule.verified_by is None for rule in read)


def test_seeding_again_changes_nothing(rules: Connection) -> None:
    assert seed_rules(rules, SETS, ["layers"]) == 0


def test_a_city_without_sets_has_no_rules(rules: Connection) -> None:
    assert load_city("terres_de_bord").rule_sets == ()
    seed_rules(rules, (), ["layers"])
    assert list_rules(rules) == []


def test_a_correction_in_a_file_becomes_a_new_version(
    rules: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def corrected(names: Any, packages: Any) -> Iterator[tuple[str, StatedRule]]:
        for name, rule in read_rule_sets(names, packages):
            mended = rule.code == "building.far.house"
            yield name, rule.model_copy(update={"value": {"far_max": 6}} if mended else {})

    # In a later transaction than the one that first wrote them, as it is in life.
    monkeypatch.setattr(seed, "read_rule_sets", corrected)
    assert seed_rules(rules, SETS, ["layers"]) == 2
    versions = rules.execute(
        "SELECT value, recorded_to IS NULL FROM core.rule WHERE code = 'building.far.house' ORDER BY id"
    ).fetchall()
    assert versions == [({"far_max": 7}, False), ({"far_max": 6}, True)]


def test_what_an_administrator_entered_stays(rules: Connection) -> None:
    rules.execute("UPDATE core.rule SET recorded_to = now() WHERE code = 'building.far.house'")
    rules.execute(
        "INSERT INTO core.rule (code, title_vi, title_en, value, document, article, effective_from, reading, "
        "verified_by, recorded_by) VALUES ('building.far.house', 'Thử', 'Test', '{\"far_max\": 5}', "
        "'Văn bản', "
        "'Điều 1', '2022-01-01', 'seen', 'Phòng pháp chế', 'admin')"
    )
    assert seed_rules(rules, SETS, ["layers"]) == 0
    [kept] = [rule for rule in list_rules(rules) if rule.code == "building.far.house"]
    assert kept.state == "verified by Phòng pháp chế"


def test_the_list_is_of_a_day(rules: Connection) -> None:
    def codes(day: date) -> set[str]:
        return {rule.code for rule in list_rules(rules, day) if rule.code.startswith("building.")}

    assert "building.density.house" in codes(date(2026, 12, 31))
    # What the standard of 2021 said has ended; what is left is the law of permits.
    left = codes(date(2027, 1, 1))
    assert {"building.permit.conditions", "building.permit.exemption.house"} <= left
    assert {code for code in left if not code.startswith("building.permit.")} == set()


def test_an_unknown_set_is_named(rules: Connection) -> None:
    with pytest.raises(BadParameter, match="qcvn_01_2021_bxd"):
        seed_rules(rules, ["no_such_set"], ["layers"])


def test_a_set_that_says_what_it_may_not_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd_room" / "rule_sets").mkdir(parents=True)
    (tmp_path / "odd_room" / "__init__.py").touch()
    (tmp_path / "odd_room" / "rule_sets" / "odd.toml").write_text('document = "x"\n[[rules]]\ncode = "a"\n')
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BadParameter, match=r"odd\.toml"):
        list(read_rule_sets(["odd"], ["odd_room"]))
